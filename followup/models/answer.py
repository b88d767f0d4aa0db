"""What comes after a released "accept", or a call from the waitlist: the person's reply."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs
from applications.sight import unhidden
from reviews.models import Decision

REASON_LIMIT = 500


class Reply(models.TextChoices):
    """What became of an offer."""

    OPEN = "open", _("Waiting for a reply")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("No reply in time")


REPLIED = (Reply.ACCEPTED, Reply.DECLINED)
# It holds a seat as long as nothing else is recorded.
STANDING = (Reply.OPEN, Reply.ACCEPTED)


class OfferQuerySet(models.QuerySet["Offer"]):
    """Which offers."""

    def visible_to(self, user: Any) -> "OfferQuerySet":
        """One's own; for coordinators and directors, all but what is kept from them."""
        if coordinates(user) or directs(user):
            return unhidden(self, user, "decision__application", own=True)
        return self.filter(decision__application__applicant_id=user.pk) if user.pk else self.none()


class Offer(models.Model):
    """A place offered, and the reply: by a released "accept", or by a call to somebody on the released waitlist.

    There is no row of an "accept" while nobody replied: see `offers.offer_of`. A call always has its row.
    """

    decision = models.OneToOneField(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="offer"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Reply.choices, default=Reply.OPEN, editable=False
    )
    reply_by = models.DateTimeField(_("reply by"))
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True, editable=False)
    reason = models.CharField(_("reason given"), max_length=REASON_LIMIT, blank=True)
    # An offer made from the waitlist: when, and by whom; nobody, where the cycle calls by itself.
    called_at = models.DateTimeField(_("called"), null=True, blank=True, editable=False)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("called by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    # Grows by one each time the coordination opens it again or takes a yes back: each round has letters of its own.
    round = models.PositiveSmallIntegerField(_("round"), default=1, db_default=1, editable=False)
    opened_at = models.DateTimeField(_("opened again"), null=True, blank=True, editable=False)
    taken_back_at = models.DateTimeField(_("yes taken back"), null=True, blank=True, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.CheckConstraint(
                name="followup_offer_status_known",
                condition=Q(status__in=Reply.values),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="followup_offer_reply_dated",
                condition=Q(status__in=REPLIED, replied_at__isnull=False)
                | Q(~Q(status__in=REPLIED), replied_at=None),
                violation_error_message=_("A reply, and nothing else, has the time it was given."),
            ),
            models.CheckConstraint(
                name="followup_offer_reply_in_time",
                condition=Q(replied_at=None) | Q(replied_at__lte=F("reply_by")),
                violation_error_message=_("A reply is given before its last day ends."),
            ),
            models.CheckConstraint(
                name="followup_offer_reason_of_decline",
                condition=Q(reason="") | Q(status=Reply.DECLINED),
                violation_error_message=_("Only an offer that was declined has a reason."),
            ),
            models.CheckConstraint(
                name="followup_offer_caller_of_a_call",
                condition=Q(called_by=None) | Q(called_at__isnull=False),
                violation_error_message=_("Whoever called has the time of the call."),
            ),
            models.CheckConstraint(
                name="followup_offer_call_in_time",
                condition=Q(called_at=None) | Q(called_at__lte=F("reply_by")),
                violation_error_message=_("A person is called before the last day to reply ends."),
            ),
            models.CheckConstraint(
                name="followup_offer_taken_back_is_declined",
                condition=Q(taken_back_at=None) | Q(status=Reply.DECLINED),
                violation_error_message=_("A yes that was taken back is a no."),
            ),
            models.CheckConstraint(
                name="followup_offer_rounds_from_one",
                condition=Q(round__gte=1) & (Q(opened_at=None) | Q(round__gt=1)),
                violation_error_message=_("An offer that was opened again is in a later round."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision}, {self.get_status_display()}"

    @property
    def told_at(self) -> datetime | None:
        """When the person was told of it last: opened again, or called; None for an answer, which its release dates."""
        return self.opened_at or self.called_at

    @property
    def said_no_at(self) -> datetime | None:
        """When the no was recorded."""
        return self.taken_back_at or self.replied_at

    @property
    def is_call(self) -> bool:
        """Whether it was made to somebody on the waitlist."""
        return self.called_at is not None

    def has_lapsed(self, at: datetime) -> bool:
        """Whether the time to reply was over at that moment, without a reply."""
        return self.status == Reply.EXPIRED or (self.status == Reply.OPEN and at > self.reply_by)
