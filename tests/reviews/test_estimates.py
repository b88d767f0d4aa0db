"""Corrected scores are kept beside each file, worked out anew when something changed, and never from old marks."""

from decimal import Decimal

import pytest

from accounts.models import Role, User
from applications.models import Application, Choice
from cycles.models import Cycle
from reviews import estimates
from reviews.invariants import corrected_scores_are_whole
from reviews.models import Estimate, Standing
from reviews.tasks import estimate as task
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging


@pytest.fixture
def pair(person: Settle, david: User) -> tuple[User, User]:
    """A mild reader and a strict one."""
    return david, person("zoe", Role.REVIEWER)


def asking(cycle: Cycle, number: int, *, first: int = 0) -> list[Application]:
    """Bare files that ask for the M.Sc."""
    files = judging.filed(number, cycle, first=first)
    msc = factories.program()
    Choice.objects.bulk_create(Choice(application=file, program=msc, rank=1) for file in files)
    return files


def read(files: list[Application], reader: User, marks: list[int], *, by: User) -> None:
    """The reader gives each file one mark for all criteria."""
    for file, mark in zip(files, marks, strict=True):
        judging.reviewed(file, reader, mark, mark, mark, by=by)


@pytest.fixture
def read_files(cycle: Cycle, pair: tuple[User, User], claire: User) -> list[Application]:
    """Nine files: six read by both, two by the mild one alone, one by the strict one alone; three seats."""
    mild, strict = pair
    cycle.intakes.update(seats=3)
    files = asking(cycle, 9)
    read(files[:6], mild, [5, 5, 4, 4, 3, 3], by=claire)
    read(files[:6], strict, [4, 3, 3, 2, 2, 1], by=claire)
    read(files[6:8], mild, [4, 2], by=claire)
    read(files[8:], strict, [4], by=claire)
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
