"""A proposal of who reads what: worked out by the worker, looked at by a person, then applied or not."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import coordinates
from cycles.models import Cycle


class PlanQuerySet(models.QuerySet["Plan"]):
    """Which plans."""

    def visible_to(self, user: Any) -> "PlanQuerySet":
        """All, for coordinators; nobody else knows that there are any."""
        return self if coordinates(user) else self.none()

    def due(self) -> "PlanQuerySet":
        """Those that wait for the worker, and those whose worker vanished."""
        free = Q(lease_until=None) | Q(lease_until__lt=timezone.now())
        return self.filter(free, status=Plan.Status.ASKED).order_by("made_at", "pk")


class Plan(models.Model):
    """Pairs of file and reader to make, with the figures that let a person judge them.

    `lines`: `[application's id, reader's id]` to give. `moves`: the same, to take back. `basis`: the
    fingerprint of what the plan was worked out from.
    """

    class Kind(models.TextChoices):
        """What it gives."""

        FIRST = "first", _("The readings that are missing")
        ANOTHER = "another", _("Another reading where it helps most")

    class Status(models.TextChoices):
        """How far it got."""

        ASKED = "asked", _("Being worked out")
        READY = "ready", pgettext_lazy("plan", "To look at")
        FAILED = "failed", pgettext_lazy("plan", "Failed")
        APPLIED = "applied", pgettext_lazy("plan", "Applied")
        DISCARDED = "discarded", pgettext_lazy("plan", "Discarded")

    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="plans", verbose_name=_("cycle")
    )
    kind = models.CharField(_("what to give"), max_length=10, choices=Kind.choices)
    most = models.PositiveIntegerField(_("how many files at most"), null=True, blank=True)
    may_move = models.BooleanField(_("may move what nobody has opened"), default=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.ASKED, editable=False
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    made_at = models.DateTimeField(_("asked"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0, editable=False)
    lease_until = models.DateTimeField(_("held until"), null=True, blank=True, editable=False)
    basis = models.CharField(_("fingerprint"), max_length=64, blank=True, editable=False)
    lines = models.JSONField(_("to give"), default=list, blank=True, editable=False)
    moves = models.JSONField(_("to take back"), default=list, blank=True, editable=False)
    figures = models.JSONField(_("figures"), default=dict, blank=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(status="asked"),
                name="committee_plan_one_asked",
                violation_error_message=_("A plan of this cycle is being worked out."),
            ),
            models.CheckConstraint(
                name="committee_plan_status_known",
                condition=Q(status__in=["asked", "ready", "failed", "applied", "discarded"]),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="committee_plan_another_has_a_limit",
                condition=Q(kind="first", most__isnull=True)
                | Q(kind="another", most__isnull=False, most__gte=1, may_move=False),
                violation_error_message=_("Say how many files get another reading."),
            ),
            models.CheckConstraint(
                name="committee_plan_ready_has_a_basis",
                condition=~Q(status__in=["ready", "applied"]) | ~Q(basis=""),
                violation_error_message=_("A plan says what it was worked out from."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}, {self.get_kind_display()}"

    @property
    def is_asked(self) -> bool:
        """Whether the worker still has it."""
        return self.status == self.Status.ASKED

    @property
    def is_ready(self) -> bool:
        """Whether a person may look at it and apply it."""
        return self.status == self.Status.READY
