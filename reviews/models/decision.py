"""Outcomes, and the release that shows all of them on one day."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import coordinates, directs
from applications.models import Application
from applications.models.application import FILED
from applications.settled import settles
from cycles.models import Cycle, Program
from reviews.models.assignment import conflicting


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Which releases."""

    def visible_to(self, user: Any) -> "ReleaseQuerySet":
        """All, for coordinators and directors; nobody else knows that there is one."""
        return self if coordinates(user) or directs(user) else self.none()

    def unfinished(self) -> "ReleaseQuerySet":
        """Those whose list is frozen, and not shown yet."""
        return self.filter(status__in=FROZEN)

    def due(self) -> "ReleaseQuerySet":
        """Approved ones whose hour has come, by the database's clock."""
        return self.filter(status=Release.Status.APPROVED, due_at__lte=Now())


class Release(models.Model):
    """A frozen list of approved decisions, made visible at one moment that a second person chose.

    `prepared → approved → done`, `held` and `cancelled` until the moment. A trigger of the database keeps it so,
    whoever writes: see the migration `release_hour`.
    """

    class Kind(models.TextChoices):
        """What is on the list: first answers, or corrections of answers that were released."""

        FIRST = "first", _("Answers")
        CORRECTION = "correction", _("Corrected answers")

    class Status(models.TextChoices):
        """How far it got."""

        PREPARED = "prepared", _("Prepared")
        APPROVED = "approved", pgettext_lazy("release", "Approved")
        HELD = "held", pgettext_lazy("release", "On hold")
        DONE = "done", pgettext_lazy("release", "Released")
        CANCELLED = "cancelled", _("Cancelled")

    cycle = models.ForeignKey(
        Cycle,
        on_delete=models.PROTECT,
        related_name="releases",
        verbose_name=_("cycle"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.FIRST)
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
    # How many of them went since, because the time of their files was over.
    disposed = models.PositiveIntegerField(
        _("destroyed since"), default=0, db_default=0, editable=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    due_at = models.DateTimeField(_("becomes visible"), null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("held or cancelled by"),
        help_text=_("Empty when the timetable held it."),
    )
    stopped_at = models.DateTimeField(_("held or cancelled"), null=True, blank=True)
    # A person's own words; when the timetable held it, one of the words of `answers.judging`.
    why_stopped = models.TextField(_("why"), blank=True, default="", db_default="")
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "kind"],
                condition=Q(status__in=["prepared", "approved", "held"]),
                name="reviews_release_one_unfinished",
                violation_error_message=_("A release of this cycle is already prepared."),
            ),
            models.CheckConstraint(
                name="reviews_release_status_known",
                condition=Q(
                    status__in=["prepared", "approved", "held", "done", "cancelled"],
                    kind__in=["first", "correction"],
                ),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="reviews_release_by_a_second_person",
                condition=~Q(status__in=["approved", "done"])
                | (
                    Q(approved_by__isnull=False, approved_at__isnull=False, due_at__isnull=False)
                    & ~Q(approved_by=F("prepared_by"))
                ),
                violation_error_message=_("A second person releases what the first prepared."),
            ),
            models.CheckConstraint(
                name="reviews_release_done_is_dated",
                condition=Q(status="done", released_at__isnull=False)
                | (~Q(status="done") & Q(released_at=None)),
                violation_error_message=_("A release that is done, and no other, has its moment."),
            ),
            models.CheckConstraint(
                name="reviews_release_disposed_of_its_own",
                condition=Q(disposed__lte=F("size")),
                violation_error_message=_("No more goes than there was."),
            ),
            models.CheckConstraint(
                name="reviews_release_stopped_with_a_reason",
                condition=~Q(status="held") | (~Q(why_stopped="") & Q(stopped_at__isnull=False)),
                violation_error_message=_("A release that is on hold says since when, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle}, {self.short_fingerprint}"

    @property
    def short_fingerprint(self) -> str:
        """The first eight characters, as two people compare them aloud: `91C2 0B6D`."""
        return f"{self.fingerprint[:4]} {self.fingerprint[4:8]}".upper()

    @property
    def is_correction(self) -> bool:
        """Whether its list corrects answers that were released."""
        return self.kind == Release.Kind.CORRECTION


FROZEN = (Release.Status.PREPARED, Release.Status.APPROVED, Release.Status.HELD)


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

    def corrections(self) -> "DecisionQuerySet":
        """Corrections that are not released yet, of files that count."""
        unreleased = (Decision.Status.PROPOSED, Decision.Status.APPROVED)
        corrected = Q(corrects__isnull=False, application__status__in=FILED)
        return self.filter(corrected, status__in=unreleased)

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


@settles
def answered() -> models.QuerySet[Any, Any]:
    """The answers that are out. One that is only proposed, approved or frozen settles nothing (P3)."""
    shown = Decision.objects.filter(is_current=True, status=Decision.Status.RELEASED)
    return shown.annotate(answered_at=F("release__released_at"))


class Decision(models.Model):
    """One version of an answer: one person proposes, another approves, a release shows it."""

    class Status(models.TextChoices):
        """How far it got. Invisible to the applicant until released."""

        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        RELEASED = "released", _("Released")
        SET_ASIDE = "set_aside", _("Set aside")
        CORRECTED = "corrected", _("Corrected since")

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
    # The released answer that this one puts right; it goes on counting until the correction is released.
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    reason = models.TextField(_("reason of the correction"), blank=True, default="", db_default="")

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
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(corrects__isnull=False, status__in=["proposed", "approved"]),
                name="reviews_decision_one_correction",
                violation_error_message=_("A correction of this answer is already on its way."),
            ),
            models.CheckConstraint(
                name="reviews_decision_status_known",
                condition=Q(
                    status__in=["proposed", "approved", "released", "set_aside", "corrected"],
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
                condition=~Q(status__in=["approved", "released", "corrected"])
                | (
                    Q(approved_by__isnull=False, approved_at__isnull=False)
                    & ~Q(approved_by=F("proposed_by"))
                ),
                violation_error_message=_("Another person approves what the first proposed."),
            ),
            models.CheckConstraint(
                name="reviews_decision_released_with_a_release",
                condition=~Q(status__in=["released", "corrected"]) | Q(release__isnull=False),
                violation_error_message=_("Decisions become visible by a release only."),
            ),
            models.CheckConstraint(
                name="reviews_decision_what_counts",
                condition=Q(status__in=["set_aside", "corrected"], is_current=False)
                | Q(status="released", is_current=True)
                | Q(status__in=["proposed", "approved"], is_current=True, corrects=None)
                | Q(
                    status__in=["proposed", "approved"],
                    is_current=False,
                    corrects__isnull=False,
                ),
                violation_error_message=_(
                    "What was set aside or corrected counts no more; a correction not before it is released."
                ),
            ),
            models.CheckConstraint(
                name="reviews_decision_correction_has_a_reason",
                condition=Q(corrects=None, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                violation_error_message=_("A correction, and nothing else, has a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}, {self.outcome}"
