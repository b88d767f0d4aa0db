"""Many files of one reader at once: who gets them, what stays, what the trail says, at what cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Role, User
from applications.models import Application
from audit.invariants import broken
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import day_of
from cycles.models import Cycle
from reviews import reassigning
from reviews.models import Assignment, Standing
from reviews.reassigning import extend, move_files
from tests.conftest import Settle
from tests.reviews import factories as judging


@pytest.fixture
def zoe(person: Settle) -> User:
    """Reads too."""
    return person("zoe", Role.REVIEWER, full_name="Zoé Tremblay")


@pytest.fixture
def files(cycle: Cycle, david: User, claire: User) -> list[Application]:
    """Five files of David's: the first handed in, the second begun."""
    rows = judging.filed(5, cycle)
    judging.reviewed(rows[0], david, 3, 3, 3, by=claire)
    judging.saved(judging.assigned(rows[1], david, by=claire), 4)
    for row in rows[2:]:
        judging.assigned(row, david, by=claire)
    return rows


def moved(cycle: Cycle, to: User | None, *, by: User, **options: Any) -> reassigning.Moved:
    """All that David has left goes to somebody."""
    rows = Assignment.objects.all().filter(reviewer__email__startswith="david")
    said = {"today": day_of(timezone.now()), "why": "On leave", **options}
    return move_files(rows, to, cycle=cycle, by=by, **said)


def unsound() -> list[str]:
    """What the invariants say, without the submissions that bare files have not."""
    return [sentence for sentence in broken() if "without a submission" not in sentence]


def read_by(reader: User) -> set[int]:
    """The files of this reader."""
    return set(Assignment.objects.of(reader).values_list("application_id", flat=True))


def test_unopened_files_change_hands(
    cycle: Cycle, files: list[Application], david: User, zoe: User, claire: User
) -> None:
    told = moved(cycle, zoe, by=claire)
    assert (told.files, told.begun, told.apart) == (3, 1, 0)
    assert told.stayed == ["1 file was begun, and stays."]
    assert read_by(zoe) == {file.pk for file in files[2:]}
    assert read_by(david) == {file.pk for file in files[:2]}
    assert {row.asked for row in Standing.objects.all()} == {1}
    for verb in ("unassign", "assign"):
        entries = AuditEntry.objects.filter(verb=verb, why="On leave", actor=claire)
        assert entries.count() == 3
    given = Assignment.objects.of(zoe)
    assert {row.due_on for row in given} == {cycle.reviews_due_on}
    assert {row.assigned_by for row in given} == {claire}
    assert unsound() == []


def test_taken_back_to_be_planned_again(
    cycle: Cycle, files: list[Application], david: User, claire: User
) -> None:
    assert moved(cycle, None, by=claire).files == 3
    assert Standing.objects.filter(asked=0).count() == 3
    assert unsound() == []
    with pytest.raises(Refused, match="no file to move") as caught:
        moved(cycle, None, by=claire)
    assert caught.value.reasons == ["1 file was begun, and stays."]


def test_what_was_begun_goes_only_when_said(
    cycle: Cycle, files: list[Application], david: User, zoe: User, claire: User
) -> None:
    assert moved(cycle, zoe, by=claire, begun_too=True).files == 4
    # A review that was handed in never moves.
    assert read_by(david) == {files[0].pk}
    assert unsound() == []


def test_whoever_must_not_read_it_does_not_get_it(
    cycle: Cycle, files: list[Application], david: User, zoe: User, claire: User
) -> None:
    judging.in_conflict(files[2], zoe, by=claire)
    Application.objects.filter(pk=files[3].pk).update(applicant=zoe)
    judging.assigned(files[4], zoe, by=claire)
    with pytest.raises(Refused) as caught:
        moved(cycle, zoe, by=claire)
    assert caught.value.reasons[1].startswith("3 files stay")
    assert read_by(david) == {file.pk for file in files}


def test_late_files_come_with_a_week(
    cycle: Cycle, files: list[Application], zoe: User, claire: User
) -> None:
    today = cycle.reviews_due_on + timedelta(days=2)
    moved(cycle, zoe, by=claire, today=today)
    assert {row.due_on for row in Assignment.objects.of(zoe)} == {today + timedelta(days=7)}


def test_who_may(
    cycle: Cycle, files: list[Application], david: User, zoe: User, claire: User, dominique: User
) -> None:
    for stranger in (david, dominique):
        with pytest.raises(Refused) as caught:
            moved(cycle, zoe, by=stranger)
        assert caught.value.forbidden
        with pytest.raises(Refused) as caught:
            extend(Assignment.objects.all(), cycle.release_on, cycle=cycle, by=stranger, why="x")
        assert caught.value.forbidden
    with pytest.raises(Refused, match="not a reader"):
        moved(cycle, dominique, by=claire)
    judging.in_conflict(files[4], _also_reads(claire), by=claire)
    with pytest.raises(Refused, match="You declared a conflict"):
        moved(cycle, zoe, by=claire)


def _also_reads(user: User) -> User:
    """The same person, who reads too."""
    User.objects.filter(pk=user.pk).update(roles=[*user.roles, Role.REVIEWER])
    user.refresh_from_db()
    return user


def test_somebody_gives_it_at_the_same_moment(
    cycle: Cycle, files: list[Application], zoe: User, claire: User, monkeypatch: Any
) -> None:
    def overtaken(*_args: Any, **_options: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(type(Assignment.objects), "bulk_create", overtaken)
    with pytest.raises(Refused, match="already has this file"):
        moved(cycle, zoe, by=claire)
    assert not Assignment.objects.filter(status="returned").exists()


def test_more_time(cycle: Cycle, files: list[Application], david: User, claire: User) -> None:
    Cycle.objects.update(release_on=cycle.reviews_due_on + timedelta(days=9))
    cycle.refresh_from_db()
    later, rows = cycle.reviews_due_on + timedelta(days=5), Assignment.objects.all()
    assert extend(rows, later, cycle=cycle, by=claire, why="Ill") == 4
    due = {row.application_id: row.due_on for row in rows}
    assert due.pop(files[0].pk) == cycle.reviews_due_on
    assert set(due.values()) == {later}
    entries = AuditEntry.objects.filter(verb="extend_reading", why="Ill", actor=claire)
    assert entries.count() == 4
    with pytest.raises(Refused, match="due on that day or later"):
        extend(rows, later, cycle=cycle, by=claire, why="Ill")
    with pytest.raises(Refused, match="after the answers"):
        extend(rows, cycle.release_on + timedelta(days=1), cycle=cycle, by=claire, why="Ill")


@pytest.mark.parametrize("count", [1, 3])
def test_moving_costs_the_same_for_1_and_3_files(
    cycle: Cycle,
    files: list[Application],
    zoe: User,
    claire: User,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    keys = [file.pk for file in files[2 : 2 + count]]
    rows = Assignment.objects.filter(application__in=keys)
    today = day_of(timezone.now())
    # Savepoints (7), the rows, the mover's conflicts, drafts, three of who is kept apart, the move (3), the new
    # rows and their trail, standings (4).
    with django_assert_num_queries(24):
        assert move_files(rows, zoe, cycle=cycle, today=today, by=claire, why="x").files == count
