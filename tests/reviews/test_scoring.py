"""Scoring: the arithmetic, drafts, handing in, taking back."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from reviews import assignment as assigning
from reviews import decisions, scoring
from reviews.advice import summed_up
from reviews.models import Assignment, Review, Score, Standing
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging


@pytest.mark.parametrize(
    ("scores", "mean"),
    [
        ([], None),
        ([(2, None)], None),
        ([(2, 5), (1, 4), (1, 3)], "4.250"),
        ([(2, 5), (1, None), (1, 3)], "4.333"),
        ([(3, 1)], "1.000"),
    ],
)
def test_weighted_mean(scores: list[tuple[int, int | None]], mean: str | None) -> None:
    assert scoring.weighted_mean(scores) == (Decimal(mean) if mean else None)


def test_a_draft_may_be_partial(assignment: Assignment, david: User) -> None:
    review = judging.saved(assignment, 4, recommendation="", confidence=None, comment="So far")
    assert (review.revision, review.comment, review.recommendation) == (1, "So far", "")
    assert [score.value for score in review.scores.all()] == [4]
    review = judging.saved(assignment, 5, None)
    assert list(review.scores.order_by("criterion").values_list("value", flat=True)) == [5, None]
    assert Score.objects.count() == 2


def test_a_draft_counts_for_nothing(assignment: Assignment) -> None:
    judging.saved(assignment, 4, 4, 4)
    standing = Standing.objects.get(application=assignment.application)
    assert (standing.asked, standing.handed_in) == (1, 0)
    assert standing.mean is None


def test_a_second_tab_overwrites_nothing(assignment: Assignment, david: User) -> None:
    judging.saved(assignment, 4, comment="First tab")
    typed = judging.typed(assignment.application.cycle, 1, comment="Second tab")
    with pytest.raises(scoring.Stale):
        scoring.save_review(assignment, typed, revision=0, by=david)
    assert Review.objects.get().comment == "First tab"


def test_nobody_else_saves(assignment: Assignment, claire: User, person: Settle) -> None:
    other = person("zoe", "reviewer")
    for by in (claire, other):
        with pytest.raises(Refused) as refused:
            scoring.save_review(assignment, scoring.Typed(), revision=0, by=by)
        assert refused.value.forbidden
    assert not Review.objects.exists()


def test_nothing_is_saved_once_handed_in_or_withdrawn(
    application: Application, david: User, claire: User, amina: User
) -> None:
    row = judging.reviewed(application, david, 5, 4, 3, by=claire)
    with pytest.raises(Refused, match="no longer"):
        judging.saved(row, 1, 1, 1)
    scoring.take_back(row, by=david)
    lifecycle.withdraw(application, by=amina)
    with pytest.raises(Refused, match="no longer"):
        judging.saved(row, 1, 1, 1)


def test_handing_in_says_all_that_lacks(assignment: Assignment, david: User) -> None:
    with pytest.raises(Refused) as refused:
        scoring.hand_in(assignment, by=david)
    assert len(refused.value.reasons) == 4
    judging.saved(assignment, None, None, None, recommendation="")
    with pytest.raises(Refused) as refused:
        scoring.hand_in(assignment, by=david)
    assert [str(reason) for reason in refused.value.reasons] == [
        "Score at least one criterion.",
        "Your advice is missing.",
    ]
    assert assignment.status == Assignment.Status.ASSIGNED


@pytest.fixture
def for_two(amina: User, cycle: Cycle, david: User, claire: User) -> Assignment:
    """A file that asks for both programs, given to David."""
    return judging.assigned(judging.for_both(amina, cycle), david, by=claire)


def test_each_program_that_is_asked_for_has_its_advice(for_two: Assignment, david: User) -> None:
    judging.saved(for_two, 5, 5, 5, advice={"msc": "accept"})
    with pytest.raises(Refused) as refused:
        scoring.hand_in(for_two, by=david)
    assert refused.value.reasons == [
        "Your advice is missing: Graduate diploma in machine learning."
    ]
    judging.saved(for_two, 5, 5, 5, advice={"msc": "accept", "dess": "decline"})
    scoring.hand_in(for_two, by=david)
    assert Review.objects.get().advice == {"msc": "accept", "dess": "decline"}


def test_an_unknown_advice_is_refused_by_the_database(assignment: Assignment) -> None:
    review = judging.saved(assignment, 5)
    with pytest.raises(IntegrityError, match="reviews_review_advice_known"):
        Review.objects.filter(pk=review.pk).update(advice={"msc": "perhaps"})


@pytest.mark.parametrize(
    ("advice", "best", "code"),
    [
        ({}, "", None),
        ({"dess": "waitlist"}, "waitlist", "dess"),
        ({"msc": "accept", "dess": "strong_accept"}, "strong_accept", "dess"),
        ({"msc": "accept", "dess": "accept"}, "accept", "msc"),
        ({"msc": "decline", "dess": "decline"}, "decline", None),
    ],
)
def test_the_best_advice_sums_up(
    db: None, advice: dict[str, str], best: str, code: str | None
) -> None:
    programs = [factories.program(), factories.program("dess")]
    recommendation, program = summed_up(advice, programs)
    assert (recommendation, program and program.code) == (best, code)


def test_what_is_not_scored_any_more_has_no_score(assignment: Assignment) -> None:
    judging.saved(assignment, 5, 4, 3, pages={assignment.application.cycle.criteria.first().pk: 7})  # type: ignore[union-attr]
    assert Score.objects.filter(page=7).count() == 1
    judging.saved(assignment, 5)
    assert list(Score.objects.values_list("value", "page")) == [(5, None)]


def test_handed_in_counts(application: Application, david: User, claire: User) -> None:
    row = judging.reviewed(application, david, 5, 4, None, by=claire)
    review = Review.objects.get()
    assert row.status == Assignment.Status.HANDED_IN
    assert (review.mark, review.handed_in_at is not None) == (Decimal("4.667"), True)
    standing = Standing.objects.get(application=application)
    assert (standing.handed_in, standing.mean, standing.apart) == (1, Decimal("4.667"), Decimal(0))
    assert AuditEntry.objects.about(row).last().verb == "hand_in"  # type: ignore[union-attr]


def test_a_criterion_of_another_cycle_weighs_nothing(assignment: Assignment, david: User) -> None:
    judging.saved(assignment, 5, 5, 5)
    elsewhere = judging.cycle(code="A28").criteria.first()
    assert elsewhere is not None
    Score.objects.create(review=Review.objects.get(), criterion=elsewhere, value=1)
    scoring.hand_in(assignment, by=david)
    assert Review.objects.get().mark == Decimal("5.000")


def test_taken_back_counts_no_more(application: Application, david: User, claire: User) -> None:
    row = judging.reviewed(application, david, 5, 4, 3, by=claire)
    scoring.take_back(row, by=david)
    review = Review.objects.get()
    assert (row.status, review.mark, review.handed_in_at) == ("assigned", None, None)
    assert Standing.objects.get().mean is None


def test_not_taken_back_once_somebody_decided(
    application: Application, david: User, claire: User
) -> None:
    row = judging.reviewed(application, david, 5, 4, 3, by=claire)
    decisions.propose(application, "decline", by=claire)
    with pytest.raises(Refused) as refused:
        scoring.take_back(row, by=david)
    assert refused.value.reasons


def test_lacks_of_a_review_not_begun(assignment: Assignment) -> None:
    assert scoring.scores_of(Review()) == {}
    assert assigning.UNASSIGN.refusal(assignment, assignment.assigned_by) is None


def test_what_is_scored_so_far(assignment: Assignment) -> None:
    assert scoring.scores_of(Review()) == {}
    review = judging.saved(assignment, 4)
    (value,) = scoring.scores_of(review).values()
    assert value == 4
