"""The end of a cycle: one person proposes it, another confirms it, and it can be taken up again with a reason."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs
from cycles.models import Cycle

REASON_LIMIT = 500


class ClosingQuerySet(models.QuerySet["Closing"]):
    """Which closings."""

    def visible_to(self, user: Any) -> "ClosingQuerySet":
        """All of them, for coordinators and directors: of people they say nothing."""
        return self.all() if coordinates(user) or directs(user) else self.none()

    def standing(self) -> "ClosingQuerySet":
        """What is proposed or closed now."""
        return self.filter(status__in=(Closing.Status.PROPOSED, Closing.Status.CLOSED))


class Closing(models.Model):
    """One closing of a cycle: what was still open when it was proposed, and by whom it was confirmed."""

    class Status(models.TextChoices):
        """How far the closing is."""

        PROPOSED = "proposed", _("Proposed")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Proposal taken back")
        REOPENED = "reopened", _("Taken up again")

    cycle = models.ForeignKey(
        Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="closings"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED, editable=False
    )
    # How many things of each sort were still open then: {"people": 3}.
    still_open = models.JSONField(_("still open then"), default=dict, blank=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = _("closing of a cycle")
        verbose_name_plural = _("closings of cycles")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="enrolment_closing_status_known",
                condition=Q(status__in=["proposed", "closed", "withdrawn", "reopened"]),
                violation_error_message=_("This status does not exist."),
            ),
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(status__in=["proposed", "closed"]),
                name="enrolment_closing_one_standing",
                violation_error_message=_("A closing of this cycle is proposed already."),
            ),
            models.CheckConstraint(
                name="enrolment_closing_by_two",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                violation_error_message=_("Another person confirms a closing."),
            ),
            models.CheckConstraint(
                name="enrolment_closing_confirmed_whole",
                condition=Q(
                    status__in=["closed", "reopened"],
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                )
                | Q(status__in=["proposed", "withdrawn"], confirmed_by=None, confirmed_at=None),
                violation_error_message=_("A closed cycle says who confirmed it, and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}: {self.status}"
