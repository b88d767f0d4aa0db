"""Plans: asked for, worked out, applied whole or not at all; what was begun never moves."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from applications import lifecycle
from applications.models import Application
from applications.opening import opened
from audit.models import AuditEntry
from audit.moves import Refused
from committee import planning, solving, tasks
from committee.models import Plan
from cycles.models import Cycle
from reviews import assignment as assigning
from reviews import decisions, estimates
from reviews.models import Assignment, Standing
from reviews.second_readings import wanted
from tests import factories
from tests.committee import factories as committee
from tests.conftest import Settle
from tests.reviews import factories as judging


def held() -> set[tuple[int, int]]:
    return set(Assignment.objects.active().values_list("application", "reviewer"))


def test_a_plan_from_the_question_to_the_queues(
    cycle: Cycle, six: list[Application], readers: list[User], claire: User
) -> None:
    plan = committee.asked(cycle, by=claire)
    assert (plan.status, held()) == ("asked", set())
    tasks.solve_plans()
    plan.refresh_from_db()
    assert (plan.status, plan.figures["given"], plan.figures["missing"]) == ("ready", 12, 0)
    assert held() == set()
    planning.apply_plan(plan, by=claire)
    assert len(held()) == 12
    assert set(Counter(reader for _file, reader in held()).values()) == {3}
    assert set(Standing.objects.values_list("asked", flat=True)) == {2}
    row = Assignment.objects.all()[0]
    assert (row.assigned_by, row.due_on) == (claire, cycle.reviews_due_on)
    assert AuditEntry.objects.about(row).get().verb == "assign"
    verbs = AuditEntry.objects.about(plan).values_list("verb", flat=True)
    assert list(verbs) == ["ask_plan", "solve_plan", "apply_plan"]


def test_only_coordinators_plan(
    cycle: Cycle, six: list[Application], readers: list[User], claire: User, dominique: User
) -> None:
    for by in (readers[0], dominique):
        with pytest.raises(Refused) as refused:
            planning.ask_plan(cycle, by=by, kind="first")
        assert refused.value.forbidden
    plan = committee.ready(cycle, by=claire)
    for verb in (planning.apply_plan, planning.discard_plan):
        with pytest.raises(Refused) as refused:
            verb(plan, by=dominique)
        assert refused.value.forbidden
    assert planning.actions(plan, by=dominique) == set()
    with pytest.raises(Refused):
        planning.fail(plan)
    assert held() == set()


def test_one_at_a_time(cycle: Cycle, claire: User) -> None:
    plan = committee.asked(cycle, by=claire)
    with pytest.raises(Refused, match="being worked out"):
        committee.asked(cycle, by=claire)
    planning.discard_plan(plan, by=claire)
    assert committee.asked(cycle, by=claire).is_asked


def test_a_plan_of_yesterday_is_not_applied(
    cycle: Cycle, six: list[Application], readers: list[User], claire: User
) -> None:
    plan = committee.ready(cycle, by=claire)
    judging.filed(1, cycle, first=10)
    with pytest.raises(Refused) as refused:
        planning.apply_plan(plan, by=claire)
    assert "have changed" in str(refused.value.reasons[0])
    assert (Plan.objects.get().status, held()) == ("ready", set())


@pytest.mark.parametrize("change", ["withdrawn", "away", "by_hand", "conflict", "decided"])
def test_what_makes_a_plan_stale(
    change: str, cycle: Cycle, six: list[Application], readers: list[User], claire: User
) -> None:
    judging.assigned(six[0], readers[0], by=claire)
    plan = committee.ready(cycle, by=claire)
    assert not planning.is_stale(plan)
    if change == "withdrawn":
        lifecycle.withdraw(six[3], by=six[3].applicant)
    elif change == "away":
        committee.takes(cycle, readers[1], by=claire, away=True)
    elif change == "by_hand":
        judging.assigned(six[1], readers[1], by=claire)
    elif change == "conflict":
        assigning.declare_conflict(Assignment.objects.get(), by=readers[0], why="A friend")
    else:
        decisions.propose(six[2], "decline", by=claire)
    assert planning.is_stale(plan)


def test_a_second_plan_gives_only_what_is_new(
    cycle: Cycle, six: list[Application], readers: list[User], claire: User
) -> None:
    planning.apply_plan(committee.ready(cycle, by=claire), by=claire)
    before = held()
    lifecycle.withdraw(six[0], by=six[0].applicant)
    late = judging.filed(1, cycle, first=20)[0]
    plan = committee.ready(cycle, by=claire)
    assert {file for file, _reader in plan.lines} == {late.pk}
    assert plan.moves == []
    planning.apply_plan(plan, by=claire)
    assert before < held()


def test_what_was_begun_never_moves(
    cycle: Cycle, readers: list[User], claire: User, amina: User
) -> None:
    """One reader holds six files: a draft, a review, an opened one, and three that may move."""
    files = [factories.submitted(amina, cycle), *judging.filed(5, cycle)]
    full = readers[0]
    rows = [judging.assigned(file, full, by=claire) for file in files]
    opened(files[0].submissions.get(), by=full)
    judging.saved(rows[1], 3)
    judging.hand_in(rows[2], 3, 3, 3)
    plan = committee.ready(cycle, by=claire, may_move=True)
    moved = {file for file, _reader in plan.moves}
    assert moved
    assert not moved & {file.pk for file in files[:3]}
    assert plan.figures["missing"] == 0
    planning.apply_plan(plan, by=claire)
    assert max(Counter(reader for _file, reader in held()).values()) == 3
    taken = Assignment.objects.filter(status="returned")
    assert {row.application_id for row in taken} == moved
    assert "Plan" in AuditEntry.objects.about(*taken).filter(verb="unassign")[0].why


def test_a_reading_opened_since_makes_the_moves_stale(
    cycle: Cycle, six: list[Application], readers: list[User], claire: User
) -> None:
    rows = [judging.assigned(file, readers[0], by=claire) for file in six]
    plan = committee.ready(cycle, by=claire, may_move=True)
    moved = next(row for row in rows if [row.application_id, row.reviewer_id] in plan.moves)
    judging.saved(moved, 4)
    with pytest.raises(Refused):
        planning.apply_plan(plan, by=claire)
    assert Assignment.objects.get(pk=moved.pk).is_open


def test_hard_rules_come_from_the_database(
    cycle: Cycle, readers: list[User], claire: User, amina: User, bruno: User
) -> None:
    """Her own file, a conflict, a language, a program, somebody away, somebody without the role."""
    own = factories.submitted(amina, cycle)
    other = factories.submitted(bruno, cycle)  # writes in English
    amina.roles = [Role.REVIEWER]
    amina.save()
    david, emile, zoe, ana = readers
    assigning.declare_conflict(judging.assigned(own, david, by=claire), by=david, why="A friend")
    committee.takes(cycle, emile, by=claire, programs=frozenset({factories.program("dess").pk}))
    committee.takes(cycle, zoe, by=claire, reads_english=False)
    committee.takes(cycle, ana, by=claire, capacity=1)
    plan = committee.ready(cycle, by=claire)
    found: dict[int, set[int]] = {own.pk: set(), other.pk: set()}
    for file, reader in plan.lines:
        found[file].add(reader)
    assert found[own.pk] <= {zoe.pk, ana.pk}
    assert found[other.pk] <= {amina.pk, david.pk, ana.pk}
    assert plan.figures["missing"] == 0


def test_a_coordinator_in_conflict_neither_plans_nor_applies_nor_sees(
    cycle: Cycle, six: list[Application], readers: list[User], claire: User, person: Settle
) -> None:
    carl = person("carl", Role.COORDINATOR, Role.REVIEWER)
    row = judging.assigned(six[0], carl, by=claire)
    assigning.declare_conflict(row, by=carl, why="A cousin")
    plan = committee.ready(cycle, by=claire)
    with pytest.raises(Refused, match="another coordinator"):
        planning.apply_plan(plan, by=carl)
    mine = committee.ready(cycle, by=carl)
    assert six[0].pk not in {file for file, _reader in mine.lines}
    planning.apply_plan(mine, by=carl)
    assert not Assignment.objects.active().filter(application=six[0]).exists()


def test_another_reading_goes_to_those_who_need_it_most(
    cycle: Cycle, six: list[Application], readers: list[User], claire: User
) -> None:
    one, two = readers[:2]
    marks = [(5, 5), (1, 5), (3, 3), (2, 4), (4, 4), (1, 5)]
    for file, (low, high) in zip(six, marks, strict=True):
        judging.reviewed(file, one, low, low, low, by=claire)
        judging.reviewed(file, two, high, high, high, by=claire)
    decisions.propose(six[5], "decline", by=claire)
    weights = wanted(cycle)
    assert weights.keys() == {six[1].pk, six[3].pk}
    assert weights[six[1].pk] > weights[six[3].pk]
    plan = committee.ready(cycle, by=claire, kind="another", most=1, may_move=True)
    assert ([file for file, _reader in plan.lines], plan.may_move) == ([six[1].pk], False)
    planning.apply_plan(plan, by=claire)
    assert Standing.objects.get(application=six[1]).asked == 3
    assert list(wanted(cycle)) == [six[3].pk]


def test_near_the_line_and_heard_once(
    cycle: Cycle, readers: list[User], claire: User, person: Settle
) -> None:
    cycle.intakes.update(seats=2)
    files = [factories.submitted(person(f"one{index}"), cycle) for index in range(4)]
    for file, marks in zip(files, ((5, 5), (4, 3), (3, 4), (1, 1)), strict=True):
        for reader, mark in zip(readers, marks, strict=False):
            judging.reviewed(file, reader, mark, mark, mark, by=claire)
    assert wanted(cycle) == {}, "nothing is known of the chances yet"
    estimates.estimate(cycle)
    weights = wanted(cycle)
    near = {row.pk for row in Standing.objects.filter(near__isnull=False)}
    assert set(weights) == near >= {files[1].pk, files[2].pk}
    cycle.intakes.update(seats=9)
    estimates.estimate(cycle)
    assert wanted(cycle) == {}
    assigning.declare_conflict(
        Assignment.objects.get(application=files[0], reviewer=readers[1]), by=readers[1], why="x"
    )
    assert list(wanted(cycle)) == [files[0].pk]


def test_a_worker_that_vanished_and_one_that_fails(
    cycle: Cycle, six: list[Application], claire: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = committee.asked(cycle, by=claire)
    assert solving.take() == plan
    assert solving.take() is None
    Plan.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert solving.take() == plan
    planning.discard_plan(plan, by=claire)
    solving.work_out(plan)
    assert Plan.objects.get().status == "discarded"

    def broken(problem: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(solving, "solve", broken)
    solving.work_out(plan)
    again = committee.asked(cycle, by=claire)
    assert solving.solve_due() == 1
    again.refresh_from_db()
    assert again.status == "failed"


def test_what_kills_three_workers_has_failed(cycle: Cycle, claire: User) -> None:
    plan = committee.asked(cycle, by=claire)
    Plan.objects.update(tries=3)
    assert solving.solve_due() == 0
    plan.refresh_from_db()
    assert plan.status == "failed"


@pytest.mark.parametrize("number", [4, 1000])
def test_applying_costs_the_same_for_a_thousand_files(
    number: int, cycle: Cycle, readers: list[User], claire: User
) -> None:
    """One reader has half of the files and goes away: these move, and the other half is given."""
    Cycle.objects.update(reviews_per_file=1)
    files = _many(cycle, number)
    for reader in readers:
        committee.takes(cycle, reader, by=claire, capacity=500)
    pairs = [(file, readers[0].pk) for file in files[: number // 2]]
    with CaptureQueriesContext(connection) as looked:
        assigning.assign_all(cycle, pairs, by=claire)
    assert len(looked) == 18
    committee.takes(cycle, readers[0], by=claire, away=True)
    plan = committee.ready(cycle, by=claire, may_move=True)
    assert len(plan.moves) == number // 2
    with CaptureQueriesContext(connection) as looked:
        planning.apply_plan(plan, by=claire)
    assert len(looked) == 54
    assert len(held()) == number


def _many(cycle: Cycle, number: int) -> list[int]:
    """So many bare filed applications, in two statements; their ids."""
    people = User.objects.bulk_create(
        User(email=f"many{index}@example.com", password="!") for index in range(number)
    )
    rows = Application.objects.bulk_create(
        Application(
            number=f"{cycle.code}-M{index:05d}",
            applicant=one,
            cycle=cycle,
            status="submitted",
            submitted_at=timezone.now(),
        )
        for index, one in enumerate(people)
    )
    return [row.pk for row in rows]
