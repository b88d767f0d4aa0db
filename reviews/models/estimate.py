"""When the scores of a cycle were last corrected for severity, from what, and what was found."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cycles.models import Cycle

FEW_MARKS, FEW_READERS = 30, 3


@dataclass(frozen=True)
class Scale:
    """How one reader uses the scale: points stricter than the average reader, with a 90 % interval."""

    reader: int
    severity: float
    low: float
    high: float
    marks: int
    circle: int


class Estimate(models.Model):
    """One a cycle. Spreads are standard deviations, in points of the scale."""

    cycle = models.OneToOneField(
        Cycle, on_delete=models.CASCADE, primary_key=True, related_name="estimate"
    )
    at = models.DateTimeField(_("estimated"), default=timezone.now)
    took = models.FloatField(_("seconds that it took"), default=0)
    state = models.CharField(_("from which state"), max_length=64, blank=True)
    files = models.PositiveIntegerField(_("files with a mark"), default=0)
    readers = models.PositiveIntegerField(_("readers who gave one"), default=0)
    marks = models.PositiveIntegerField(_("marks"), default=0)
    circles = models.PositiveIntegerField(_("circles of readers"), default=0)
    spread_files = models.FloatField(_("spread of the files"), default=0)
    spread_readers = models.FloatField(_("spread of the readers"), default=0)
    spread_noise = models.FloatField(_("spread of the rest"), default=0)
    # Reader's id → severity, low, high, marks, circle: a cycle has hundreds of readers, not thousands.
    scales: "models.JSONField[dict[str, list[Any]], dict[str, list[Any]]]" = models.JSONField(
        _("scales"), default=dict
    )

    class Meta:
        verbose_name = _("estimate")
        verbose_name_plural = _("estimates")

    def __str__(self) -> str:
        return f"{self.cycle_id}: {self.state[:8]}"

    @property
    def is_thin(self) -> bool:
        """Whether so little was read that severity is hardly known."""
        return self.marks < FEW_MARKS or self.readers < FEW_READERS

    def scale_of(self, reader: int) -> Scale | None:
        """What was found about a reader; None for who gave no mark."""
        told = self.scales.get(str(reader))
        return Scale(reader, *told) if told else None
