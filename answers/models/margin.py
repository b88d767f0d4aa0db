"""How many more people than seats a program may accept: a setting of each cycle."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cycles.models import Cycle, Program

USUAL = 50  # per cent


class Margin(models.Model):
    """For one program of one cycle. Without a row: half as many again as there are seats."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="margins")
    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="+", verbose_name=_("program")
    )
    percent = models.PositiveSmallIntegerField(
        _("offers beyond the seats, in per cent"),
        default=USUAL,
        validators=[MinValueValidator(0), MaxValueValidator(300)],
        help_text=_("Not everybody says yes: beyond this, the list of findings says so."),
    )

    class Meta:
        verbose_name = _("offers beyond the seats")
        verbose_name_plural = _("offers beyond the seats")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "program"],
                name="answers_margin_once",
                violation_error_message=_("A program stands once in a cycle."),
            ),
            models.CheckConstraint(
                name="answers_margin_in_bounds",
                condition=Q(percent__lte=300),
                violation_error_message=_("At most four offers a seat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}, {self.program_id}: {self.percent}"
