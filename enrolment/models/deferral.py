"""A place kept for another year."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.sight import unhidden
from cycles.models import Cycle, Program

REASON_LIMIT = 500


class DeferralQuerySet(models.QuerySet["Deferral"]):
    """Which deferrals."""

    def visible_to(self, user: Any) -> "DeferralQuerySet":
        """Those of files that nothing keeps from this person."""
        return unhidden(self, user, "application")

    def standing(self) -> "DeferralQuerySet":
        """Those that were not undone."""
        return self.filter(undone_at=None)


class Deferral(models.Model):
    """The promise of a place in a later cycle. It takes a seat there and makes no file: the coordination confirms it then."""

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="deferrals",
    )
    to_cycle = models.ForeignKey(
        Cycle, verbose_name=_("to the cycle"), on_delete=models.PROTECT, related_name="deferred_to"
    )
    program = models.ForeignKey(
        Program, verbose_name=_("program"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("reason"))
    old_status = models.CharField(_("status before"), max_length=14)
    old_ended_on = models.DateField(_("day before"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, editable=False)

    objects = DeferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("deferral")
        verbose_name_plural = _("deferrals")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(undone_at=None),
                name="enrolment_deferral_one_standing",
                violation_error_message=_("This place is deferred already."),
            ),
            models.CheckConstraint(
                name="enrolment_deferral_explained",
                condition=Q(reason__length__gte=1) & Q(reason__length__lte=REASON_LIMIT),
                violation_error_message=_("A reason has between 1 and 500 characters."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} → {self.to_cycle_id}"
