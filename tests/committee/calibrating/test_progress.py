"""The page of progress: its figures, the days of Montréal, who needs a word, and what a conflict hides."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from committee import progress
from cycles.clock import day_of
from cycles.models import Cycle
from reviews import assignment as assigning
from reviews.models import Assignment
from tests.committee.calibrating import factories as committee
from tests.reviews import factories as judging

NOW = datetime(2027, 1, 6, 15, tzinfo=UTC)
TODAY = date(2027, 1, 6)


def report(cycle: Cycle, user: User) -> progress.Report:
    """As this person sees it now."""
    now = timezone.now()
    return progress.report(cycle, user, today=day_of(now), now=now)


def line_of(cycle: Cycle, user: User, reader: User) -> progress.ReaderLine:
    """What is said of one reader."""
    return next(line for line in report(cycle, user).lines if line.reader == reader)


def test_figures_of_a_cycle(cycle: Cycle, readers: list[User], claire: User) -> None:
    Cycle.objects.update(reviews_per_file=2)
    cycle.refresh_from_db()
    one, two, three, four = judging.filed(4, cycle)
    zoe, yan, xin, _will = readers
    for file, who in ((one, zoe), (one, yan), (one, xin), (two, zoe)):
        judging.assigned(file, who, by=claire)
    judging.hand_in(Assignment.objects.get(application=one, reviewer=zoe), 3, 3, 3)
    judging.saved(Assignment.objects.get(application=two), 3)
    told = progress.totals(cycle, claire)
    assert (told.files, told.asked, told.handed_in) == (4, 4, 1)
    # One lacks for the second file, two for each of the last two; the third reading of the first is extra.
    assert (told.lacking, told.wanted, told.left, told.short, told.unread) == (5, 9, 8, 3, 2)
    line = line_of(cycle, claire, zoe)
    assert (line.given, line.begun, line.handed_in, line.left, line.late) == (2, 1, 1, 1, 0)
    assert line.last_seen is not None
    assert line.due_on == cycle.reviews_due_on
    three.status = "withdrawn"
    three.save()
    four.status = "draft"
    four.save()
    assert progress.totals(cycle, claire).files == 2


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # Midnight in Montréal, winter: 05:00 UTC.
        (datetime(2027, 1, 6, 4, 59, 59, tzinfo=UTC), date(2027, 1, 5)),
        (datetime(2027, 1, 6, 5, 0, tzinfo=UTC), date(2027, 1, 6)),
        # The night of 14 March 2027 is an hour shorter: midnight before it at 05:00, after it at 04:00 UTC.
        (datetime(2027, 3, 14, 4, 59, 59, tzinfo=UTC), date(2027, 3, 13)),
        (datetime(2027, 3, 15, 3, 59, 59, tzinfo=UTC), date(2027, 3, 14)),
        (datetime(2027, 3, 15, 4, 0, tzinfo=UTC), date(2027, 3, 15)),
        # The day of 1 November 2026 is an hour longer.
        (datetime(2026, 11, 1, 3, 59, 59, tzinfo=UTC), date(2026, 10, 31)),
        (datetime(2026, 11, 2, 4, 59, 59, tzinfo=UTC), date(2026, 11, 1)),
    ],
)
def test_a_day_is_a_day_of_montreal(
    cycle: Cycle, david: User, claire: User, moment: datetime, day: date
) -> None:
    row = judging.reviewed(judging.filed(1, cycle)[0], david, 3, 3, 3, by=claire)
    committee.handed_in_at(row, moment)
    assert progress.by_day(cycle, claire) == {day: 1}
    # The week before a day ends with the last second of the day before.
    sums = progress.sums_of(progress.in_cycle(cycle, claire), day)
    assert sums[david.pk]["recent"] == 0
    sums = progress.sums_of(progress.in_cycle(cycle, claire), day + timedelta(days=1))
    assert sums[david.pk]["recent"] == 1
    sums = progress.sums_of(progress.in_cycle(cycle, claire), day + timedelta(days=7))
    assert sums[david.pk]["recent"] == 1
    sums = progress.sums_of(progress.in_cycle(cycle, claire), day + timedelta(days=8))
    assert sums[david.pk]["recent"] == 0


def test_the_page_says_when_it_will_be_done(
    client: Client, cycle: Cycle, david: User, claire: User
) -> None:
    files = judging.filed(26, cycle)
    now = timezone.now()
    for index, file in enumerate(files):
        if index < 16:
            row = judging.reviewed(file, david, 3, 3, 3, by=claire)
            committee.handed_in_at(row, now - timedelta(days=1 + index % 7))
        else:
            judging.assigned(file, david, by=claire)
    told = report(cycle, claire)
    today = day_of(now)
    # Ten left, 16 in a week: 3.5 to 5.83 days.
    assert told.forecast is not None
    assert told.forecast.earliest == today + timedelta(days=4)
    assert told.forecast.latest == today + timedelta(days=6)
    assert line_of(cycle, claire, david).forecast == told.forecast
    client.force_login(claire)
    page = client.get("/en/progress/").content.decode()
    assert "Done between" in page
    assert "16 readings handed in over the last seven days" in page
    assert "See as a table" in page
    Cycle.objects.update(reviews_due_on=today + timedelta(days=5), documents_due_on=today)
    Assignment.objects.update(due_on=today + timedelta(days=2))
    page = client.get("/en/progress/").content.decode()
    assert "Will be late" in page
    Assignment.objects.update(due_on=today - timedelta(days=1))
    assert line_of(cycle, claire, david).needs == progress.LATE


def test_the_days_of_a_large_cycle_are_kept_for_a_moment(
    cycle: Cycle, david: User, claire: User, dominique: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(progress, "MANY", 0)
    one, two = judging.filed(2, cycle)
    judging.reviewed(one, david, 3, 3, 3, by=claire)
    assert report(cycle, claire).bars[-1].count == 1
    judging.reviewed(two, david, 3, 3, 3, by=claire)
    assert report(cycle, claire).bars[-1].count == 1
    # Kept for each person: conflicts differ.
    assert report(cycle, dominique).bars[-1].count == 2


def told(**sums: Any) -> dict[str, Any]:
    """What the database says of a reader who is fine."""
    plain: dict[str, Any] = {"given": 5, "sent": 1, "late": 0, "last_due": TODAY, "last_seen": NOW}
    return {**plain, "given_at": NOW - timedelta(days=30), **sums}


@pytest.mark.parametrize(
    ("sums", "needs"),
    [
        ({}, progress.NOTHING),
        (told(), progress.FINE),
        (told(sent=5), progress.DONE),
        (told(late=1, last_seen=None), progress.LATE),
        (told(last_seen=None), progress.NOT_BEGUN),
        (told(last_seen=None, given_at=NOW - timedelta(days=6)), progress.FINE),
    ],
)
def test_who_needs_a_word(sums: dict[str, Any], needs: str) -> None:
    assert progress.needs(sums, None, NOW) == needs


def test_those_who_need_a_word_come_first(
    cycle: Cycle, readers: list[User], claire: User, person: Callable[..., User]
) -> None:
    zoe, yan, xin, will = readers
    files = judging.filed(5, cycle)
    judging.reviewed(files[0], zoe, 3, 3, 3, by=claire)
    judging.assigned(files[1], yan, by=claire)
    for file in files[2:4]:
        judging.assigned(file, xin, by=claire)
    Assignment.objects.filter(reviewer=xin).update(due_on=day_of(timezone.now()) - timedelta(1))
    gone = person("gone", Role.REVIEWER, full_name="Élodie Gone")
    judging.assigned(files[4], gone, by=claire)
    User.objects.filter(pk=gone.pk).update(roles=[])
    order = [line.reader for line in report(cycle, claire).lines]
    assert order == [xin, gone, yan, zoe, will]


def test_a_conflict_leaves_no_trace(
    client: Client, cycle: Cycle, readers: list[User], claire: User, dominique: User
) -> None:
    zoe = readers[0]
    one, two = judging.filed(2, cycle)
    User.objects.filter(pk=claire.pk).update(roles=[Role.COORDINATOR, Role.REVIEWER])
    claire.refresh_from_db()
    judging.reviewed(one, zoe, 3, 3, 3, by=claire)
    row = judging.assigned(two, zoe, by=claire)
    Assignment.objects.create(
        application=one,
        reviewer=claire,
        assigned_by=claire,
        due_on=cycle.reviews_due_on,
        status=Assignment.Status.CONFLICT,
    )
    seen, whole = progress.totals(cycle, claire), progress.totals(cycle, dominique)
    assert (seen.files, seen.asked, seen.handed_in) == (1, 1, 0)
    assert (whole.files, whole.asked, whole.handed_in) == (2, 2, 1)
    assert progress.by_day(cycle, claire) == {}
    assert line_of(cycle, claire, zoe).given == 1
    assigning.unassign(row, by=claire)
    client.force_login(claire)
    page = client.get("/en/progress/").content.decode()
    assert "Nobody reads yet" in page
    assert "1 file waits for its readers." in page
    address = f"/en/progress/readers/{zoe.pk}/"
    assert one.number not in client.get(address).content.decode()


def test_designed_when_there_is_nothing_yet_and_when_all_is_done(
    client: Client, cycle: Cycle, david: User, claire: User, dominique: User
) -> None:
    client.force_login(dominique)
    file, other = judging.filed(2, cycle)
    page = client.get("/en/progress/").content.decode()
    assert "Nobody reads yet" in page
    assert "2 files wait for their readers." in page
    row = judging.assigned(file, david, by=claire)
    page = client.get("/en/progress/").content.decode()
    assert "Nobody has handed in yet." in page
    assert "1 file has fewer readers than wanted" in page
    assert "Too few were handed in lately" in page
    assert "Remind those ticked" not in page
    Assignment.objects.update(due_on=day_of(timezone.now()) - timedelta(days=1))
    Cycle.objects.update(
        reviews_due_on=day_of(timezone.now()) - timedelta(days=1),
        documents_due_on=day_of(timezone.now()) - timedelta(days=2),
    )
    assert "The due date is past." in client.get("/en/progress/").content.decode()
    judging.hand_in(row, 3, 3, 3)
    judging.reviewed(other, david, 3, 3, 3, by=claire)
    page = client.get("/en/progress/").content.decode()
    assert "All readings are handed in." in page
    assert "The due date is past." not in page
    Cycle.objects.update(is_published=False)
    assert "No cycle is published" in client.get("/en/progress/").content.decode()
    assert client.get(f"/en/progress/readers/{david.pk}/").url == "/en/progress/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_1_and_3(
    client: Client,
    cycle: Cycle,
    readers: list[User],
    claire: User,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    files = judging.filed(2 * count, cycle)
    for file, reader in zip(files, readers[:count], strict=False):
        judging.reviewed(file, reader, 3, 3, 3, by=claire)
    for file, reader in zip(files[count:], readers[:count], strict=False):
        judging.assigned(file, reader, by=claire)
    client.force_login(claire)
    client.get("/en/progress/")
    # Session, person and second factor; cycle (2); totals, days, sums, readers, reminders.
    with django_assert_num_queries(10):
        client.get("/en/progress/")
    # Session, person and second factor; reader; cycle (2); files; to whom they may go.
    with django_assert_num_queries(8):
        client.get(f"/en/progress/readers/{readers[0].pk}/")
    # Session, person and second factor; cycle; readers, sums, reminders, their words.
    keys = "&".join(f"ticked={reader.pk}" for reader in readers[:count])
    with django_assert_num_queries(8):
        client.get(f"/en/progress/remind/?cycle={cycle.code}&{keys}")
