"""What the office tells of one step in a year: how long it usually takes, by whose word, and the official page."""

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cycles.bilingual import twin
from cycles.models import Cycle
from permits.models.step import Kind

HTTPS = URLValidator(schemes=["https"])
MOST_WEEKS = 104


class PermitGuide(models.Model):
    """Of one step in one cycle. Without a row, or without weeks, no delay is told and none is counted."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="permit_guides")
    kind = models.CharField(_("step"), max_length=10, choices=Kind.choices)
    weeks_min = models.PositiveSmallIntegerField(
        _("usual delay, at least (weeks)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_WEEKS)],
    )
    weeks_max = models.PositiveSmallIntegerField(
        _("usual delay, at most (weeks)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_WEEKS)],
        help_text=_("The calendar of each person counts back with the longest."),
    )
    source_fr = models.CharField(_("by whose word, in French"), max_length=200, blank=True)
    source_en = models.CharField(_("by whose word, in English"), max_length=200, blank=True)
    text_fr = models.TextField(_("what to say of it, in French"), max_length=600, blank=True)
    text_en = models.TextField(_("what to say of it, in English"), max_length=600, blank=True)
    link_fr = models.CharField(
        _("official page in French"), max_length=300, blank=True, validators=[HTTPS]
    )
    link_en = models.CharField(
        _("official page in English"), max_length=300, blank=True, validators=[HTTPS]
    )

    source = twin("source")
    text = twin("text")
    link = twin("link")

    class Meta:
        verbose_name = _("delay of a permit")
        verbose_name_plural = _("delays of permits")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "kind"],
                name="permits_guide_once",
                violation_error_message=_("A step stands once in a cycle."),
            ),
            models.CheckConstraint(
                name="permits_guide_weeks_in_order",
                condition=Q(weeks_min=None, weeks_max=None)
                | Q(
                    weeks_min__isnull=False,
                    weeks_max__isnull=False,
                    weeks_min__lte=F("weeks_max"),
                    weeks_max__lte=MOST_WEEKS,
                ),
                violation_error_message=_(
                    "Write both delays, the shorter first, or neither; two years at most."
                ),
            ),
            models.CheckConstraint(
                name="permits_guide_in_both_languages",
                condition=(Q(text_fr="", text_en="") | ~Q(text_fr="") & ~Q(text_en=""))
                & (Q(source_fr="", source_en="") | ~Q(source_fr="") & ~Q(source_en="")),
                violation_error_message=_("Write the text in both languages, or in neither."),
            ),
            models.CheckConstraint(
                name="permits_guide_link_safe",
                condition=(Q(link_fr="") | Q(link_fr__startswith="https://"))
                & (Q(link_en="") | Q(link_en__startswith="https://")),
                violation_error_message=_("A link begins with https://."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}, {self.get_kind_display()}"
