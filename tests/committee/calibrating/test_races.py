"""Two people at the same moment, on real connections: a reader who begins keeps the file, nobody is reminded twice."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Role, User
from audit.moves import Refused
from committee import reminding
from committee.calibration import save_reading
from committee.models import AnchorReading
from cycles.clock import day_of
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from reviews.models import Assignment
from reviews.reassigning import Moved, move_files
from reviews.scoring import Stale
from tests.committee.calibrating import factories as committee
from tests.conftest import Settle
from tests.reviews import factories as judging
from tests.reviews.test_races import at_once, refusals, while_another
from tests.reviews.test_reassigning import unsound

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def zoe(person: Settle) -> User:
    """Reads too."""
    return person("zoe", Role.REVIEWER)


def test_a_reader_who_begins_while_the_file_is_taken_keeps_it(
    cycle: Cycle, david: User, zoe: User, claire: User
) -> None:
    row, other = [judging.assigned(file, david, by=claire) for file in judging.filed(2, cycle)]

    def moving() -> Moved:
        rows, today = Assignment.objects.all(), day_of(timezone.now())
        return move_files(rows, zoe, cycle=cycle, today=today, by=claire, why="x")

    moved = while_another(lambda: judging.saved(row, 4), moving)
    assert (moved.files, moved.begun) == (1, 1)
    assert list(Assignment.objects.of(david)) == [row]
    assert Assignment.objects.of(zoe).get().application_id == other.application_id
    assert unsound() == []


def test_a_reader_who_begins_once_it_is_taken_is_told(
    cycle: Cycle, david: User, zoe: User, claire: User
) -> None:
    [row] = [judging.assigned(file, david, by=claire) for file in judging.filed(1, cycle)]

    def moving() -> None:
        rows, today = Assignment.objects.all(), day_of(timezone.now())
        move_files(rows, zoe, cycle=cycle, today=today, by=claire, why="x")

    with pytest.raises(Refused, match="no longer be changed"):
        while_another(moving, lambda: judging.saved(row, 4))
    assert unsound() == []


def test_two_coordinators_move_the_same_files(
    cycle: Cycle, david: User, zoe: User, claire: User, person: Settle
) -> None:
    for file in judging.filed(4, cycle):
        judging.assigned(file, david, by=claire)
    yan = person("yan", Role.REVIEWER)

    def moving(to: User) -> Any:
        rows, today = Assignment.objects.filter(reviewer=david), day_of(timezone.now())
        return lambda: move_files(rows, to, cycle=cycle, today=today, by=claire, why="x")

    answers = at_once(moving(zoe), moving(yan))
    assert refusals(answers) == 1
    assert Assignment.objects.filter(status="assigned").count() == 4
    assert unsound() == []


def test_two_coordinators_remind_the_same_reader(cycle: Cycle, david: User, claire: User) -> None:
    judging.assigned(judging.filed(1, cycle)[0], david, by=claire)

    def reminding_now() -> reminding.Plan:
        return reminding.remind(cycle, [david.pk], by=claire, now=timezone.now())

    plans = at_once(*[reminding_now] * 4)
    assert sorted(len(plan.copies) for plan in plans) == [0, 0, 0, 1]
    assert OutgoingEmail.objects.count() == 1


def test_two_tabs_save_the_same_anchor_file(cycle: Cycle, david: User, adam: User) -> None:
    anchor = committee.three(cycle, by=adam)[0]
    keys = list(cycle.criteria.values_list("pk", flat=True))

    def saving(value: int) -> Any:
        values = dict.fromkeys(keys, value)
        return lambda: save_reading(anchor, values, comment="", revision=0, by=david)

    answers = at_once(*map(saving, (1, 2, 3)))
    assert [type(one) for one in answers].count(Stale) == 2
    assert AnchorReading.objects.get().revision == 1
