"""Outcomes, and the release that shows all of them on one day."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import coordinates, directs
from applications.models import Application
from applications.models.application import FILED
from cycles.models import Cycle, Program
from reviews.models.assignment import conflicting


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Which releases."""

    def visible_to(self, user: Any) -> "ReleaseQuerySet":
        """All, for coordinators and directors; nobody else knows that there is one."""
        return self if coordinates(user) or directs(user) else self.none()

    def prepared(self) -> "ReleaseQuerySet":
        """Those that wait for a director."""
        return self.filter(status=Release.Status.PREPARED)


class Release(models.Model):
    """A frozen list of approved decisions, made visible at one moment by a second person."""

    class Status(models.TextChoices):
        """How far it got."""

        PREPARED = "prepared", _("Prepared")
        DONE = "done", pgettext_lazy("release", "Released")
        CANCELLED = "cancelled", _("Cancelled")

    cycle = models.ForeignKey(
        Cycle,
        on_delete=models.PROTECT,
        related_name="releases",
        verbose_name=_("cycle"),
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.PREPARED,
        editable=False,
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("prepared by"),
    )
    prepared_at = models.DateTimeField(_("prepared"), default=timezone.now)
    fingerprint = models.CharField(_("fingerprint of the list"), max_length=64)
    size = models.PositiveIntegerField(_("decisions on the list"))
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("released by"),
    )
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(status="prepared"),
                name="reviews_release_one_prepared",
                violation_error_message=_("A release of this cycle is already prepared."),
            ),
            models.CheckConstraint(
                name="reviews_release_status_known",
                condition=Q(status__in=["prepared", "done", "cancelled"]),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="reviews_release_by_a_second_person",
                condition=~Q(status="done")
                | (
                    Q(released_by__isnull=False, released_at__isnull=False)
                    & ~Q(released_by=F("prepared_by"))
                ),
                violation_error_message=_("A second person releases what the first prepared."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle}, {self.short_fingerprint}"

    @property
    def short_fingerprint(self) -> str:
        """The first eight characters, as two people compare them aloud: `91C2 0B6D`."""
        return f"{self.fingerprint[:4]} {self.fingerprint[4:8]}".upper()


class Outcome(models.TextChoices):
    """What the committee answers."""

    ACCEPT = "accept", _("Accept")
    WAITLIST = "waitlist", _("Waitlist")
    DECLINE = "decline", _("Decline")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Which decisions."""

    def current(self) -> "DecisionQuerySet":
        """The version that counts, of each file that counts."""
        return self.filter(is_current=True, application__status__in=FILED)

    def proposed(self) -> "DecisionQuerySet":
        """Those that wait for a director."""
        return self.current().filter(status=Decision.Status.PROPOSED)

    def approved(self) -> "DecisionQuerySet":
        """Those that wait for the release."""
        return self.current().filter(status=Decision.Status.APPROVED)

    def released(self) -> "DecisionQuerySet":
        """Those that their applicants may see; a later withdrawal of the file hides nothing."""
        return self.filter(is_current=True, status=Decision.Status.RELEASED)

    def visible_to(self, user: Any) -> "DecisionQuerySet":
        """Coordinators and directors: all but their conflicts. An applicant: their own, once released."""
        own = models.Q(
            is_current=True,
            status=Decision.Status.RELEASED,
            application__applicant_id=user.pk,
        )
        if coordinates(user) or directs(user):
            return self.filter(~models.Q(application__in=conflicting(user)) | own)
        return self.filter(own) if user.pk else self.none()


class Decision(models.Model):
    """One version of an answer: one person proposes, another approves, a release shows it."""

    class Status(models.TextChoices):
        """How far it got. Invisible to the applicant until released."""

        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        RELEASED = "released", _("Released")
        SET_ASIDE = "set_aside", _("Set aside")

    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name=_("application"),
    )
    version = models.PositiveSmallIntegerField(_("version"))
    is_current = models.BooleanField(_("counts"), default=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    program = models.ForeignKey(
        Program,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("program"),
    )
    rank = models.PositiveIntegerField(_("place on the waitlist"), null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.PROPOSED,
        editable=False,
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    release = models.ForeignKey(
        Release,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("release"),
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["application", "-version"]
        indexes = [
            models.Index(
                fields=["status", "program", "outcome"],
                name="reviews_decision_tally",
                condition=Q(is_current=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(is_current=True),
                name="reviews_decision_one_current",
                violation_error_message=_("This file already has a decision that counts."),
            ),
            models.UniqueConstraint(
                fields=["application", "version"],
                name="reviews_decision_version_once",
                violation_error_message=_("This version of the decision already exists."),
            ),
            models.CheckConstraint(
                name="reviews_decision_status_known",
                condition=Q(
                    status__in=["proposed", "approved", "released", "set_aside"],
                    outcome__in=Outcome.values,
                ),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="reviews_decision_names_a_program",
                condition=Q(outcome="decline", program__isnull=True)
                | (~Q(outcome="decline") & Q(program__isnull=False)),
                violation_error_message=_(
                    "Name the program to accept or waitlist for, and only then."
                ),
            ),
            models.CheckConstraint(
                name="reviews_decision_rank_on_the_waitlist",
                condition=Q(rank__isnull=True) | Q(outcome="waitlist", rank__gte=1),
                violation_error_message=_("Only the waitlist has places, from 1 on."),
            ),
            models.CheckConstraint(
                name="reviews_decision_by_a_second_person",
                condition=~Q(status__in=["approved", "released"])
                | (
                    Q(approved_by__isnull=False, approved_at__isnull=False)
                    & ~Q(approved_by=F("proposed_by"))
                ),
                violation_error_message=_("Another person approves what the first proposed."),
            ),
            models.CheckConstraint(
                name="reviews_decision_released_with_a_release",
                condition=~Q(status="released") | Q(release__isnull=False),
                violation_error_message=_("Decisions become visible by a release only."),
            ),
            models.CheckConstraint(
                name="reviews_decision_set_aside_counts_no_more",
                condition=Q(status="set_aside", is_current=False)
                | (~Q(status="set_aside") & Q(is_current=True)),
                violation_error_message=_("A decision set aside, and no other, stops counting."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}, {self.outcome}"
