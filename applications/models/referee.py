"""A person who is asked for a letter of reference, and the letter once it came."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from accounts.models import Language
from accounts.permissions import coordinates, directs
from applications.models.application import Application
from applications.sight import unhidden
from cycles.clock import day_of, end_of

REASON_LIMIT = 500


class RefereeStatus(models.TextChoices):
    """How far the request for a letter got."""

    INVITED = "invited", _("Invited")
    RECEIVED = "received", _("Received")
    DECLINED = "declined", _("Declined")
    REMOVED = "removed", _("Removed")


# Those who count as asked: whoever declined must be replaced.
COUNTED = (RefereeStatus.INVITED, RefereeStatus.RECEIVED)


class Relation(models.TextChoices):
    """How the referee knows the applicant."""

    TEACHER = "teacher", _("Taught me")
    SUPERVISOR = "supervisor", _("Supervised my research or my internship")
    MANAGER = "manager", _("Manages or managed my work")
    COLLEAGUE = "colleague", _("Worked with me")
    OTHER = "other", _("Knows me otherwise")


def new_seed() -> str:
    """What makes a link unlike any other; the link cannot be told from it without the secret key."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """What is kept of a personal link: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def letter_address(referee: "Referee", name: str) -> str:
    """Where the bytes live: named by their own SHA-256, apart from the applicant's documents."""
    return f"references/{referee.sha256[:2]}/{referee.sha256}.pdf"


class RefereeQuerySet(models.QuerySet["Referee"]):
    """Which referees."""

    def kept(self) -> "RefereeQuerySet":
        """Those that the file still names."""
        return self.exclude(status=RefereeStatus.REMOVED)

    def counted(self) -> "RefereeQuerySet":
        """Those who were asked and have not said no."""
        return self.filter(status__in=COUNTED)

    def with_letter(self) -> "RefereeQuerySet":
        """Those whose letter has come."""
        return self.filter(status=RefereeStatus.RECEIVED)

    def visible_to(self, user: Any) -> "RefereeQuerySet":
        """Those of one's own file; for coordinators and directors, all but what is kept from them. Whoever reads a letter has a door apart."""
        if coordinates(user) or directs(user):
            return unhidden(self, user, "application", own=True)
        return self.filter(application__applicant_id=user.pk) if user.pk else self.none()

    def holding(self, token: str) -> "RefereeQuerySet":
        """The one whose personal link this is."""
        return self.filter(token_sha256=digest(token))


class Referee(models.Model):
    """One person asked for a letter. The applicant never sees the letter, readers never see the address."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="referees")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("Name"), max_length=200)
    title = models.CharField(_("Title or position"), max_length=120, blank=True)
    organisation = models.CharField(_("Organisation"), max_length=200)
    email = models.EmailField(_("E-mail address"))
    relation = models.CharField(_("Relation"), max_length=20, choices=Relation.choices)
    language = models.CharField(
        _("Language of our letters"), max_length=2, choices=Language.choices
    )
    status = models.CharField(
        _("status"), max_length=20, choices=RefereeStatus.choices, default=RefereeStatus.INVITED
    )

    # The personal link: made of the seed by the secret key, so that a reminder carries the same link as the
    # invitation, and that a copy of the database opens nothing.
    seed = models.CharField(max_length=40, default=new_seed, editable=False)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    address_version = models.PositiveSmallIntegerField(_("version of the address"), default=1)
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    reminded_at = models.DateTimeField(_("last reminded"), null=True, blank=True)
    own_due_on = models.DateField(
        _("own due date"), null=True, blank=True, help_text=_("Empty: the cycle’s.")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    decline_reason = models.TextField(_("why they declined"), blank=True)

    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), null=True, blank=True)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    label = models.CharField(_("file name"), max_length=64, blank=True)
    file = models.FileField(upload_to=letter_address, max_length=120, blank=True)

    objects = RefereeQuerySet.as_manager()

    class Meta:
        verbose_name = _("referee")
        verbose_name_plural = _("referees")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "application",
                Lower("email"),
                condition=~Q(status="removed"),
                name="applications_referee_once",
                violation_error_message=_("You already named a referee with this address."),
            ),
            models.CheckConstraint(
                name="applications_referee_status_known",
                condition=Q(status__in=RefereeStatus.values),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="applications_referee_received_has_letter",
                condition=~Q(status="received")
                | (Q(size__isnull=False, pages__gte=1) & ~Q(sha256="") & ~Q(file="")),
                violation_error_message=_("A letter that was received has its file."),
            ),
            models.CheckConstraint(
                name="applications_referee_answer_dated",
                condition=~Q(status__in=["received", "declined"]) | Q(answered_at__isnull=False),
                violation_error_message=_("An answer has its time."),
            ),
            models.CheckConstraint(
                name="applications_referee_reason_length",
                condition=Q(decline_reason__length__lte=REASON_LIMIT),
                violation_error_message=_("This reason is too long."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def token(self) -> str:
        """The secret of the personal link; never kept, never shown but in the referee's own letters."""
        keyed = salted_hmac("applications.referee", self.seed, algorithm="sha256")
        return urlsafe_base64_encode(keyed.digest())

    @property
    def due_on(self) -> date:
        """The last day for this letter: its own, else the cycle's, and never before the applicant's own close."""
        if self.own_due_on:
            return self.own_due_on
        late, day = self.application.late_until, self.application.cycle.documents_due_on
        return max(day, day_of(late)) if late else day

    @property
    def due_at(self) -> datetime:
        """The end of that day in Montréal, as the letters and pages say it."""
        return end_of(self.due_on)

    @property
    def spoken_to_at(self) -> datetime:
        """When our last letter to them was written."""
        return self.reminded_at or self.invited_at

    def in_time(self, at: datetime) -> bool:
        """Whether a letter that reached us then counts, with the cycle's silent grace for slow lines."""
        grace = timedelta(minutes=self.application.cycle.grace_minutes)
        return at <= self.due_at + grace
