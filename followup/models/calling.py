"""How a cycle calls its waitlist: a setting of each cycle."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cycles.bilingual import twin
from cycles.models import Cycle

USUAL_DAYS, LONGEST = 3, 30
LATE_LIMIT = 600


class CallRules(models.Model):
    """For one cycle. Without a row: three days to reply, and people do the calling."""

    cycle = models.OneToOneField(Cycle, on_delete=models.CASCADE, related_name="call_rules")
    reply_days = models.PositiveSmallIntegerField(
        _("days to reply to a call"),
        default=USUAL_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
        help_text=_("Until the end of the last of these days in Montréal, within the waitlist."),
    )
    is_automatic = models.BooleanField(
        _("the next person is called by itself"),
        default=False,
        help_text=_(
            "As soon as a place is free, while the usual days to reply end before the waitlist does. "
            "Otherwise a coordinator calls."
        ),
    )
    late_fr = models.TextField(
        _("once UdeM’s date has passed, in French"),
        max_length=LATE_LIMIT,
        blank=True,
        help_text=_(
            "What a person called after UdeM’s official date reads about applying there. "
            "Empty: that the date has passed, and to write to us."
        ),
    )
    late_en = models.TextField(
        _("once UdeM’s date has passed, in English"), max_length=LATE_LIMIT, blank=True
    )

    late = twin("late")

    class Meta:
        verbose_name = _("calls from the waitlist")
        verbose_name_plural = _("calls from the waitlist")
        constraints = [
            models.CheckConstraint(
                name="followup_callrules_days_in_bounds",
                condition=Q(reply_days__gte=1, reply_days__lte=LONGEST),
                violation_error_message=_("From 1 to 30 days to reply."),
            ),
            models.CheckConstraint(
                name="followup_callrules_late_in_both_languages",
                condition=Q(late_fr="", late_en="") | (~Q(late_fr="") & ~Q(late_en="")),
                violation_error_message=_("Write it in both languages, or in none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle}"


def rules_of(cycle: Cycle) -> CallRules:
    """Those of the cycle, or the usual ones."""
    found: CallRules | None = getattr(cycle, "call_rules", None)
    return found or CallRules(cycle=cycle)
