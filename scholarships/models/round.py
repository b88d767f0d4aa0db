"""A round of scholarships: a category in a year, everything about it a setting, and its rubric."""

from datetime import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs, sits
from cycles.bilingual import twin
from cycles.models import Cycle, Program
from reviews.models.review import told_anchors

LANGUAGES_DIFFER = _("Nothing is published until both languages are complete.")


class Category(models.TextChoices):
    """Mila's EDI Scholarships Program."""

    WOMEN_IN_AI = "women_in_ai", _("Excellence Scholarships – Women in AI")
    EDI_RESEARCH = "edi_research", _("Excellence Scholarships – EDI in Research")
    SOCIOECONOMIC = "socioeconomic", _("Socioeconomic Diversity Scholarships")


class Audience(models.TextChoices):
    """Who may apply in a round."""

    APPLICANTS = "applicants", _("Everyone who submitted an application")
    ACCEPTED = "accepted", _("Everyone whom Mila selected")
    REGISTERED = "registered", _("Everyone who registered at UdeM")


class Stacking(models.TextChoices):
    """What another award means for this one."""

    ALLOWED = "allowed", _("Allowed together with any other award")
    ONE_A_YEAR = "one_a_year", _("One Mila EDI award a year")
    TOP_UP = "top_up", _("Reduced to a top-up when another major award exceeds an amount")


class RoundQuerySet(models.QuerySet["Round"]):
    """Which rounds."""

    def published(self) -> "RoundQuerySet":
        """Those that applicants may see."""
        return self.filter(is_published=True)

    def of_panelist(self, user: Any) -> "RoundQuerySet":
        """Those on whose panel this person sits."""
        return self.filter(seats__person=user.pk) if sits(user) else self.none()

    def visible_to(self, user: Any) -> "RoundQuerySet":
        """Every published one, for coordinators and directors; a panelist's own."""
        if coordinates(user) or directs(user):
            return self.published()
        return self.of_panelist(user)

    def open(self, at: datetime) -> "RoundQuerySet":
        """Those that take applications at this moment."""
        return self.published().filter(opens_at__lte=at, closes_at__gte=at)


class Round(models.Model):
    """One category in one cycle. Amounts and numbers are shown to nobody until they are entered."""

    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="scholarship_rounds", verbose_name=_("cycle")
    )
    category = models.CharField(_("category"), max_length=14, choices=Category.choices)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    text_fr = models.TextField(_("who it is for, in French"), max_length=3000, blank=True)
    text_en = models.TextField(_("who it is for, in English"), max_length=3000, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    results_on = models.DateField(_("results on"), null=True, blank=True)
    reply_days = models.PositiveSmallIntegerField(
        _("days to reply to an award"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    audience = models.CharField(
        _("who may apply"), max_length=10, choices=Audience.choices, default=Audience.APPLICANTS
    )
    amount = models.DecimalField(
        _("amount of one award, in dollars"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    months = models.PositiveSmallIntegerField(
        _("paid over so many months"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(36)],
    )
    awards = models.PositiveSmallIntegerField(_("awards available"), null=True, blank=True)
    budget = models.DecimalField(
        _("budget, in dollars"), max_digits=11, decimal_places=2, null=True, blank=True
    )
    statement_words = models.PositiveSmallIntegerField(
        _("words of the statement, at most"),
        default=500,
        validators=[MinValueValidator(50), MaxValueValidator(2000)],
    )
    asks_cv = models.BooleanField(_("shows the CV on file"), default=True)
    asks_transcripts = models.BooleanField(_("shows the transcripts on file"), default=True)
    stacking = models.CharField(
        _("other awards"), max_length=10, choices=Stacking.choices, default=Stacking.ALLOWED
    )
    top_up_above = models.DecimalField(
        _("another award above so many dollars"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
    )
    top_up_amount = models.DecimalField(
        _("then so many dollars"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    programs = models.ManyToManyField(
        Program, blank=True, verbose_name=_("only for these programs")
    )
    countries = models.JSONField(
        _("only for people of these countries of residence"), default=list, blank=True
    )
    levels = models.JSONField(
        _("only for people with a degree of these levels"), default=list, blank=True
    )
    panel_size = models.PositiveSmallIntegerField(
        _("readers of each application"),
        default=3,
        validators=[MinValueValidator(3), MaxValueValidator(9)],
    )
    reading_due_on = models.DateField(_("the panel reads until"), null=True, blank=True)
    # What an award's letter says, and when money flows; empty, the letter leaves it out.
    first_payment_on = models.DateField(_("first payment on"), null=True, blank=True)
    conditions_fr = models.TextField(
        _("conditions of an award, in French"), max_length=1500, blank=True
    )
    conditions_en = models.TextField(
        _("conditions of an award, in English"), max_length=1500, blank=True
    )
    signer = models.CharField(_("who signs the letters of award"), max_length=120, blank=True)
    signer_title_fr = models.CharField(_("their title, in French"), max_length=120, blank=True)
    signer_title_en = models.CharField(_("their title, in English"), max_length=120, blank=True)
    notice_version = models.CharField(_("version of the consents"), max_length=20, default="1")
    is_published = models.BooleanField(_("published"), default=False)

    name = twin("name")
    text = twin("text")
    conditions = twin("conditions")
    signer_title = twin("signer_title")
    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("scholarship round")
        verbose_name_plural = _("scholarship rounds")
        ordering = ["-opens_at", "category"]
        constraints = [
            models.CheckConstraint(
                name="scholarships_round_opens_before_closing",
                condition=Q(opens_at__lt=F("closes_at")),
                violation_error_message=_("A round must open before it closes."),
            ),
            models.CheckConstraint(
                name="scholarships_round_bilingual_when_published",
                condition=Q(is_published=False)
                | (~Q(name_en="") & ~Q(text_fr="") & ~Q(text_en="")),
                violation_error_message=LANGUAGES_DIFFER,
            ),
            models.CheckConstraint(
                name="scholarships_round_top_up_is_whole",
                condition=~Q(stacking=Stacking.TOP_UP)
                | Q(top_up_above__isnull=False, top_up_amount__isnull=False),
                violation_error_message=_("A top-up has its threshold and its amount."),
            ),
            models.CheckConstraint(
                name="scholarships_round_read_by_three",
                condition=Q(panel_size__gte=3),
                violation_error_message=_("At least three people read each application."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def accepts(self, at: datetime) -> bool:
        """Whether applications may be written and sent at this moment."""
        return self.is_published and self.opens_at <= at <= self.closes_at

    @property
    def has_opened(self) -> bool:
        """Whether people may have applied: from then on, what they saw is kept."""
        return self.is_published and self.opens_at <= timezone.now()


class Measure(models.Model):
    """One line of a round's rubric: what the panel judges, how much it weighs, what 1, 3 and 5 mean."""

    round = models.ForeignKey(
        Round, on_delete=models.CASCADE, related_name="measures", verbose_name=_("round")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    anchor_1_fr = models.CharField(_("what 1 means, in French"), max_length=300, blank=True)
    anchor_1_en = models.CharField(_("what 1 means, in English"), max_length=300, blank=True)
    anchor_3_fr = models.CharField(_("what 3 means, in French"), max_length=300, blank=True)
    anchor_3_en = models.CharField(_("what 3 means, in English"), max_length=300, blank=True)
    anchor_5_fr = models.CharField(_("what 5 means, in French"), max_length=300, blank=True)
    anchor_5_en = models.CharField(_("what 5 means, in English"), max_length=300, blank=True)

    name = twin("name")
    anchor_1 = twin("anchor_1")
    anchor_3 = twin("anchor_3")
    anchor_5 = twin("anchor_5")

    class Meta:
        verbose_name = _("measure of the panel")
        verbose_name_plural = _("measures of the panel")
        ordering = ["round", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="scholarships_measure_weighs_something",
                condition=Q(weight__gte=1, weight__lte=100),
                violation_error_message=_("A measure weighs from 1 to 100."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """The values that have a meaning in words, lowest first."""
        return told_anchors(self)
