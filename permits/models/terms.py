"""What a year's office tells of permits as a whole: the time to allow, the funds, and the facts of our letter."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cycles.bilingual import twin
from cycles.models import Cycle

# UdeM tells people from abroad to allow three to six months for all of it.
MONTHS = (3, 6)
# At least six months and 22 credits, by the page of UdeM's department on its internships.
INTERNSHIP_MONTHS, INTERNSHIP_CREDITS = 6, 22


class PermitTerms(models.Model):
    """One row a cycle. Without it, the usual values count and our letter waits."""

    cycle = models.OneToOneField(Cycle, on_delete=models.CASCADE, related_name="permit_terms")
    months_min = models.PositiveSmallIntegerField(
        _("time to allow in all, at least (months)"), default=MONTHS[0]
    )
    months_max = models.PositiveSmallIntegerField(
        _("time to allow in all, at most (months)"),
        default=MONTHS[1],
        validators=[MaxValueValidator(24)],
        help_text=_("UdeM tells people from abroad to allow 3 to 6 months."),
    )
    funds_one = models.PositiveIntegerField(
        _("funds to show, one adult ($)"),
        null=True,
        blank=True,
        help_text=_("Empty until somebody has read it on the official page."),
    )
    funds_two = models.PositiveIntegerField(
        _("funds to show, two adults ($)"), null=True, blank=True
    )
    funds_as_of = models.DateField(_("amounts read on"), null=True, blank=True)
    funds_fr = models.TextField(_("more on funds, in French"), max_length=600, blank=True)
    funds_en = models.TextField(_("more on funds, in English"), max_length=600, blank=True)
    internship_hours = models.PositiveSmallIntegerField(
        _("compulsory hours of the internship"), null=True, blank=True
    )
    internship_months = models.PositiveSmallIntegerField(
        _("months of the internship, at least"),
        default=INTERNSHIP_MONTHS,
        help_text=_("At least six, by the page of UdeM’s department."),
    )
    internship_credits = models.PositiveSmallIntegerField(
        _("credits of the internship"),
        default=INTERNSHIP_CREDITS,
        help_text=_("22 by the page of UdeM’s department."),
    )
    signer = models.CharField(_("who signs our letter"), max_length=100, blank=True)
    signer_title_fr = models.CharField(_("their title in French"), max_length=120, blank=True)
    signer_title_en = models.CharField(_("their title in English"), max_length=120, blank=True)

    funds = twin("funds")
    signer_title = twin("signer_title")

    class Meta:
        verbose_name = _("permits: the whole, and our letter")
        verbose_name_plural = _("permits: the whole, and our letter")
        constraints = [
            models.CheckConstraint(
                name="permits_terms_months_in_order",
                condition=Q(months_min__lte=F("months_max"), months_max__lte=24),
                violation_error_message=_("The shorter time first; two years at most."),
            ),
            models.CheckConstraint(
                name="permits_terms_funds_dated",
                condition=Q(funds_one=None, funds_two=None) | Q(funds_as_of__isnull=False),
                violation_error_message=_(
                    "An amount has the day it was read on the official page."
                ),
            ),
            models.CheckConstraint(
                name="permits_terms_in_both_languages",
                condition=(Q(funds_fr="", funds_en="") | ~Q(funds_fr="") & ~Q(funds_en=""))
                & (
                    Q(signer_title_fr="", signer_title_en="")
                    | ~Q(signer_title_fr="") & ~Q(signer_title_en="")
                ),
                violation_error_message=_("Write the text in both languages, or in neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}, permits"

    @property
    def letter_is_ready(self) -> bool:
        """Whether everything that our letter says is written."""
        return bool(self.internship_hours and self.signer and self.signer_title_fr)
