"""What comes after a released "accept": the person's reply, and their file at UdeM."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs
from applications.sight import unhidden
from cycles.models import Program
from reviews.models import Decision

REASON_LIMIT = 500


class Reply(models.TextChoices):
    """What became of an offer."""

    OPEN = "open", _("Waiting for a reply")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("No reply in time")


REPLIED = (Reply.ACCEPTED, Reply.DECLINED)


class OfferQuerySet(models.QuerySet["Offer"]):
    """Which offers."""

    def visible_to(self, user: Any) -> "OfferQuerySet":
        """One's own; for coordinators and directors, all but what is kept from them."""
        if coordinates(user) or directs(user):
            return unhidden(self, user, "decision__application", own=True)
        return self.filter(decision__application__applicant_id=user.pk) if user.pk else self.none()


class Offer(models.Model):
    """The reply to a released "accept". There is no row while nobody replied: see `offers.offer_of`."""

    decision = models.OneToOneField(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="offer"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Reply.choices, default=Reply.OPEN, editable=False
    )
    reply_by = models.DateTimeField(_("reply by"))
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True, editable=False)
    reason = models.CharField(_("reason given"), max_length=REASON_LIMIT, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.decision}, {self.get_status_display()}"

    def has_lapsed(self, at: datetime) -> bool:
        """Whether the time to reply was over at that moment, without a reply."""
        return self.status == Reply.EXPIRED or (self.status == Reply.OPEN and at > self.reply_by)


class Filing(models.TextChoices):
    """How far the person's file at UdeM is, as we know it."""

    TO_FILE = "to_file", _("To file")
    FILED = "filed", _("Filed")


class UdemFileQuerySet(models.QuerySet["UdemFile"]):
    """Which files at UdeM."""

    def visible_to(self, user: Any) -> "UdemFileQuerySet":
        """One's own; for coordinators and directors, all but what is kept from them."""
        if coordinates(user) or directs(user):
            return unhidden(self, user, "offer__decision__application", own=True)
        mine = Q(offer__decision__application__applicant_id=user.pk)
        return self.filter(mine) if user.pk else self.none()


class UdemFile(models.Model):
    """The application that an accepted person makes to Université de Montréal, as they report it to us."""

    offer = models.OneToOneField(
        Offer, verbose_name=_("offer"), on_delete=models.PROTECT, related_name="udem_file"
    )
    program = models.ForeignKey(Program, verbose_name=_("program"), on_delete=models.PROTECT)
    status = models.CharField(
        _("status"), max_length=12, choices=Filing.choices, default=Filing.TO_FILE, editable=False
    )
    number = models.CharField(_("UdeM number"), max_length=20, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = UdemFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file at UdeM")
        verbose_name_plural = _("files at UdeM")
        constraints = [
            models.CheckConstraint(
                name="followup_udem_status_known",
                condition=Q(status__in=Filing.values),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="followup_udem_filed_is_whole",
                condition=Q(status=Filing.TO_FILE, number="", filed_on=None)
                | Q(~Q(status=Filing.TO_FILE), ~Q(number=""), filed_on__isnull=False),
                violation_error_message=_("A filed application has a number and a date."),
            ),
            models.CheckConstraint(
                name="followup_udem_number_form",
                condition=Q(number="") | Q(number__length__gte=4, number__regex=r"^[0-9A-Z]+$"),
                violation_error_message=_("A UdeM number has 4 to 20 letters and digits."),
            ),
        ]

    def __str__(self) -> str:
        # Never the UdeM number: a row's name ends up in logs and titles.
        return f"{self.offer.decision}, UdeM"


models.CharField.register_lookup(Length)
