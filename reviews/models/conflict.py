"""Who must not see which file, and why: declared, stated, or found beforehand and judged by a person."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import coordinates, directs
from applications.models import Application
from applications.sight import unhidden

WORDS_LIMIT = 300


class Origin(models.TextChoices):
    """How a conflict came to be known."""

    DECLARED = "declared", _("Declared by the person")
    STATED = "stated", _("Stated by the coordination")
    REFEREE = "referee", _("Named as a referee")
    COWORKER = "coworker", _("Works closely with somebody the file names")
    FAMILY_NAME = "family_name", _("Same family name")
    DEGREE = "degree", _("Same institution as a degree")
    EMPLOYER = "employer", _("Same institution or company as an employer")
    DOMAIN = "domain", _("Same e-mail domain")


# What a machine proposes; the others are words of people.
DETECTED = (
    *(Origin.REFEREE, Origin.COWORKER, Origin.FAMILY_NAME),
    *(Origin.DEGREE, Origin.EMPLOYER, Origin.DOMAIN),
)


class Where(models.TextChoices):
    """The place in the file where the evidence stands."""

    SAID = "said", _("In their words")
    DEGREE = "degree", _("In a degree")
    JOB = "job", _("In a job")
    REFEREE_NAME = "referee_name", _("In the name of a referee")
    REFEREE_ADDRESS = "referee_address", _("In the address of a referee")
    STATEMENT = "statement", _("In the letter of intent")
    NAME = "name", _("In the name of the applicant")
    ADDRESS = "address", _("In the address of the applicant")


class Reason(models.TextChoices):
    """Why a person must not read a file, as they say it with one key."""

    RELATIVE = "relative", _("A relative or a friend")
    WORKED = "worked", _("A present or former student or colleague")
    INSTITUTION = "institution", _("We are or were at the same institution")
    LETTER = "letter", _("I wrote a letter for this person")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


class ConflictQuerySet(models.QuerySet["Conflict"]):
    """Which conflicts."""

    def confirmed(self) -> "ConflictQuerySet":
        """Those that hide the file."""
        return self.filter(status=Conflict.Status.CONFIRMED)

    def proposed(self) -> "ConflictQuerySet":
        """Those that wait for a person, and forbid assigning meanwhile."""
        return self.filter(status=Conflict.Status.PROPOSED)

    def standing(self) -> "ConflictQuerySet":
        """Those that keep the person and the file apart."""
        return self.exclude(status=Conflict.Status.DISMISSED)

    def visible_to(self, user: Any) -> "ConflictQuerySet":
        """For coordinators and directors, those about files that nothing keeps from them."""
        if coordinates(user) or directs(user):
            return unhidden(self, user, "application")
        return self.none()


class Conflict(models.Model):
    """One reason why a person and a file stay apart. A proposal hides nothing; a person confirms or dismisses it."""

    class Status(models.TextChoices):
        """What was judged."""

        PROPOSED = "proposed", pgettext_lazy("conflict", "Proposed")
        CONFIRMED = "confirmed", pgettext_lazy("conflict", "Confirmed")
        DISMISSED = "dismissed", pgettext_lazy("conflict", "Dismissed")

    application = models.ForeignKey(
        Application,
        on_delete=models.CASCADE,  # with a draft that its author erases
        related_name="conflicts",
        verbose_name=_("application"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="conflicts",
        verbose_name=_("person"),
    )
    origin = models.CharField(_("origin"), max_length=20, choices=Origin.choices)
    reason = models.CharField(_("Reason"), max_length=20, choices=Reason.choices, blank=True)
    where = models.CharField(
        _("where"), max_length=20, choices=Where.choices, default=Where.SAID, editable=False
    )
    evidence = models.CharField(_("evidence"), max_length=WORDS_LIMIT, blank=True)
    known = models.CharField(_("what is known of the person"), max_length=WORDS_LIMIT, blank=True)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.PROPOSED,
        editable=False,
    )
    found_at = models.DateTimeField(_("found"), default=timezone.now, editable=False)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("judged by"),
    )
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True, editable=False)
    judged_why = models.CharField(_("why"), max_length=WORDS_LIMIT, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["person", "application"],
                name="reviews_conflict_hides",
                condition=Q(status="confirmed"),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person", "origin"],
                name="reviews_conflict_once",
                violation_error_message=_("This conflict is known already."),
            ),
            models.CheckConstraint(
                name="reviews_conflict_status_known",
                condition=Q(status__in=["proposed", "confirmed", "dismissed"]),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="reviews_conflict_origin_known",
                condition=Q(
                    origin__in=Origin.values,
                    where__in=Where.values,
                    reason__in=["", *Reason.values],
                ),
                violation_error_message=_("This origin does not exist."),
            ),
            models.CheckConstraint(
                name="reviews_conflict_judged_by_somebody",
                condition=Q(status="proposed", judged_by__isnull=True, judged_at__isnull=True)
                | (~Q(status="proposed") & Q(judged_by__isnull=False, judged_at__isnull=False)),
                violation_error_message=_("A person stands behind each judged conflict."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} ≠ {self.person_id}"

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for a person."""
        return self.status == self.Status.PROPOSED

    @property
    def is_confirmed(self) -> bool:
        """Whether it hides the file."""
        return self.status == self.Status.CONFIRMED

    @property
    def is_detected(self) -> bool:
        """Whether a machine found it."""
        return self.origin in DETECTED
