"""Where a file stands among its readers: kept, so that a list of 100,000 needs no sums."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from cycles.models import Cycle


class Standing(models.Model):
    """How many were asked and answered, and the marks that they gave.

    Written by `reviews.standings` alone, in the transaction of what changed it; the invariants compare
    it with the reviews.
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, primary_key=True, related_name="standing"
    )
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    asked = models.PositiveSmallIntegerField(_("readers asked"), default=0)
    handed_in = models.PositiveSmallIntegerField(_("readers who answered"), default=0)
    mean: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        _("mean"), max_digits=4, decimal_places=3, null=True
    )
    lowest: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        _("lowest"), max_digits=4, decimal_places=3, null=True
    )
    highest: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        _("highest"), max_digits=4, decimal_places=3, null=True
    )

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        indexes = [
            models.Index(
                F("cycle"),
                F("mean").desc(),
                F("application"),
                name="reviews_standing_rank",
                condition=Q(mean__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="reviews_standing_adds_up",
                condition=Q(handed_in__lte=F("asked")),
                violation_error_message=_("Nobody answers without being asked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.mean}"

    @property
    def apart(self) -> Decimal:
        """How far the readers are from each other, in points; 0 with fewer than two."""
        if self.highest is None or self.lowest is None:
            return Decimal(0)
        return self.highest - self.lowest
