"""Reminders: previewed, in the reader's language, never twice in three days, never about a named file."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from audit.models import AuditEntry
from audit.moves import Refused
from committee import reminding
from cycles.clock import day_of
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from reviews.models import Assignment
from tests.reviews import factories as judging


@pytest.fixture
def busy(cycle: Cycle, david: User, readers: list[User], claire: User) -> list[User]:
    """David (in English) and Zoé (in French) have a file each; Yan has handed his in, Xin has none."""
    files = judging.filed(3, cycle)
    judging.assigned(files[0], david, by=claire)
    judging.assigned(files[1], readers[0], by=claire)
    judging.reviewed(files[2], readers[1], 3, 3, 3, by=claire)
    return [david, *readers[:3]]


def ticked(cycle: Cycle, people: list[User]) -> dict[str, Any]:
    """What the page sends."""
    return {"cycle": cycle.code, "ticked": [one.pk for one in people]}


def test_previewed_then_sent(client: Client, cycle: Cycle, busy: list[User], claire: User) -> None:
    client.force_login(claire)
    page = client.get("/en/progress/remind/", ticked(cycle, busy)).content.decode()
    assert "Remind 2 readers" in page
    assert "Files wait for you in your queue: Fall 2027" in page
    assert "Bonjour Zoe Reader" in page
    assert page.count("There is nothing left to read.") == 2
    assert not OutgoingEmail.objects.exists()
    answer = client.post("/en/progress/remind/", ticked(cycle, busy), follow=True)
    told = answer.content.decode()
    assert "2 reminders are leaving." in told
    assert "No reminder for Yan Reader. There is nothing left to read." in told
    letters = OutgoingEmail.objects.filter(letter="reading_reminder")
    assert {(row.address, row.language) for row in letters} == {
        (one.email, one.language) for one in busy[:2]
    }
    for row in letters:
        # What was previewed is what left, and no file is in it.
        assert row.subject in page
        assert "A27-T" not in row.text
        assert "Nom" not in row.text
    entries = AuditEntry.objects.filter(verb="remind_reader", actor=claire)
    assert {entry.details["cycle"] for entry in entries} == {"A27"}
    assert entries.count() == 2
    assert "reminded" in told


def test_not_twice_within_three_days(
    client: Client, cycle: Cycle, busy: list[User], claire: User
) -> None:
    client.force_login(claire)
    client.post("/en/progress/remind/", ticked(cycle, busy[:1]))
    page = client.get("/en/progress/remind/", ticked(cycle, busy[:2])).content.decode()
    assert "A reminder left already" in page
    assert "Remind 1 reader" in page
    again = client.post("/en/progress/remind/", ticked(cycle, busy[:1]), follow=True)
    assert "A reminder left already" in again.content.decode()
    assert OutgoingEmail.objects.count() == 1
    soon = timezone.now() + timedelta(days=2, hours=23)
    assert reminding.remind(cycle, [busy[0].pk], by=claire, now=soon).copies == []
    later = timezone.now() + timedelta(days=3, minutes=1)
    assert len(reminding.remind(cycle, [busy[0].pk], by=claire, now=later).copies) == 1
    assert OutgoingEmail.objects.count() == 2


def test_who_reads_no_more_gets_no_letter(cycle: Cycle, busy: list[User], claire: User) -> None:
    User.objects.filter(pk=busy[0].pk).update(roles=[])
    plan = reminding.plan(cycle, [busy[0].pk], by=claire, now=timezone.now())
    assert [why for _reader, why in plan.skipped] == ["This person is not a reader."]


def test_late_files_are_said_to_be(cycle: Cycle, busy: list[User], claire: User) -> None:
    [(_reader, letter)] = reminding.plan(
        cycle, [busy[0].pk], by=claire, now=timezone.now()
    ).previews
    assert "The first of them are due on" in letter.text
    Assignment.objects.update(due_on=day_of(timezone.now()) - timedelta(days=1))
    [(_reader, letter)] = reminding.plan(
        cycle, [busy[0].pk], by=claire, now=timezone.now()
    ).previews
    assert "Some of them were due on" in letter.text


def test_nobody_ticked(client: Client, cycle: Cycle, busy: list[User], claire: User) -> None:
    client.force_login(claire)
    page = client.get("/en/progress/remind/", {"cycle": cycle.code, "ticked": "x"})
    assert "Nobody is ticked" in page.content.decode()
    answer = client.post("/en/progress/remind/", {"cycle": cycle.code}, follow=True)
    assert "Tick at least one reader." in answer.content.decode()
    assert client.get("/en/progress/remind/").status_code == 404


def test_coordinators_alone(cycle: Cycle, busy: list[User], dominique: User) -> None:
    with pytest.raises(Refused) as caught:
        reminding.remind(cycle, [busy[0].pk], by=dominique, now=timezone.now())
    assert caught.value.forbidden


def test_a_file_in_conflict_reminds_nobody(
    cycle: Cycle, busy: list[User], claire: User, dominique: User
) -> None:
    User.objects.filter(pk=claire.pk).update(roles=[Role.COORDINATOR, Role.REVIEWER])
    claire.refresh_from_db()
    [row] = Assignment.objects.filter(reviewer=busy[0])
    judging.in_conflict(row.application, claire, by=claire)
    plan = reminding.plan(cycle, [busy[0].pk], by=claire, now=timezone.now())
    assert [why for _reader, why in plan.skipped] == ["There is nothing left to read."]
