"""Reminders to those whose draft is not submitted."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Language, User
from applications import lifecycle, tasks
from applications.models import Application
from applications.reminders import SLOTS, remind_all, slot_at
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from tests import factories
from tests.applications.test_lifecycle import in_threads

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WEEK, TWO_DAYS, HALF_DAY = SLOTS


@pytest.fixture
def cycle() -> Cycle:
    return factories.cycle(closes=20)


def begun(applicant: User, cycle: Cycle, *, days: int = 10, **fields: Any) -> Application:
    """A draft begun so many days before the close."""
    application = factories.draft(applicant, cycle, **fields)
    moment = cycle.closes_at - timedelta(days=days)
    Application.objects.filter(pk=application.pk).update(created_at=moment, saved_at=moment)
    application.refresh_from_db()
    return application


def before(cycle: Cycle, gap: timedelta) -> int:
    """Run the task so long before the close."""
    return remind_all(at=cycle.closes_at - gap)


def letters() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter="draft_reminder").order_by("pk"))


CLOSE = datetime(2026, 12, 2, 4, 59, 59, tzinfo=timezone.get_fixed_timezone(0))


@pytest.mark.parametrize(
    ("gap", "slot"),
    [
        (WEEK + timedelta(seconds=1), None),
        (WEEK, WEEK),
        (TWO_DAYS + HOUR, WEEK),
        (TWO_DAYS, TWO_DAYS),
        (HALF_DAY, HALF_DAY),
        (timedelta(minutes=1), HALF_DAY),
        (timedelta(0), None),
        (-HOUR, None),
    ],
)
def test_the_latest_slot_that_has_come(gap: timedelta, slot: timedelta | None) -> None:
    assert slot_at(CLOSE, CLOSE - gap) == slot


def test_three_letters_in_all_however_often_the_task_runs(amina: User, cycle: Cycle) -> None:
    begun(amina, cycle)
    for minutes in range(8 * 24 * 60, -60, -30):
        before(cycle, timedelta(minutes=minutes))
    assert [letter.key.rpartition(":")[2] for letter in letters()] == ["168h", "48h", "12h"]


def test_a_worker_that_slept_sends_only_the_latest(amina: User, cycle: Cycle) -> None:
    begun(amina, cycle)
    before(cycle, HALF_DAY - 7 * HOUR)
    before(cycle, HALF_DAY - 8 * HOUR)
    assert [letter.key.rpartition(":")[2] for letter in letters()] == ["12h"]


@pytest.mark.parametrize("gap", [WEEK + HOUR, timedelta(0), -HOUR])
def test_nobody_is_reminded_too_early_or_after_the_close(
    amina: User, cycle: Cycle, gap: timedelta
) -> None:
    begun(amina, cycle)
    assert before(cycle, gap) == 0


def test_a_draft_begun_after_the_slot_waits_for_the_next(amina: User, cycle: Cycle) -> None:
    begun(amina, cycle, days=5)
    assert before(cycle, timedelta(days=4)) == 0
    assert before(cycle, TWO_DAYS) == 1


def test_it_says_what_lacks_and_until_when_and_nothing_of_the_file(
    amina: User, bruno: User, cycle: Cycle
) -> None:
    begun(amina, cycle, statement="  ")
    begun(bruno, cycle)
    before(cycle, WEEK)
    french, english = letters()
    assert "Il manque une chose." in french.text
    assert "(heure de Montréal)" in french.text
    assert "/applications/mine/" in french.text
    assert "Nothing is missing" in english.text
    assert "/en/applications/mine/" in english.text
    for word in ("Teranga", "santé", "apprendre"):
        assert word not in french.text + english.text


def test_an_empty_draft_is_greeted_by_its_number(amina: User, cycle: Cycle) -> None:
    application = begun(amina, cycle, complete=False)
    before(cycle, WEEK)
    assert f"Bonjour {application.number}" in letters()[0].text
    assert "choses." in letters()[0].text


# Who is left alone --------------------------------------------------------------------------------
def test_what_is_submitted_or_withdrawn_is_left_alone(
    amina: User, bruno: User, cycle: Cycle
) -> None:
    factories.submit(begun(amina, cycle))
    lifecycle.withdraw(begun(bruno, cycle), by=bruno)
    assert before(cycle, WEEK) == 0


def test_a_cycle_that_is_not_published_and_a_closed_account_are_left_alone(
    amina: User, cycle: Cycle
) -> None:
    begun(amina, cycle)
    Cycle.objects.update(is_published=False)
    assert before(cycle, WEEK) == 0
    Cycle.objects.update(is_published=True)
    User.objects.filter(pk=amina.pk).update(is_active=False)
    assert before(cycle, WEEK) == 0


def test_a_reopened_file_is_reminded_of_its_changes_alone(amina: User, cycle: Cycle) -> None:
    application = begun(amina, cycle)
    factories.submit(application)
    lifecycle.reopen(application, by=amina, at=timezone.now())
    Application.objects.update(saved_at=cycle.closes_at - timedelta(days=10))
    assert before(cycle, WEEK) == 0
    lifecycle.touch(application)
    Application.objects.update(saved_at=cycle.closes_at - timedelta(days=3))
    assert before(cycle, timedelta(days=3)) == 0
    assert before(cycle, TWO_DAYS) == 1
    assert "rouvert" in letters()[0].text
    factories.submit(application)
    assert before(cycle, HALF_DAY) == 0


# Other closes -------------------------------------------------------------------------------------
def test_a_close_that_is_moved_has_reminders_of_its_own(amina: User, cycle: Cycle) -> None:
    begun(amina, cycle)
    before(cycle, HALF_DAY)
    cycle.closes_at += WEEK
    cycle.save()
    assert before(cycle, HALF_DAY) == 1
    assert len({letter.key for letter in letters()}) == 2


def test_a_late_pass_has_the_reminders_of_its_own_close(amina: User, cycle: Cycle) -> None:
    application = begun(amina, cycle)
    Application.objects.update(late_until=cycle.closes_at + timedelta(days=4))
    assert before(cycle, HALF_DAY) == 1
    assert before(cycle, timedelta(days=-2)) == 1
    application.refresh_from_db()
    assert f"{application.closes_at:%Y%m%d}" in letters()[-1].key


# Many at once -------------------------------------------------------------------------------------
def crowd(cycle: Cycle, count: int) -> None:
    """Drafts of so many people, begun ten days before the close."""
    moment = cycle.closes_at - timedelta(days=10)
    people = User.objects.bulk_create(
        User(email=f"p{index}@example.org", language=Language.FRENCH) for index in range(count)
    )
    Application.objects.bulk_create(
        Application(
            applicant=one, cycle=cycle, number=f"X-{one.pk}", created_at=moment, saved_at=moment
        )
        for one in people
    )


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_a_thousand_cost_as_many_queries_as_one(
    cycle: Cycle, count: int, django_assert_num_queries: Any
) -> None:
    crowd(cycle, count)
    with django_assert_num_queries(16):
        assert before(cycle, WEEK) == count
    assert len(letters()) == count


def test_what_was_sent_is_not_written_again(cycle: Cycle, django_assert_num_queries: Any) -> None:
    crowd(cycle, 3)
    before(cycle, WEEK)
    with django_assert_num_queries(5):
        assert before(cycle, WEEK - HOUR) == 0


def test_more_than_a_thousand_are_reminded_in_several_runs(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(cycle, 5)
    monkeypatch.setattr("applications.reminders.MOST_AT_ONCE", 2)
    assert [before(cycle, WEEK - index * HOUR) for index in range(4)] == [2, 2, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_two_timetables_at_once_are_harmless(cycle: Cycle) -> None:
    crowd(cycle, 20)
    in_threads(4, lambda: before(cycle, WEEK))
    before(cycle, WEEK)
    assert len(letters()) == 20


def test_the_task_looks_at_the_clock(amina: User) -> None:
    cycle = factories.cycle(closes=1)
    begun(amina, cycle)
    tasks.remind_drafts()
    assert len(letters()) == 1
