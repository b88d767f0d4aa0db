"""Two coordinators, or two workers, at the same moment."""

from collections import Counter
from collections.abc import Callable

import pytest

from accounts.models import Role, User
from audit.invariants import broken
from audit.models import AuditEntry
from committee import planning, solving
from committee.models import Plan
from cycles.models import Cycle
from reviews.models import Assignment
from tests.committee import factories as committee
from tests.conftest import Settle
from tests.reviews import factories as judging
from tests.reviews.test_races import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def applying(plan: Plan, by: User) -> Callable[[], Plan]:
    """Apply a copy of one’s own."""
    mine = Plan.objects.select_related("cycle").get(pk=plan.pk)
    return lambda: planning.apply_plan(mine, by=by)


def wrong() -> list[str]:
    """What the invariants say, but that bare files have no submission."""
    return [line for line in broken() if "without a submission" not in line]


@pytest.mark.parametrize("same", [True, False])
def test_two_coordinators_apply_at_once(
    same: bool, cycle: Cycle, readers: list[User], claire: User, person: Settle
) -> None:
    """The same plan, or one each: the readings are given once."""
    judging.filed(6, cycle)
    carl = person("carl", Role.COORDINATOR)
    mine = committee.ready(cycle, by=claire)
    theirs = mine if same else committee.ready(cycle, by=carl)
    if not same:  # as good a plan with other pairs: no constraint on pairs tells them apart
        ids, given = {reader.pk for reader in readers}, [tuple(pair) for pair in mine.lines]
        files = {file for file, _reader in given}
        other = [[file, one] for file in files for one in ids if (file, one) not in given]
        Plan.objects.filter(pk=theirs.pk).update(lines=other)
    answers = at_once(applying(mine, claire), applying(theirs, carl))
    assert refusals(answers) == 1
    assert set(Counter(Assignment.objects.values_list("application", flat=True)).values()) == {2}
    assert AuditEntry.objects.filter(verb="apply_plan").count() == 1
    assert wrong() == []


def test_two_workers_take_one_plan_once(cycle: Cycle, readers: list[User], claire: User) -> None:
    judging.filed(2, cycle)
    committee.asked(cycle, by=claire)
    assert sorted(at_once(solving.solve_due, solving.solve_due)) == [0, 1]
    assert Plan.objects.get().tries == 1


def test_two_coordinators_ask_at_once(cycle: Cycle, claire: User, person: Settle) -> None:
    carl = person("carl", Role.COORDINATOR)
    answers = at_once(
        lambda: committee.asked(cycle, by=claire), lambda: committee.asked(cycle, by=carl)
    )
    assert refusals(answers) == 1
    assert Plan.objects.count() == 1


def test_a_plan_and_a_hand_at_once(cycle: Cycle, readers: list[User], claire: User) -> None:
    """Either the hand comes first and the plan is out of date, or it finds the pair taken."""
    file = judging.filed(1, cycle)[0]
    plan = committee.ready(cycle, by=claire)
    reader = User.objects.get(pk=plan.lines[0][1])
    answers = at_once(applying(plan, claire), lambda: judging.assigned(file, reader, by=claire))
    assert refusals(answers) == 1
    assert wrong() == []
