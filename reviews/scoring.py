"""Scoring one file with a rubric: saving a draft, handing it in, taking it back to correct it.

The arithmetic knows weights and values alone, so that any panel with a rubric can use it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Submission
from audit.moves import Move, Refused, move
from cycles.models import Program
from reviews import standings
from reviews.letters_read import unread_letters
from reviews.models import Assignment, Decision, Review, Score
from reviews.permissions import reads
from reviews.whole import Kept, kept_of, lacks_of, scores_by, whole_of

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
    """What a reader has typed so far. `scores`: criterion's id → 1–5, or None for "cannot judge".

    `pages`: criterion's id → page of the dossier. `advice`: program's code → a Recommendation, where the file
    asks for several; `recommendation` sums it up. `submission`: the id of the one that the page showed.
    """

    scores: Mapping[int, int | None] = field(default_factory=dict)
    pages: Mapping[int, int] = field(default_factory=dict)
    comment: str = ""
    private_notes: str = ""
    confidence: int | None = None
    recommendation: str = ""
    recommended_program: Program | None = None
    advice: Mapping[str, str] = field(default_factory=dict)
    submission: int | None = None


TEXTS = (
    *("comment", "private_notes", "confidence"),
    *("recommendation", "recommended_program", "advice"),
)


class Stale(Refused):
    """The review was saved elsewhere since this page was opened; nothing was overwritten."""


class LettersUnread(Refused):
    """A criterion about the letters was scored without them: asked once, and never refused twice."""


def lacks(assignment: Assignment) -> list[str]:
    """What a review still needs before it can be handed in, in the order of the page."""
    return lacks_of(whole_of(assignment, assignment.application))


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
    locked: Any = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("application", "review")
        .annotate(told=scores_by("review__assignment"), shown=_shown(typed.submission))
        .get(pk=assignment.pk)
    )
    if not reads(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    if not locked.is_open or not locked.application.is_filed:
        raise Refused(_("This review can no longer be changed."))
    review = _written(locked, typed, revision, locked.shown)
    # Read with the lock, so perhaps before another tab wrote: then the revision was another, and nothing comes here.
    _write_scores(review, typed, kept_of(locked.told))
    return review


def _shown(submission: int | None) -> Subquery:
    """The submission that the page showed, when it is one of this application's."""
    rows = Submission.objects.filter(pk=submission or 0, application=OuterRef("application"))
    return Subquery(rows.values("pk"))


def _written(locked: Assignment, typed: Typed, revision: int, shown: int | None) -> Review:
    """The row of the review, one revision further; only over the revision that the page showed."""
    fields: dict[str, Any] = {name: getattr(typed, name) for name in TEXTS}
    fields |= {"revision": revision + 1, "saved_at": timezone.now()}
    if shown:
        fields["submission_id"] = shown
    review: Review | None = getattr(locked, "review", None)
    of_this = Review.objects.filter(assignment_id=locked.pk)
    if review is None and revision == 0 and not of_this.exists():
        return Review.objects.create(assignment=locked, **fields)
    if review is None or not of_this.filter(revision=revision).update(**fields):
        raise Stale(_("This review was saved in another tab since you opened this page."))
    for name, value in fields.items():
        setattr(review, name, value)
    return review


def _write_scores(review: Review, typed: Typed, before: Mapping[int, Kept]) -> None:
    """Put the scores in their rows, when they changed; what is not scored any more has none."""
    now = {pk: Kept(value, typed.pages.get(pk)) for pk, value in typed.scores.items()}
    if changed := {pk: kept for pk, kept in now.items() if before.get(pk) != kept}:
        Score.objects.bulk_create(
            [
                Score(review=review, criterion_id=pk, value=kept.value, page=kept.page)
                for pk, kept in changed.items()
            ],
            update_conflicts=True,
            unique_fields=["review", "criterion"],
            update_fields=["value", "page"],
        )
    if gone := before.keys() - now.keys():
        Score.objects.filter(review=review, criterion__in=gone).delete()


@transaction.atomic
def hand_in(assignment: Assignment, *, by: User, all_the_same: bool = False) -> Assignment:
    """Give the saved review to the committee; its mark counts from now on.

    Raises Refused; LettersUnread when letters were scored without being opened, unless `all_the_same`.
    """
    application, read = assignment.application, []

    def lacking(row: Assignment) -> list[str]:
        read.append(whole_of(row, application))
        return lacks_of(read[-1])

    move(assignment, replace(HAND_IN, blocked_by=lacking), by=by)
    whole = read[-1]
    if not all_the_same and (reasons := unread_letters(whole, application, by=by)):
        raise LettersUnread(_("Before you hand in: the letters of reference"), reasons)
    Review.objects.filter(pk=whole.review.pk).update(
        mark=weighted_mean(
            (row.weight, whole.scores[row.pk].value)
            for row in whole.criteria
            if row.pk in whole.scores
        ),
        handed_in_at=timezone.now(),
    )
    standings.refresh([application])
    return assignment


@transaction.atomic
def take_back(assignment: Assignment, *, by: User) -> Assignment:
    """Open one's own review again, while nobody has decided on it."""
    move(assignment, TAKE_BACK, by=by)
    Review.objects.filter(assignment=assignment).update(handed_in_at=None, mark=None)
    standings.refresh([assignment.application])
    return assignment
