"""Scoring one file with a rubric: saving a draft, handing it in, taking it back to correct it.

The arithmetic knows weights and values alone, so that any panel with a rubric can use it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.moves import Move, Refused, move
from cycles.models import Program
from reviews import standings
from reviews.models import Assignment, Criterion, Decision, Recommendation, Review, Score
from reviews.permissions import reads

THOUSANDTH = Decimal("0.001")


def weighted_mean(scores: Iterable[tuple[int, int | None]]) -> Decimal | None:
    """The mean of (weight, value) pairs, to three decimals; None (cannot judge) weighs nothing."""
    judged = [(weight, value) for weight, value in scores if value is not None]
    weights = sum(weight for weight, _value in judged)
    if not weights:
        return None
    total = sum(weight * value for weight, value in judged)
    return (Decimal(total) / weights).quantize(THOUSANDTH)


@dataclass(frozen=True)
class Typed:
    """What a reader has typed so far. `scores`: criterion's id → 1–5, or None for "cannot judge"."""

    scores: Mapping[int, int | None] = field(default_factory=dict)
    comment: str = ""
    private_notes: str = ""
    confidence: int | None = None
    recommendation: str = ""
    recommended_program: Program | None = None


class Stale(Refused):
    """The review was saved elsewhere since this page was opened; nothing was overwritten."""


def lacks(assignment: Assignment) -> list[str]:
    """What a review still needs before it can be handed in, in the order of the page."""
    review = Review.objects.filter(assignment=assignment).first() or Review()
    scores = scores_of(review)
    criteria = list(assignment.application.cycle.criteria.all())
    unscored = [criterion for criterion in criteria if criterion.pk not in scores]
    reasons = [
        _("Not scored yet: %(criterion)s.") % {"criterion": criterion.name}
        for criterion in unscored
    ]
    if not unscored and all(scores[criterion.pk] is None for criterion in criteria):
        reasons.append(_("Score at least one criterion."))
    if not review.recommendation:
        reasons.append(_("Your advice is missing."))
    elif lacks_program(review, assignment):
        reasons.append(_("Say for which program."))
    return reasons


def lacks_program(review: Review, assignment: Assignment) -> bool:
    """Whether good advice about a file that asks for several programs does not say which."""
    if review.recommendation == Recommendation.DECLINE or review.recommended_program_id:
        return False
    return assignment.application.choices.count() > 1


def scores_of(review: Review) -> dict[int, int | None]:
    """Criterion's id → value, of what is scored so far."""
    if review.pk is None:
        return {}
    return dict(review.scores.values_list("criterion_id", "value"))


def decided(assignment: Assignment) -> list[str]:
    """The blocker of a change of mind: somebody decided on the strength of this review."""
    current = Decision.objects.filter(application_id=assignment.application_id, is_current=True)
    if not current.exists():
        return []
    return [_("A decision was proposed since: write to the coordination.")]


HAND_IN = Move(
    "hand_in",
    (Assignment.Status.ASSIGNED,),
    Assignment.Status.HANDED_IN,
    may=reads,
    blocked_by=lacks,
    label=gettext_lazy("Hand in and open the next"),
)
TAKE_BACK = Move(
    "take_back",
    (Assignment.Status.HANDED_IN,),
    Assignment.Status.ASSIGNED,
    may=reads,
    blocked_by=decided,
    label=gettext_lazy("Take back to correct"),
)


@transaction.atomic
def save_review(assignment: Assignment, typed: Typed, *, revision: int, by: User) -> Review:
    """Keep what the reader has typed so far, complete or not.

    `revision` is the review's when the page was opened. Raises Stale when another tab saved since,
    Refused when the review was handed in or the file withdrawn.
    """
    locked = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("application")
        .get(pk=assignment.pk)
    )
    if not reads(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    if not locked.is_open or not locked.application.is_filed:
        raise Refused(_("This review can no longer be changed."))
    review = Review.objects.filter(assignment=locked).first() or Review(assignment=locked)
    if review.revision != revision:
        raise Stale(_("This review was saved in another tab since you opened this page."))
    _write(review, typed)
    return review


def _write(review: Review, typed: Typed) -> None:
    """Put what was typed in the rows."""
    for name in ("comment", "private_notes", "confidence", "recommendation", "recommended_program"):
        setattr(review, name, getattr(typed, name))
    review.revision += 1
    review.saved_at = timezone.now()
    review.save()
    Score.objects.bulk_create(
        [
            Score(review=review, criterion_id=criterion, value=value)
            for criterion, value in typed.scores.items()
        ],
        update_conflicts=True,
        unique_fields=["review", "criterion"],
        update_fields=["value"],
    )


@transaction.atomic
def hand_in(assignment: Assignment, *, by: User) -> Assignment:
    """Give the saved review to the committee; its mark counts from now on. Raises Refused."""
    move(assignment, HAND_IN, by=by)
    review = Review.objects.get(assignment=assignment)
    review.mark = mark_of(review)
    review.handed_in_at = timezone.now()
    review.save(update_fields=["mark", "handed_in_at"])
    standings.refresh([assignment.application])
    return assignment


def mark_of(review: Review) -> Decimal | None:
    """The weighted mean of a review's scores."""
    weights = dict(
        Criterion.objects.filter(cycle__applications__assignments=review.assignment_id).values_list(
            "pk", "weight"
        )
    )
    return weighted_mean(
        (weights[criterion], value)
        for criterion, value in scores_of(review).items()
        if criterion in weights
    )


@transaction.atomic
def take_back(assignment: Assignment, *, by: User) -> Assignment:
    """Open one's own review again, while nobody has decided on it."""
    move(assignment, TAKE_BACK, by=by)
    Review.objects.filter(assignment=assignment).update(handed_in_at=None, mark=None)
    standings.refresh([assignment.application])
    return assignment
