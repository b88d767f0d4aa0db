"""Where a file stands among its readers: kept, so that a list of 100,000 needs no sums."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from cycles.models import Cycle


class Standing(models.Model):
    """How many were asked and answered, the marks that they gave, and what they are worth once corrected.

    Written by `reviews.standings` in the transaction of what changed it, and by `reviews.estimates` a
    little later; the invariants compare it with the reviews. Once marks change, and until the next
    estimate, `adjusted` is the mean and has no bounds.
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
    adjusted: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        _("corrected score"), max_digits=4, decimal_places=3, null=True
    )
    adjusted_low: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        _("corrected score, lower bound"), max_digits=4, decimal_places=3, null=True
    )
    adjusted_high: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        _("corrected score, upper bound"), max_digits=4, decimal_places=3, null=True
    )
    # Program's code → thousandths of being among its seats. And the programs near whose line the file is.
    chances = models.JSONField(_("chances of a seat"), null=True)
    near = ArrayField(models.IntegerField(), verbose_name=_("near the line of"), null=True)
    # How often the marks changed: an estimate made from older ones is not written.
    changes = models.PositiveIntegerField(_("changes"), default=0, db_default=0)

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
            ),
            models.Index(
                F("cycle"),
                F("adjusted").desc(),
                F("application"),
                name="reviews_standing_adjusted",
                condition=Q(adjusted__isnull=False),
            ),
            GinIndex(
                fields=["near"], name="reviews_standing_near", condition=Q(near__isnull=False)
            ),
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
    def is_estimated(self) -> bool:
        """Whether the corrected score was worked out from the marks as they are now."""
        return self.adjusted_low is not None

    def chance(self, code: str) -> int | None:
        """Thousandths of being among the seats of a program; None when that is not known."""
        return (self.chances or {}).get(code)

    @property
    def apart(self) -> Decimal:
        """How far the readers are from each other, in points; 0 with fewer than two."""
        if self.highest is None or self.lowest is None:
            return Decimal(0)
        return self.highest - self.lowest
