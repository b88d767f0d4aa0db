"""Each invariant of judging sees what it is there to see."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import User
from answers import invariants as told
from applications.models import Application
from notifications.models import OutgoingEmail
from reviews import invariants
from reviews.models import Assignment, Conflict, Decision, Release, Review, Standing
from tests.reviews import factories as judging
from tests.unguarded import unguarded


@pytest.fixture
def whole(application: Application, david: User, claire: User, dominique: User) -> None:
    """One file read, answered and released."""
    judging.reviewed(application, david, 5, 4, 3, by=claire)
    judging.released(application, proposer=claire, director=dominique)


CHECKS = [
    invariants.statuses_are_on_the_trail,
    told.releases_are_whole,
    told.each_answer_is_announced_once,
    told.two_persons_stand_behind_each_answer,
    invariants.reviews_are_whole,
    invariants.standings_add_up,
    invariants.nobody_reads_in_conflict,
]


@pytest.mark.usefixtures("whole")
def test_all_hold() -> None:
    assert [sentence for check in CHECKS for sentence in check()] == []


def _hide() -> None:
    Decision.objects.update(status="approved")


def _show_early() -> None:
    Release.objects.update(status="prepared", released_at=None)


def _lose_one() -> None:
    Release.objects.update(size=2)


def _lose_the_letter() -> None:
    OutgoingEmail.objects.filter(letter="decision_available").delete()


def _move_quietly() -> None:
    Assignment.objects.update(status="conflict")


def _unmark() -> None:
    Review.objects.update(handed_in_at=None)


def _half_open() -> None:
    Assignment.objects.update(status="assigned")
    Review.objects.update(handed_in_at=timezone.now())


def _wrong_mean() -> None:
    Standing.objects.update(mean=Decimal(1))


def _no_mean() -> None:
    Standing.objects.update(mean=None, lowest=None, highest=None)


def _keep_apart() -> None:
    row = Assignment.objects.get()
    Conflict.objects.create(
        application=row.application,
        person=row.reviewer,
        origin="stated",
        status="confirmed",
        judged_by=row.assigned_by,
        judged_at=timezone.now(),
    )


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize(
    ("spoil", "check", "words"),
    [
        (_hide, told.releases_are_whole, "not visible"),
        (_show_early, told.releases_are_whole, "not done"),
        (_lose_one, told.releases_are_whole, "froze 2"),
        (_lose_the_letter, told.each_answer_is_announced_once, "no letter"),
        (_hide, told.each_answer_is_announced_once, "not visible"),
        (_move_quietly, invariants.statuses_are_on_the_trail, "trail"),
        (_unmark, invariants.reviews_are_whole, "without a mark"),
        (_half_open, invariants.reviews_are_whole, "draft"),
        (_wrong_mean, invariants.standings_add_up, "standing"),
        (_keep_apart, invariants.nobody_reads_in_conflict, "in conflict"),
        (_no_mean, invariants.standings_add_up, "standing"),
    ],
)
def test_each_is_seen(
    spoil: Callable[[], None], check: Callable[[], list[str]], words: str
) -> None:
    with unguarded():
        spoil()
    assert any(words in sentence for sentence in check())
