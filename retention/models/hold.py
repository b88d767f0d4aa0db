"""A legal hold: whatever its age, this file is kept until the hold is lifted."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs
from applications.models import Application
from applications.sight import unhidden

WHY_LIMIT = 500


class HoldQuerySet(models.QuerySet["Hold"]):
    """Which holds."""

    def visible_to(self, user: Any) -> "HoldQuerySet":
        """For those who may set one or dispose of files: all but those of files that something keeps from them."""
        if coordinates(user) or directs(user):
            return unhidden(self, user, "application", own=True)
        return self.none()

    def standing(self) -> "HoldQuerySet":
        """Those that count now."""
        return self.filter(lifted_at=None)


class Hold(models.Model):
    """Why a file is kept beyond its time, who said so, and who let it go again."""

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        # A lifted hold goes with its file: the trail keeps that it was.
        on_delete=models.CASCADE,
        related_name="holds",
    )
    why = models.CharField(_("why"), max_length=WHY_LIMIT)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("set by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    set_at = models.DateTimeField(_("set"), default=timezone.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lifted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_why = models.CharField(_("why it was lifted"), max_length=WHY_LIMIT, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(lifted_at=None),
                name="retention_hold_one_standing",
                violation_error_message=_("This file is held already."),
            ),
            models.CheckConstraint(
                name="retention_hold_explained",
                condition=~Q(why=""),
                violation_error_message=_("A hold has its reason."),
            ),
            models.CheckConstraint(
                name="retention_hold_lifted_is_whole",
                condition=Q(lifted_at=None, lifted_by=None, lifted_why="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_why="")),
                violation_error_message=_("What is lifted says when, by whom and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}, {self.set_at:%Y-%m-%d}"
