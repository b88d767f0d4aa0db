"""A reader's queue: its order, its filters, what it says of progress; and what each page of it costs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from applications import lifecycle
from applications.models import Application
from cycles.clock import day_of
from cycles.models import Cycle
from reviews import queue, scoring
from reviews.models import Assignment, Review
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging

FILES, READERS = 20, 40


@pytest.fixture
def pile(cycle: Cycle, david: User, claire: User) -> list[Assignment]:
    """Five files of David's, due on one day."""
    return [judging.assigned(file, david, by=claire) for file in judging.filed(5, cycle)]


@pytest.fixture
def reader(client: Client, david: User) -> Client:
    """David's browser."""
    client.force_login(david)
    return client


def due(row: Assignment, days: int) -> None:
    """Due so many days from today."""
    day = day_of(timezone.now()) + timedelta(days=days)
    Assignment.objects.filter(pk=row.pk).update(due_on=day)


def ids(rows: Any) -> list[int]:
    """Which assignments, in order."""
    return [row.pk for row in rows]


def test_a_file_has_the_same_place_each_time_and_another_for_each_reader(
    pile: list[Assignment], person: Settle, claire: User
) -> None:
    before, first = [row.place for row in Assignment.objects.order_by("pk")], pile[0]
    other = judging.assigned(first.application, person("ana", Role.REVIEWER), by=claire)
    assert [row.place for row in Assignment.objects.order_by("pk")][:-1] == before
    assert len({*before, other.place}) == len(before) + 1


def test_no_file_is_the_last_of_everybody(cycle: Cycle, person: Settle, claire: User) -> None:
    files = judging.filed(FILES, cycle)
    people = [person(f"reader{index}", Role.REVIEWER) for index in range(READERS)]
    Assignment.objects.bulk_create(
        Assignment(application=file, reviewer=one, assigned_by=claire, due_on=cycle.reviews_due_on)
        for one in people
        for file in files
    )
    orders = [
        list(queue.files_of(one, cycle).values_list("application_id", flat=True)) for one in people
    ]
    assert len({tuple(order) for order in orders}) == READERS
    means = [sum(order.index(file.pk) for order in orders) / READERS for file in files]
    assert max(means) < FILES * 0.8
    assert min(means) > FILES * 0.2


def test_what_is_due_first_comes_first(pile: list[Assignment], david: User, cycle: Cycle) -> None:
    due(pile[3], -2)
    due(pile[1], 1)
    order = ids(queue.files_of(david, cycle))
    assert order[:2] == [pile[3].pk, pile[1].pk]
    rest = sorted((pile[0], pile[2], pile[4]), key=lambda row: row.place)
    assert order[2:] == ids(rest)


def test_next_is_next_in_that_order_and_starts_again(
    pile: list[Assignment], david: User, cycle: Cycle
) -> None:
    due(pile[2], -1)
    order = list(queue.files_of(david, cycle))
    for row, following in zip(order, [*order[1:], order[0]], strict=True):
        assert queue.next_after(row, david, cycle) == following
        for reach in (2, 20):
            part = queue.around(david, row, cycle, reach)
            assert part.following == following
            place = order.index(row)
            assert part.previous == (order[place - 1] if place else None)
            assert part.rows == order[max(place - reach, 0) : place + reach + 1]


def test_the_only_file_has_no_next(assignment: Assignment, david: User, cycle: Cycle) -> None:
    assert queue.next_after(assignment, david, cycle) is None
    assert queue.around(david, assignment, cycle, 5).following is None


def test_each_other_file_is_before_or_after(pile: list[Assignment]) -> None:
    for row in Assignment.objects.all():
        earlier = set(ids(Assignment.objects.filter(queue.before(row))))
        later = set(ids(Assignment.objects.filter(queue.after(row))))
        assert not earlier & later
        assert earlier | later == set(ids(pile)) - {row.pk}


def test_the_order_is_read_from_the_index(
    pile: list[Assignment], david: User, cycle: Cycle
) -> None:
    rows = Assignment.objects.filter(reviewer=david, status="assigned").order_by(*queue.ORDER)
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = rows.only("pk")[:50].explain()
    assert "reviews_assignment_queue" in plan
    assert "Sort" not in plan


def test_progress_counts_what_is_late(pile: list[Assignment], david: User, cycle: Cycle) -> None:
    due(pile[0], -1)
    due(pile[1], -1)
    due(pile[2], 0)
    application = pile[1].application
    lifecycle.withdraw(application, by=application.applicant)
    told = queue.progress(david, cycle)
    assert (told.to_read, told.late, told.sent, told.all) == (4, 1, 0, 4)
    assert queue.progress(david, cycle).drafts == 0


def handed_in(pile: list[Assignment], *days_ago: float) -> None:
    """So many of them handed in, each so many days ago."""
    for row, days in zip(pile, days_ago, strict=False):
        judging.hand_in(row, 3, 3, 3)
        at = timezone.now() - timedelta(days=days)
        Review.objects.filter(assignment=row).update(handed_in_at=at)


@pytest.mark.parametrize(
    ("days_ago", "left", "days"),
    [
        ((), 5, None),
        ((2, 1), 3, None),
        ((0, 0, 0), 2, None),
        ((2, 1, 0), 2, 2),
        ((6, 1, 0), 2, 4),
        ((20, 1, 0), 2, None),
        ((2, 1, 0), 0, None),
    ],
)
def test_a_pace_is_told_once_it_says_something(
    pile: list[Assignment],
    david: User,
    cycle: Cycle,
    days_ago: tuple[int, ...],
    left: int,
    days: int | None,
) -> None:
    handed_in(pile, *days_ago)
    now = timezone.now()
    told = queue.done_on(david, cycle, left, now)
    assert told == (None if days is None else day_of(now) + timedelta(days=days))


def text_of(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


def test_the_filters_live_in_the_address(
    reader: Client, cycle: Cycle, amina: User, bruno: User, david: User, claire: User
) -> None:
    one = judging.assigned(factories.submitted(amina, cycle), david, by=claire)
    judging.assigned(judging.for_both(bruno, cycle), david, by=claire)
    factories.letter_from(factories.referee(one.application))
    due(one, -3)

    def shown(query: str) -> tuple[bool, bool]:
        page = text_of(reader.get(f"/en/queue/{query}"))
        return "Amina" in page, "Bruno" in page

    assert shown("") == (True, True)
    assert shown("?program=dess") == (False, True)
    assert shown("?program=msc") == (True, True)
    assert shown("?program=unknown&late=yes") == (True, True)
    assert shown("?late=1") == (True, False)
    assert shown("?letters=1") == (True, False)
    assert shown("?letters=1&program=dess") == (False, False)
    page = text_of(reader.get("/en/queue/?letters=1&program=dess"))
    assert "No file of yours is like this." in page
    # Each chip keeps the other filters, and takes its own off.
    assert 'href="?show=to_read&amp;letters=1"' in page
    assert 'href="?show=to_read&amp;program=dess"' in page
    assert 'href="?show=drafts&amp;program=dess&amp;letters=1"' in page


@pytest.fixture
def whole(cycle: Cycle, person: Settle, david: User, claire: User) -> list[Assignment]:
    """Four files of David's with their submissions, due on one day."""
    people = [person(f"whole{index}") for index in range(4)]
    return [judging.assigned(factories.submitted(one, cycle), david, by=claire) for one in people]


def test_late_and_soon_are_marked(reader: Client, whole: list[Assignment]) -> None:
    due(whole[0], -1)
    due(whole[1], 2)
    page = text_of(reader.get("/en/queue/"))
    assert page.count("Late:") == 1
    assert "1 late" in page


def test_the_day_of_the_next_file_is_told_where_it_is_another(
    reader: Client, whole: list[Assignment]
) -> None:
    assert "Your next one is due" not in text_of(reader.get("/en/queue/"))
    due(whole[0], -1)
    assert "Your next one is due" in text_of(reader.get("/en/queue/"))


def test_all_done_is_thanked_for(reader: Client, pile: list[Assignment]) -> None:
    handed_in(pile, 3, 2, 1, 1, 0)
    page = text_of(reader.get("/en/queue/"))
    assert "All read. Thank you!" in page
    assert "5 people will get an answer" in page
    assert "As you have been going" not in page


def test_the_pace_is_told_on_the_page(reader: Client, whole: list[Assignment]) -> None:
    handed_in(whole, 2, 1, 0)
    assert "As you have been going, you finish on" in text_of(reader.get("/en/queue/"))


def test_what_changed_since_the_draft_is_said(
    reader: Client, assignment: Assignment, application: Application
) -> None:
    judging.saved(assignment, 4, submission=application.submissions.get().pk)
    assert "since" not in text_of(reader.get("/en/queue/")).replace("we write once", "")
    lifecycle.reopen(application, by=application.applicant, at=timezone.now())
    factories.submit(application)
    factories.letter_from(factories.referee(application))
    page = text_of(reader.get("/en/queue/"))
    assert "submitted again since" in page
    assert "a letter came since" in page
    desk = text_of(reader.get(f"/en/queue/{assignment.pk}/"))
    assert "The applicant submitted again on" in desk
    assert "A letter of reference has come since you last saved" in desk
    newest = application.submissions.order_by("-version")[0].pk
    judging.saved(assignment, 4, 4, 4, submission=newest)
    assert "submitted again since" not in text_of(reader.get("/en/queue/"))


def test_what_changed_after_handing_in_is_said_too(
    reader: Client, assignment: Assignment, application: Application
) -> None:
    judging.hand_in(assignment, 4, 4, 4, submission=application.submissions.get().pk)
    factories.letter_from(factories.referee(application))
    lifecycle.reopen(application, by=application.applicant, at=timezone.now())
    factories.submit(application)
    desk = text_of(reader.get(f"/en/queue/{assignment.pk}/"))
    assert "If it changes your mind, take your review back." in desk
    assert "has come since you handed this review in" in desk


@pytest.mark.parametrize(("query", "count"), [("", 12), ("?show=sent", 13), ("?program=msc", 13)])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_as_much_for_one_file_as_for_three(
    reader: Client,
    cycle: Cycle,
    person: Settle,
    david: User,
    claire: User,
    rows: int,
    query: str,
    count: int,
) -> None:
    for index in range(rows):
        for name in ("left", "sent"):
            file = factories.submitted(person(f"{name}{index}"), cycle)
            row = judging.assigned(file, david, by=claire)
            judging.saved(row, 4, 4, 4)
        scoring.hand_in(row, by=david)
    reader.get("/en/queue/")
    with CaptureQueriesContext(connection) as queries:
        reader.get(f"/en/queue/{query}")
    assert len(queries) == count


def test_a_day_of_the_future_is_no_surprise(cycle: Cycle, david: User) -> None:
    assert queue.progress(david, cycle, date(2100, 1, 1)).late == 0
