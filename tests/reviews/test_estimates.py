"""Corrected scores are kept beside each file, worked out anew when something changed, and never from old marks."""

from decimal import Decimal
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from applications.models import Application, Choice
from cycles.models import Cycle
from reviews import decisions, estimates, scoring
from reviews.deserving import deserving
from reviews.invariants import corrected_scores_are_whole
from reviews.models import Assignment, Estimate, Standing
from reviews.tasks import estimate as task
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging
from tests.reviews.marks import asking, marked


@pytest.fixture
def pair(person: Settle, david: User) -> tuple[User, User]:
    """A mild reader and a strict one."""
    return david, person("zoe", Role.REVIEWER)


@pytest.fixture
def read_files(cycle: Cycle, pair: tuple[User, User], claire: User) -> list[Application]:
    """Nine files: six read by both, two by the mild one alone, one by the strict one alone; three seats."""
    mild, strict = pair
    cycle.intakes.update(seats=3)
    files = asking(cycle, 9)
    marked(files[:6], mild, [5, 5, 4, 4, 3, 3], by=claire)
    marked(files[:6], strict, [4, 3, 3, 2, 2, 1], by=claire)
    marked(files[6:8], mild, [4, 2], by=claire)
    marked(files[8:], strict, [4], by=claire)
    return files


def standing(file: Application) -> Standing:
    """As kept."""
    return Standing.objects.get(pk=file.pk)


def test_a_strict_reader_costs_less(
    cycle: Cycle, read_files: list[Application], pair: tuple[User, User]
) -> None:
    same_mean = standing(read_files[6]), standing(read_files[8])
    assert {row.mean for row in same_mean} == {Decimal(4)}
    assert [row.adjusted for row in same_mean] == [Decimal(4)] * 2
    assert not same_mean[0].is_estimated
    task()
    by_mild, by_strict = standing(read_files[6]), standing(read_files[8])
    assert by_mild.adjusted is not None
    assert by_strict.adjusted is not None
    assert by_mild.adjusted < by_strict.adjusted
    assert (by_mild.is_estimated, by_mild.mean) == (True, Decimal(4))
    assert (by_mild.chance("msc") or 0) < (by_strict.chance("msc") or 0)
    row = Estimate.objects.get()
    assert (row.files, row.readers, row.marks, row.circles, row.is_thin) == (9, 2, 15, 1, True)
    mild, strict = (row.scale_of(reader.pk) for reader in pair)
    assert mild is not None
    assert strict is not None
    assert mild.severity < 0 < strict.severity
    assert (mild.marks, strict.marks, mild.circle) == (8, 7, 0)
    assert row.scale_of(0) is None
    assert list(corrected_scores_are_whole()) == []
    near = Standing.objects.filter(near__contains=[factories.program().pk])
    assert 0 < near.count() < 9
    assert all(100 <= (one.chance("msc") or 0) <= 900 for one in near)


def test_once_is_enough(cycle: Cycle, read_files: list[Application]) -> None:
    assert estimates.estimate_all() == 1
    assert estimates.estimate_all() == 0


def test_what_else_makes_an_estimate_old(
    cycle: Cycle, read_files: list[Application], amina: User, claire: User
) -> None:
    msc = factories.program()
    assert estimates.estimate(cycle)
    cycle.intakes.update(seats=4)
    assert estimates.estimate(cycle)
    Choice.objects.filter(application=read_files[0]).delete()
    assert estimates.estimate(cycle)
    assert standing(read_files[0]).chances == {}
    Choice.objects.create(application=read_files[0], program=msc, rank=1)
    assert estimates.estimate(cycle)
    Application.objects.filter(pk=read_files[1].pk).update(status="withdrawn")
    assert estimates.estimate(cycle)
    assert standing(read_files[1]).chances == {}
    [unread] = asking(cycle, 1, first=50)
    assert estimates.estimate(cycle)
    assert not Standing.objects.filter(pk=unread.pk).exists()
    cycle.intakes.update(seats=None)
    assert estimates.estimate(cycle)
    assert standing(read_files[2]).chances == {}
    assert not estimates.estimate(cycle)


def test_marks_that_change_make_the_file_wait(
    cycle: Cycle, read_files: list[Application], david: User, claire: User
) -> None:
    task()
    file = read_files[0]
    before = standing(file)
    judging.assigned(file, claire_reads(claire), by=claire)
    assert standing(file).adjusted == before.adjusted
    assert standing(file).is_estimated
    row = Assignment.objects.get(application=file, reviewer=david)
    scoring.take_back(row, by=david)
    waiting = standing(file)
    assert (waiting.adjusted, waiting.is_estimated) == (waiting.mean, False)
    assert (waiting.chances, waiting.near, waiting.changes) == (None, None, before.changes + 1)
    assert standing(read_files[1]).is_estimated
    assert list(corrected_scores_are_whole()) == []
    task()
    assert standing(file).is_estimated


def claire_reads(claire: User) -> User:
    """She is a reader too, for once."""
    claire.roles = [*claire.roles, Role.REVIEWER]
    claire.save()
    return claire


def test_the_last_mark_taken_back(
    cycle: Cycle, application: Application, assignment: Assignment, david: User
) -> None:
    judging.hand_in(assignment, 4, 4, 4)
    assert estimates.estimate(cycle)
    scoring.take_back(assignment, by=david)
    gone = standing(application)
    assert (gone.mean, gone.adjusted, gone.adjusted_low) == (None, None, None)
    assert estimates.estimate(cycle)
    assert not estimates.estimate(cycle)
    row = Estimate.objects.get()
    assert (row.files, row.marks, row.circles, row.scales) == (0, 0, 0, {})
    assert list(corrected_scores_are_whole()) == []


def test_old_marks_are_never_written(
    cycle: Cycle, read_files: list[Application], david: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mark that changes between the reading and the writing makes its file wait for the next run."""
    row = Assignment.objects.get(application=read_files[0], reviewer=david)
    write = estimates._write

    def meanwhile(*arguments: Any) -> None:
        scoring.take_back(row, by=david)
        write(*arguments)

    monkeypatch.setattr(estimates, "_write", meanwhile)
    assert estimates.estimate(cycle)
    assert not standing(read_files[0]).is_estimated
    assert standing(read_files[1]).is_estimated
    monkeypatch.setattr(estimates, "_write", write)
    assert estimates.estimate(cycle)
    assert standing(read_files[0]).is_estimated


def test_a_large_cycle_rests(cycle: Cycle, read_files: list[Application]) -> None:
    assert estimates.estimate(cycle)
    cycle.intakes.update(seats=4)
    Estimate.objects.update(took=60)
    assert not estimates.estimate(cycle)
    Estimate.objects.update(took=0)
    assert estimates.estimate(cycle)


@pytest.mark.django_db(transaction=True)
def test_two_at_once(cycle: Cycle, read_files: list[Application]) -> None:
    """Who finds somebody at work leaves it to them."""
    Estimate.objects.create(cycle=cycle)
    told: list[bool] = []

    def other() -> None:
        told.append(estimates.estimate(cycle))
        connection.close()

    with transaction.atomic():
        Estimate.objects.select_for_update().get()
        thread = Thread(target=other)
        thread.start()
        thread.join(20)
    assert told == [False]
    assert estimates.estimate(cycle)


def test_statements_do_not_grow(
    cycle: Cycle, read_files: list[Application], david: User, claire: User
) -> None:
    assert estimates.estimate(cycle)
    counts = []
    for number in (1, 30):
        more = asking(cycle, number, first=100 * number)
        marked(more, david, [3] * number, by=claire)
        with CaptureQueriesContext(connection) as queries:
            assert estimates.estimate(cycle)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 16


def test_who_deserves_another_reading(
    cycle: Cycle, read_files: list[Application], claire: User, dominique: User
) -> None:
    msc = factories.program()
    assert not deserving(cycle, msc).exists()
    task()
    found = list(deserving(cycle, msc))
    assert found
    widths = [row.width for row in found]  # type: ignore[attr-defined]
    assert widths == sorted(widths, reverse=True)
    assert all(100 <= (standing(row).chance("msc") or 0) <= 900 for row in found)
    assert not deserving(cycle, factories.program("dess")).exists()
    proposal = decisions.propose(found[0], "decline", by=claire)
    assert found[0] in deserving(cycle, msc)
    decisions.approve(proposal, by=dominique)
    assert found[0] not in deserving(cycle, msc)


def test_a_score_that_is_not_whole_is_told(cycle: Cycle, read_files: list[Application]) -> None:
    task()
    Standing.objects.filter(pk=read_files[0].pk).update(adjusted=5, adjusted_high=4)
    Standing.objects.filter(pk=read_files[1].pk).update(adjusted=None)
    Standing.objects.filter(pk=read_files[2].pk).update(adjusted_low=None)
    assert len(list(corrected_scores_are_whole())) == 3
    assert str(Estimate.objects.get()).startswith(str(cycle.pk))
