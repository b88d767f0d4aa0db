"""The application to Université de Montréal, step by step, as the person and the office know it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs
from applications.sight import unhidden
from cycles.models import Program
from followup.models.answer import Offer
from followup.sealing import SealedField, marks

CONDITION_LIMIT = 500


class Filing(models.TextChoices):
    """How far the person's file at UdeM is, as we know it."""

    TO_FILE = "to_file", _("To file")
    FILED = "filed", _("Filed")
    DOCUMENTS = "documents", _("Documents asked for")
    ADMITTED = "admitted", _("Admitted")
    CONDITIONAL = "conditional", _("Admitted on a condition")
    REFUSED = "refused", _("Refused by UdeM")
    CLOSED = "closed", _("Closed by UdeM")
    ACCEPTED = "accepted", _("UdeM’s offer accepted")
    REGISTERED = "registered", _("Registered")
    DEFERRED = "deferred", _("Deferred")
    NOT_REGISTERED = "not_registered", _("Not registered")


# A number may be unknown where nothing was filed, or where we only heard how it ended.
NUMBERLESS = (Filing.TO_FILE, Filing.CLOSED, Filing.DEFERRED, Filing.NOT_REGISTERED)
AT_AN_END = (
    *(Filing.REFUSED, Filing.CLOSED),
    *(Filing.REGISTERED, Filing.DEFERRED, Filing.NOT_REGISTERED),
)
ADMITTED = (Filing.ADMITTED, Filing.CONDITIONAL, Filing.ACCEPTED, Filing.REGISTERED)


class UdemFileQuerySet(models.QuerySet["UdemFile"]):
    """Which files at UdeM."""

    def visible_to(self, user: Any) -> "UdemFileQuerySet":
        """One's own; for coordinators and directors, all but what is kept from them."""
        if coordinates(user) or directs(user):
            return unhidden(self, user, "offer__decision__application", own=True)
        mine = Q(offer__decision__application__applicant_id=user.pk)
        return self.filter(mine) if user.pk else self.none()

    def numbered(self, number: str) -> "UdemFileQuerySet":
        """Those with this UdeM number, put in order by `filing.clean_number`."""
        return self.filter(number_mark__in=marks(number)) if number else self.none()


class UdemFile(models.Model):
    """The application that an accepted person makes to Université de Montréal."""

    offer = models.OneToOneField(
        Offer, verbose_name=_("offer"), on_delete=models.PROTECT, related_name="udem_file"
    )
    program = models.ForeignKey(Program, verbose_name=_("program"), on_delete=models.PROTECT)
    status = models.CharField(
        _("status"), max_length=14, choices=Filing.choices, default=Filing.TO_FILE, editable=False
    )
    number = SealedField(_("UdeM number"), blank=True)
    number_mark = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    documents_asked_on = models.DateField(_("documents asked on"), null=True, blank=True)
    documents_due_on = models.DateField(_("documents due on"), null=True, blank=True)
    documents_done_on = models.DateField(_("documents all sent on"), null=True, blank=True)
    decided_on = models.DateField(_("UdeM’s answer of"), null=True, blank=True)
    condition = models.CharField(_("condition"), max_length=CONDITION_LIMIT, blank=True)
    condition_met_on = models.DateField(_("condition met on"), null=True, blank=True)
    accept_by = models.DateField(_("UdeM’s offer to accept by"), null=True, blank=True)
    accepted_on = models.DateField(_("UdeM’s offer accepted on"), null=True, blank=True)
    ended_on = models.DateField(_("registered, deferred or ended on"), null=True, blank=True)
    # When the office, or UdeM's own list, last said the same as is written here; a new report unsays it.
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
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
                | Q(Q(status__in=NUMBERLESS), ~Q(status=Filing.TO_FILE))
                | Q(~Q(status__in=NUMBERLESS), ~Q(number=""), filed_on__isnull=False),
                violation_error_message=_("A filed application has a number and a date."),
            ),
            models.CheckConstraint(
                name="followup_udem_number_marked",
                condition=Q(number="", number_mark="") | (~Q(number="") & ~Q(number_mark="")),
                violation_error_message=_("A UdeM number is kept with its mark."),
            ),
            models.CheckConstraint(
                name="followup_udem_documents_in_order",
                condition=(
                    Q(documents_due_on=None) | Q(documents_due_on__gte=F("documents_asked_on"))
                )
                & (Q(documents_due_on=None) | Q(documents_asked_on__isnull=False)),
                violation_error_message=_("Documents are due after they were asked for."),
            ),
            models.CheckConstraint(
                name="followup_udem_condition_told",
                condition=~Q(status=Filing.CONDITIONAL) | ~Q(condition=""),
                violation_error_message=_("An admission on a condition says which."),
            ),
        ]

    def __str__(self) -> str:
        # Never the UdeM number: a row's name ends up in logs and titles.
        return f"{self.offer.decision}, UdeM"


# The first migration compares lengths.
models.CharField.register_lookup(Length)
