"""The rubric, and what a reader wrote with it."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Submission
from cycles.bilingual import twin
from cycles.models import Cycle, Program
from reviews.models.assignment import Assignment

LOWEST, HIGHEST = 1, 5
COMMENT_LIMIT = 4000


class Criterion(models.Model):
    """One line of a cycle's rubric: what is judged, how much it weighs, what 1, 3 and 5 mean."""

    cycle = models.ForeignKey(
        Cycle,
        on_delete=models.CASCADE,
        related_name="criteria",
        verbose_name=_("cycle"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    is_about_references = models.BooleanField(
        _("about the letters of reference"),
        default=False,
        help_text=_(
            "Whoever scores it without having opened a letter is asked once, before handing in."
        ),
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
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["cycle", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reviews_criterion_weighs_something",
                condition=Q(weight__gte=1, weight__lte=100),
                violation_error_message=_("A criterion weighs from 1 to 100."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """No line is added once a review of the cycle counts: it would be judged by another rubric."""
        if self._state.adding and self.cycle_id and self.counts:
            raise ValidationError(
                _("A review was handed in already: the rubric of this cycle stays as it is.")
            )

    @property
    def counts(self) -> bool:
        """Whether a review of this criterion's cycle was handed in."""
        return Assignment.objects.filter(
            application__cycle=self.cycle_id, status=Assignment.Status.HANDED_IN
        ).exists()

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """The values that have a meaning in words, lowest first."""
        return told_anchors(self)


def told_anchors(row: Any) -> list[tuple[int, str]]:
    """What 1, 3 and 5 mean on a line of any rubric, where it is said."""
    told = [(1, row.anchor_1), (3, row.anchor_3), (5, row.anchor_5)]
    return [(value, text) for value, text in told if text]


class Recommendation(models.TextChoices):
    """What a reader advises. Advice, never an outcome."""

    STRONG_ACCEPT = "strong_accept", _("Strong accept")
    ACCEPT = "accept", _("Accept")
    WAITLIST = "waitlist", _("Waitlist")
    DECLINE = "decline", _("Decline")


# A path of SQL/JSON that finds an advice unlike the four.
UNKNOWN_ADVICE = "$.* ? ({})".format(
    " && ".join(f'@ != "{value}"' for value in Recommendation.values)
)


class Review(models.Model):
    """What one reader thinks of one file; a draft until handed in."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="review")
    comment = models.TextField(_("For the committee"), blank=True)
    private_notes = models.TextField(_("Notes for yourself"), blank=True)
    confidence = models.PositiveSmallIntegerField(_("Confidence"), null=True, blank=True)
    recommendation = models.CharField(
        _("Your advice"), max_length=20, choices=Recommendation.choices, blank=True
    )
    recommended_program = models.ForeignKey(
        Program,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("For which program"),
    )
    # Where the file asks for several programs: one advice each, by the program's code, as the snapshot names them.
    # `recommendation` is then the best of them, and `recommended_program` the program it is for.
    advice = models.JSONField(_("advice per program"), default=dict, blank=True)
    submission = models.ForeignKey(
        Submission,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("the submission that was read"),
    )
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True, editable=False)
    mark: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        _("weighted mean"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        editable=False,
    )

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                name="reviews_review_confidence_range",
                condition=Q(confidence__isnull=True)
                | Q(confidence__gte=LOWEST, confidence__lte=HIGHEST),
                violation_error_message=_("Confidence goes from 1 to 5."),
            ),
            models.CheckConstraint(
                name="reviews_review_recommendation_known",
                condition=Q(recommendation="") | Q(recommendation__in=Recommendation.values),
                violation_error_message=_("This advice does not exist."),
            ),
            models.CheckConstraint(
                name="reviews_review_advice_known",
                condition=~Q(
                    models.Func(
                        F("advice"),
                        models.Value(UNKNOWN_ADVICE),
                        function="jsonb_path_exists",
                        output_field=models.BooleanField(),
                    )
                ),
                violation_error_message=_("This advice does not exist."),
            ),
            models.CheckConstraint(
                name="reviews_review_handed_in_whole",
                condition=Q(handed_in_at__isnull=True)
                | (Q(mark__isnull=False) & ~Q(recommendation="")),
                violation_error_message=_("A review that was handed in has a score and an advice."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}"


class Score(models.Model):
    """A reader's value for one criterion. Null: cannot judge. No row: not scored yet."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    page = models.PositiveSmallIntegerField(_("page of the dossier"), null=True, blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "criterion"],
                name="reviews_score_once",
                violation_error_message=_("Each criterion is scored once."),
            ),
            models.CheckConstraint(
                name="reviews_score_range",
                condition=Q(value__isnull=True) | Q(value__gte=LOWEST, value__lte=HIGHEST),
                violation_error_message=_("A score goes from 1 to 5."),
            ),
            models.CheckConstraint(
                name="reviews_score_page_counts_from_one",
                condition=Q(page__isnull=True) | Q(page__gte=1),
                violation_error_message=_("Pages are counted from 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.value}"
