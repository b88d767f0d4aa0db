"""What was decided of an application, when all results of a round were shown, the award, and its payments."""

from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import coordinates, directs
from applications.sight import unhidden
from reviews.models import Decision
from scholarships.models.candidacy import Candidacy
from scholarships.models.round import Round


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Which announcements."""

    def unfinished(self) -> "AnnouncementQuerySet":
        """Those whose list is frozen, and not shown yet."""
        return self.filter(status__in=FROZEN)

    def due(self) -> "AnnouncementQuerySet":
        """Approved ones whose hour has come, by the database's clock."""
        return self.filter(status=Announcement.Status.APPROVED, due_at__lte=Now())


class Announcement(models.Model):
    """All results of a round, frozen, shown at once, by two people; those of a cycle's rounds go together.

    A trigger of the database keeps it so, whoever writes: see the migration `announcement_by_two`.
    """

    class Status(models.TextChoices):
        """How far it is."""

        PREPARED = "prepared", _("Prepared")
        APPROVED = "approved", pgettext_lazy("release", "Approved")
        HELD = "held", pgettext_lazy("release", "On hold")
        DONE = "done", _("Shown")
        CANCELLED = "cancelled", _("Cancelled")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="announcements")
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.PREPARED,
        editable=False,
    )
    # Of the list of all the rounds that were frozen together, so that they are shown together or not at all.
    fingerprint = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(_("results"), editable=False)
    # How many of them went since, because the time of their files was over.
    disposed = models.PositiveIntegerField(
        _("destroyed since"), default=0, db_default=0, editable=False
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField(_("prepared"), default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    due_at = models.DateTimeField(_("becomes visible"), null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stopped_at = models.DateTimeField(_("held or cancelled"), null=True, blank=True)
    why_stopped = models.TextField(_("why"), blank=True, default="", db_default="")
    shown_at = models.DateTimeField(_("shown"), null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement of results")
        verbose_name_plural = _("announcements of results")
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(status__in=["prepared", "approved", "held"]),
                name="scholarships_announcement_one_unfinished",
                violation_error_message=_("An announcement of this round is prepared already."),
            ),
            models.CheckConstraint(
                name="scholarships_announcement_by_two",
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("prepared_by")),
                violation_error_message=_("Whoever prepared the results does not approve them."),
            ),
            models.CheckConstraint(
                name="scholarships_announcement_approved_for_an_hour",
                condition=~Q(status__in=["approved", "done"])
                | Q(approved_by__isnull=False, approved_at__isnull=False, due_at__isnull=False),
                violation_error_message=_("What is approved says by whom, and for when."),
            ),
            models.CheckConstraint(
                name="scholarships_announcement_shown_is_whole",
                condition=Q(status="done", approved_by__isnull=False, shown_at__isnull=False)
                | (~Q(status="done") & Q(shown_at=None)),
                violation_error_message=_("What is shown has its time and who approved it."),
            ),
            models.CheckConstraint(
                name="scholarships_announcement_stopped_with_a_reason",
                condition=~Q(status="held") | (~Q(why_stopped="") & Q(stopped_at__isnull=False)),
                violation_error_message=_("What is on hold says since when, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.pk}"

    @property
    def short_fingerprint(self) -> str:
        """Eight characters in two groups, as two people read them to each other."""
        return f"{self.fingerprint[:4]} {self.fingerprint[4:8]}".upper()


FROZEN = (
    Announcement.Status.PREPARED,
    Announcement.Status.APPROVED,
    Announcement.Status.HELD,
)


class Result(models.Model):
    """What the panel decided of one application; unseen by its person until the announcement."""

    class Outcome(models.TextChoices):
        """What it says."""

        AWARDED = "awarded", _("Awarded")
        WAITLISTED = "waitlisted", _("On the waitlist")
        NOT_AWARDED = "not_awarded", _("Not awarded")

    class Status(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        SHOWN = "shown", _("Shown")
        SET_ASIDE = "set_aside", _("Set aside")

    candidacy = models.OneToOneField(Candidacy, on_delete=models.PROTECT, related_name="result")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    rank = models.PositiveIntegerField(_("place on the waitlist"), null=True, blank=True)
    why = models.CharField(_("tie or exception, explained"), max_length=500, blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.PROPOSED,
        editable=False,
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    announcement = models.ForeignKey(
        Announcement, null=True, blank=True, on_delete=models.PROTECT, related_name="results"
    )

    class Meta:
        verbose_name = _("scholarship result")
        verbose_name_plural = _("scholarship results")
        constraints = [
            models.CheckConstraint(
                name="scholarships_result_ranked_on_waitlist",
                condition=Q(outcome="waitlisted", rank__gte=1)
                | (~Q(outcome="waitlisted") & Q(rank=None)),
                violation_error_message=_("A place on the waitlist, and only it, has a number."),
            ),
            models.CheckConstraint(
                name="scholarships_result_by_two",
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("proposed_by")),
                violation_error_message=_("Whoever proposed a result does not approve it."),
            ),
            models.CheckConstraint(
                name="scholarships_result_approved_has_approver",
                condition=Q(status__in=["proposed", "set_aside"], approved_by=None)
                | Q(status__in=["approved", "shown"], approved_by__isnull=False),
                violation_error_message=_("What is approved says by whom."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id}, {self.outcome}"


class Ended(models.TextChoices):
    """Why an award is no more, in words that tell nothing confidential."""

    SILENT = "silent", _("No reply came in time")
    LEFT = "left", _("An application was withdrawn, or its conditions are no longer met")
    NO_PLACE = "no_place", _("There is no place in the program any more")
    DEFERRED = "deferred", _("The studies were put off to another year")
    OTHER = "other", _("Another award of the same year was accepted")
    ASKED = "asked", _("The person asked to give it up")


def decided(path: str) -> Exists:
    """Whose admission is decided by two people: before that, the office learns nothing of a scholarship.

    `path` leads to the application.
    """
    done = (Decision.Status.APPROVED, Decision.Status.RELEASED)
    rows = Decision.objects.filter(application=OuterRef(path), is_current=True, status__in=done)
    return Exists(rows)


class AwardQuerySet(models.QuerySet["Award"]):
    """Which awards."""

    def own(self, user: Any) -> "AwardQuerySet":
        """One's own, and nobody else's."""
        return self.filter(candidacy__application__applicant_id=user.pk) if user.pk else self.none()

    def visible_to(self, user: Any) -> "AwardQuerySet":
        """One's own; for coordinators and directors, those of files that are decided and not kept from them."""
        if coordinates(user) or directs(user):
            known = self.filter(decided("candidacy__application"))
            return unhidden(known, user, "candidacy__application", own=True)
        return self.own(user)

    def standing(self) -> "AwardQuerySet":
        """Those that take money."""
        return self.filter(status__in=Award.STANDING)


class Award(models.Model):
    """Money promised to a person, on condition that they register."""

    class Status(models.TextChoices):
        """What became of it."""

        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        CONFIRMED = "confirmed", _("Confirmed by the registration")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("Lapsed")

    candidacy = models.OneToOneField(Candidacy, on_delete=models.PROTECT, related_name="award")
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OFFERED, editable=False
    )
    amount = models.DecimalField(_("amount, in dollars"), max_digits=9, decimal_places=2)
    months = models.PositiveSmallIntegerField(_("paid over so many months"))
    reply_by = models.DateTimeField(_("reply by"))
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True, editable=False)
    why = models.CharField(_("why it ended"), max_length=300, blank=True)
    offered_at = models.DateTimeField(_("offered"), default=timezone.now, editable=False)

    STANDING = (Status.OFFERED, Status.ACCEPTED, Status.CONFIRMED)
    KEPT = (Status.ACCEPTED, Status.CONFIRMED)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            models.CheckConstraint(
                name="scholarships_award_status_known",
                condition=Q(status__in=["offered", "accepted", "confirmed", "declined", "lapsed"]),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="scholarships_award_reply_dated",
                condition=Q(status="offered", replied_at=None)
                | Q(status__in=["accepted", "confirmed", "declined"], replied_at__isnull=False)
                | Q(status="lapsed"),
                violation_error_message=_("A reply, and nothing else, has the time it was given."),
            ),
            models.CheckConstraint(
                name="scholarships_award_reply_in_time",
                condition=Q(replied_at=None) | Q(replied_at__lte=F("reply_by")),
                violation_error_message=_("A reply is given before its last day ends."),
            ),
            models.CheckConstraint(
                name="scholarships_award_is_money",
                condition=Q(amount__gt=0, months__gte=1),
                violation_error_message=_("An award has an amount and the months it is paid over."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id}, {self.status}"

    @property
    def monthly(self) -> Decimal:
        """What a month brings, without a rest of cents that the first months bring."""
        return (self.amount / self.months).quantize(Decimal("0.01"), rounding=ROUND_DOWN)

    @property
    def ending(self) -> str | Promise:
        """Why it ended, in words."""
        return Ended(self.why).label if self.why in Ended.values else self.why

    def has_lapsed(self, at: datetime) -> bool:
        """Whether the time to reply was over at that moment, without a reply."""
        return self.status == self.Status.OFFERED and at > self.reply_by


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Which payments."""

    def visible_to(self, user: Any) -> "PaymentQuerySet":
        """Those of the awards that this person may see."""
        return self.filter(award__in=Award.objects.visible_to(user))

    def paid(self) -> "PaymentQuerySet":
        """Those that were made."""
        return self.filter(paid_on__isnull=False)


class Payment(models.Model):
    """A part of an award on its day."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="payments")
    due_on = models.DateField(_("due on"))
    amount = models.DecimalField(_("amount, in dollars"), max_digits=9, decimal_places=2)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="scholarships_payment_is_money",
                condition=Q(amount__gt=0),
                violation_error_message=_("A payment has an amount."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.award_id}, {self.due_on}"
