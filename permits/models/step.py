"""One thing to gather or to ask for on the way to studying here, as the person tells it: days, never a number or a copy."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import coordinates
from applications.models import Application
from applications.sight import unhidden


class Kind(models.TextChoices):
    """What there may be to do, in the order in which it is done."""

    PROOF = "proof", _("Proof of your status")
    VERIFY = "verify", _("What your status asks for")
    FUNDS = "funds", _("Proof of funds")
    CAQ = "caq", _("CAQ, the Québec acceptance certificate")
    STUDY = "study", _("Study permit")
    COOP = "coop", _("Co-op work permit")


class State(models.TextChoices):
    """How far one step is."""

    TO_DO = "to_do", pgettext_lazy("permit", "Not begun")
    READY = "ready", pgettext_lazy("permit", "Ready")
    ASKED = "asked", pgettext_lazy("permit", "Asked for")
    MORE = "more", pgettext_lazy("permit", "More is asked of you")
    OBTAINED = "obtained", pgettext_lazy("permit", "Obtained")
    REFUSED = "refused", pgettext_lazy("permit", "Refused")
    NOT_NEEDED = "not_needed", pgettext_lazy("permit", "Not needed")


class WhyNot(models.TextChoices):
    """Why a person does not need a step; their choice among these, no free text."""

    HAVE = "have", _("What I have already covers the whole program")
    UDEM = "udem", _("The university told me so")
    AUTHORITY = "authority", _("The immigration authority told me so")


# Gathered by the person: no authority grants these.
GATHERED = (Kind.PROOF, Kind.VERIFY, Kind.FUNDS)
GATHERED_STATES = (State.TO_DO, State.READY, State.NOT_NEEDED)
ASKED_STATES = (State.ASKED, State.MORE, State.OBTAINED, State.REFUSED)


class PermitStepQuerySet(models.QuerySet["PermitStep"]):
    """Which steps."""

    def visible_to(self, user: Any) -> "PermitStepQuerySet":
        """One's own; for coordinators, all but what is kept from them. Nobody else, directors included."""
        if coordinates(user):
            return unhidden(self, user, "application", own=True)
        return self.filter(application__applicant_id=user.pk) if user.pk else self.none()


class PermitStep(models.Model):
    """A step that somebody has reported; without a row it is not begun."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="permit_steps"
    )
    kind = models.CharField(_("step"), max_length=10, choices=Kind.choices)
    status = models.CharField(
        _("status"), max_length=10, choices=State.choices, default=State.TO_DO, editable=False
    )
    asked_on = models.DateField(_("asked for on"), null=True, blank=True)
    more_on = models.DateField(_("more asked on"), null=True, blank=True)
    obtained_on = models.DateField(_("obtained on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    why_not = models.CharField(
        _("why it is not needed"), max_length=10, choices=WhyNot.choices, blank=True
    )
    said_at = models.DateTimeField(_("reported"), default=timezone.now, editable=False)

    objects = PermitStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of permits")
        verbose_name_plural = _("steps of permits")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"],
                name="permits_step_once",
                violation_error_message=_("This step is there already."),
            ),
            models.CheckConstraint(
                name="permits_step_known",
                condition=Q(kind__in=Kind.values, status__in=State.values),
                violation_error_message=_("This step or its status does not exist."),
            ),
            models.CheckConstraint(
                name="permits_step_gathered",
                condition=~Q(kind__in=GATHERED) | Q(status__in=GATHERED_STATES),
                violation_error_message=_("What you gather yourself is asked of no authority."),
            ),
            models.CheckConstraint(
                name="permits_step_asked_dated",
                condition=Q(status__in=(State.ASKED, State.MORE), asked_on__isnull=False)
                | Q(status__in=(State.OBTAINED, State.REFUSED))
                | Q(~Q(status__in=ASKED_STATES), asked_on=None),
                violation_error_message=_("What is asked for has the day it was asked."),
            ),
            models.CheckConstraint(
                name="permits_step_more_dated",
                condition=(~Q(status=State.MORE) | Q(more_on__isnull=False))
                & (Q(more_on=None) | Q(status__in=ASKED_STATES))
                & (Q(more_on=None) | Q(asked_on__isnull=False, more_on__gte=F("asked_on"))),
                violation_error_message=_(
                    "More is asked after the request, and has the day it was."
                ),
            ),
            models.CheckConstraint(
                name="permits_step_obtained_dated",
                condition=Q(status=State.OBTAINED, obtained_on__isnull=False)
                | Q(~Q(status=State.OBTAINED), obtained_on=None, valid_until=None),
                violation_error_message=_("What is obtained, and nothing else, has its day."),
            ),
            models.CheckConstraint(
                name="permits_step_obtained_in_order",
                condition=(
                    Q(obtained_on=None) | Q(asked_on=None) | Q(obtained_on__gte=F("asked_on"))
                )
                & (Q(valid_until=None) | Q(valid_until__gt=F("obtained_on"))),
                violation_error_message=_("Asked for, obtained, valid until: in this order."),
            ),
            models.CheckConstraint(
                name="permits_step_refused_dated",
                condition=(
                    Q(status=State.REFUSED, refused_on__isnull=False)
                    | Q(~Q(status=State.REFUSED), refused_on=None)
                )
                & (Q(refused_on=None) | Q(asked_on=None) | Q(refused_on__gte=F("asked_on"))),
                violation_error_message=_(
                    "What is refused, and nothing else, has the day of the refusal, after the request."
                ),
            ),
            models.CheckConstraint(
                name="permits_step_not_needed_why",
                condition=Q(status=State.NOT_NEEDED, why_not__in=WhyNot.values)
                | Q(~Q(status=State.NOT_NEEDED), why_not=""),
                violation_error_message=_("What is not needed, and nothing else, says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.kind}"
