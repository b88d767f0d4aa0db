"""Once an answer is out, nobody is reminded of what it no longer needs."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Role
from cycles.models import Cycle
from desk.models import Request
from notifications.models import OutgoingEmail
from reports.dry_run import tallies
from reviews import digest, queue
from tests.answers import factories as made
from tests.desk.factories import asked
from tests.reports.timetable_world import Due, build, errand

pytestmark = pytest.mark.django_db
QUIETED = ("remind_referees", "remind_of_pieces")


def owed(user: Any) -> dict[str, int]:
    """How many letters each errand would send within the next weeks."""
    return {
        name: sum(one.total for one in tallies(errand(name), timezone.now(), user=user))
        for name in QUIETED
    }


def released(due: Due, director: Any) -> None:
    """The file that waits for a letter, a piece and a reader has its answer."""
    file = due.referees[0].application
    made.released(file, "decline", proposer=due.claire, director=director)


def test_nobody_is_reminded_of_a_file_that_has_its_answer(person: Any) -> None:
    due = build(person)
    cycle, reader = Cycle.objects.current(), due.readings[0].reviewer
    assert cycle is not None
    assert all(owed(due.claire).values())
    assert digest.left_to_read(cycle).count() == 1
    assert queue.progress(reader, cycle).to_read == 1
    assert queue.files_of(reader, cycle).count() == 1
    released(due, person("dora", Role.DIRECTOR))
    assert owed(due.claire) == dict.fromkeys(QUIETED, 0)
    assert not digest.left_to_read(cycle).exists()
    assert queue.progress(reader, cycle).to_read == 0
    assert queue.files_of(reader, cycle).count() == 0


def test_a_piece_asked_for_after_the_answer_is_still_reminded_of(person: Any) -> None:
    due = build(person)
    released(due, person("dora", Role.DIRECTOR))
    asked(due.referees[0].application, by=due.claire)
    OutgoingEmail.objects.filter(letter="piece_asked").update(
        queued_at=timezone.now() - timedelta(days=2)
    )
    assert Request.objects.waiting().count() == 2
    assert owed(due.claire)["remind_of_pieces"] == 1
