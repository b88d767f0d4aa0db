"""Reminders to referees: a week and a day before, once each, and never after an answer."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from applications import lifecycle, referee_reminders, referees
from applications.models import Application, Referee
from applications.tasks import remind_referees
from notifications.models import OutgoingEmail
from tests import factories

pytestmark = pytest.mark.django_db
WEEK, DAY = timedelta(days=7), timedelta(days=1)


@pytest.fixture
def asked(amina: User) -> Referee:
    """Asked long before the last day, for a file that is in."""
    application = factories.draft(amina, factories.cycle(referees=1, closes=8))
    referee = factories.referee(application)
    factories.submit(application)
    return Referee.objects.get(pk=referee.pk)


def reminders() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter="reference_reminder").order_by("pk"))


def run(at: datetime) -> int:
    return referee_reminders.remind_all(at=at)


def test_one_a_week_before_and_one_a_day_before(asked: Referee) -> None:
    assert run(asked.due_at - WEEK - timedelta(seconds=1)) == 0
    assert run(asked.due_at - WEEK) == 1
    assert run(asked.due_at - WEEK) == 0
    assert run(asked.due_at - timedelta(days=3)) == 0
    assert run(asked.due_at - DAY) == 1
    assert run(asked.due_at - timedelta(hours=1)) == 0
    assert run(asked.due_at + timedelta(seconds=1)) == 0
    first, second = reminders()
    assert first.key != second.key
    assert asked.token in first.text
    assert first.address == asked.email


def test_a_late_worker_sends_the_latest_one_only(asked: Referee) -> None:
    assert run(asked.due_at - timedelta(hours=20)) == 1
    assert len(reminders()) == 1


def test_two_timetables_write_once(asked: Referee) -> None:
    at = asked.due_at - WEEK
    run(at)
    Referee.objects.update(reminded_at=None)  # as if the other had not seen it
    run(at)
    assert len(reminders()) == 1


def test_whoever_was_just_written_to_is_left_in_peace(asked: Referee) -> None:
    Referee.objects.update(invited_at=asked.due_at - WEEK - timedelta(hours=3))
    assert run(asked.due_at - WEEK) == 0
    assert run(asked.due_at - DAY) == 1


@pytest.mark.parametrize("answer", ["received", "declined", "removed"])
def test_nothing_after_an_answer(asked: Referee, amina: User, answer: str) -> None:
    if answer == "received":
        factories.letter_from(asked)
    elif answer == "declined":
        referees.decline(asked, reason="", at=timezone.now())
    else:
        referees.remove(asked, by=amina, at=timezone.now())
    assert run(asked.due_at - WEEK) == 0


def test_nothing_for_a_file_that_nobody_will_read(asked: Referee, amina: User, bruno: User) -> None:
    lifecycle.withdraw(asked.application, by=amina)
    draft = factories.draft(bruno, asked.application.cycle)
    factories.referee(draft)
    assert run(asked.due_at - DAY) == 0


def test_a_day_of_ones_own_has_its_own_reminders(asked: Referee, claire: User) -> None:
    later = asked.due_on + timedelta(days=10)
    referees.set_due(asked, due_on=later, why="Ill", by=claire, at=timezone.now())
    assert run(asked.due_at - DAY) == 0
    moved = Referee.objects.get()
    assert run(moved.due_at - DAY) == 1


def test_a_late_pass_moves_them(asked: Referee) -> None:
    old = asked.due_at
    Application.objects.update(late_until=old + timedelta(days=10))
    assert run(old - DAY) == 0
    assert run(old + timedelta(days=9)) == 1


def test_another_secret_key_gives_links_that_open(asked: Referee, settings: Any) -> None:
    settings.SECRET_KEY = "another"
    run(asked.due_at - WEEK)
    row = Referee.objects.get()
    assert row.token in reminders()[0].text
    assert Referee.objects.holding(row.token).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_many_cost_as_many_queries_as_one(
    amina: User, asked: Referee, count: int, django_assert_num_queries: Any
) -> None:
    asked.application.cycle.intakes.update(referees_asked=3)
    for index in range(count - 1):
        factories.referee(Application.objects.get(), name=f"N{index}", email=f"n{index}@x.example")
    with django_assert_num_queries(8):
        assert run(asked.due_at - WEEK) == count


def test_the_timetable_knows_it(asked: Referee) -> None:
    remind_referees()
    assert reminders() == []
