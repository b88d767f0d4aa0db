"""Reminders of UdeM's own dates: on their mornings, once, to those who still need them."""

from datetime import date, datetime, timedelta

import pytest

from accounts.models import User
from applications import lifecycle
from cycles.clock import at_hour
from followup import student_centre, tasks, udem_errands, udem_reminding, working_days
from followup.models import Filing, UdemFile
from followup.student_centre import Facts
from notifications.models import OutgoingEmail
from tests.followup.factories import NUMBER, World
from tests.followup.udem_world import CONDITION, at, today

pytestmark = pytest.mark.django_db


def letters(name: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter=name).order_by("pk"))


def morning(day: date, hour: int = 9) -> datetime:
    return at_hour(day, hour)


def test_documents(world: World, amina: User) -> None:
    row = at(world, amina, Filing.DOCUMENTS)
    due = row.documents_due_on
    assert due is not None
    five, two = working_days.before(due, 5), working_days.before(due, 2)
    remind = udem_reminding.remind_of_documents
    assert udem_errands.REMIND_OF_DOCUMENTS.letters.moments(morning(five, 8)) == [  # type: ignore[union-attr]
        morning(five),
        morning(two),
    ]
    assert remind(at=morning(five, 8)) == 0
    assert [remind(at=morning(five)), remind(at=morning(five, 15))] == [1, 0]
    assert [remind(at=morning(two)), remind(at=morning(due, 20))] == [1, 0]
    assert remind(at=morning(due + timedelta(days=1))) == 0
    first, second = letters("udem_documents_reminder")
    assert first.key != second.key
    assert NUMBER not in first.text + first.subject


def test_nobody_is_reminded_of_what_is_done(world: World, amina: User) -> None:
    row = at(world, amina, Filing.DOCUMENTS)
    five = morning(working_days.before(row.documents_due_on or today(), 5))
    student_centre.say_sent(row, today(), by=amina)
    assert udem_reminding.remind_of_documents(at=five) == 0
    student_centre.say_sent(row, None, by=amina)
    lifecycle.withdraw(row.offer.decision.application, by=amina)
    assert udem_reminding.remind_of_documents(at=five) == 0


def test_the_offer_of_udem(world: World, amina: User) -> None:
    row = at(world, amina, Filing.CONDITIONAL)
    last = row.accept_by
    assert last is not None
    remind = udem_reminding.remind_of_accepting
    week = last - timedelta(days=7)
    (would,) = udem_errands.REMIND_OF_ACCEPTING.letters.due(morning(week))  # type: ignore[union-attr]
    assert (would.row, would.letter) == (row.pk, "udem_accept_reminder")
    read = udem_errands.REMIND_OF_ACCEPTING.letters.read  # type: ignore[union-attr]
    assert read(row.pk, morning(week))
    assert [remind(at=morning(week)), remind(at=morning(last - timedelta(days=2)))] == [1, 1]
    assert [remind(at=morning(last)), remind(at=morning(last, 12))] == [1, 0]
    for letter in letters("udem_accept_reminder"):
        assert CONDITION not in letter.text
        assert "admis" not in (letter.subject + letter.text).replace("admissions", "").lower()
    student_centre.report(row, Filing.ACCEPTED, Facts(accepted_on=today()), by=amina)
    assert remind(at=morning(last, 13)) == 0
    assert read(row.pk, morning(last)) is None


def test_not_on_the_heels_of_what_was_said(world: World, amina: User) -> None:
    row = at(world, amina, Filing.ADMITTED)
    UdemFile.objects.filter(pk=row.pk).update(accept_by=today())
    assert udem_reminding.remind_of_accepting(at=morning(today(), 22)) == 0


def test_the_tasks_run(world: World, amina: User) -> None:
    at(world, amina, Filing.ADMITTED)
    tasks.remind_of_udem_documents()
    tasks.remind_of_udem_offer()
    assert letters("udem_accept_reminder") == []
