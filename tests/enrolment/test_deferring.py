"""A place kept for another year: what it needs, what it does to seats, and how it is undone."""

import pytest

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle, Intake
from enrolment import deferring
from enrolment.handing import seats_of
from enrolment.listing import read
from enrolment.models import Deferral
from followup.models import Filing, UdemFile
from notifications.models import OutgoingEmail
from tests.enrolment.factories import Enrolled
from tests.followup.factories import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(world: Enrolled) -> Cycle:
    """The year after."""
    return World(world.person, code="A28", opens=-1).cycle


def deferred(world: Enrolled, later: Cycle, amina: User) -> Deferral:
    file = world.filed(amina).offer.decision.application
    return deferring.defer(file, later, reason="A birth.", by=world.claire)


def test_the_place_moves_and_the_person_is_told(world: Enrolled, later: Cycle, amina: User) -> None:
    made = deferred(world, later, amina)
    assert UdemFile.objects.get().status == Filing.DEFERRED
    again = deferring.defer(made.application, later, reason="Again.", by=world.claire)
    assert again == made
    letter = OutgoingEmail.objects.get(letter="deferral_recorded")
    assert later.name in letter.text
    assert "A birth" not in letter.text
    here, there = world.board(), read(later, world.claire, world.board().at)
    assert [(row.taken, row.promised, row.free) for row in seats_of(here)] == [
        (0, 0, 10),
        (0, 0, 10),
    ]
    assert [(row.taken, row.promised, row.free) for row in seats_of(there)] == [
        (0, 1, 9),
        (0, 0, 10),
    ]
    assert AuditEntry.objects.get(verb="defer").why == "A birth."


def test_it_is_undone(world: Enrolled, later: Cycle, amina: User) -> None:
    made = deferred(world, later, amina)
    for _turn in range(2):
        deferring.undo(made, by=world.claire)
    assert UdemFile.objects.get().status == Filing.FILED
    assert deferring.deferral_of(made.application) is None
    assert AuditEntry.objects.filter(verb="undo_deferral").count() == 1
    again = deferring.defer(made.application, later, reason="After all.", by=world.claire)
    assert again != made


def test_undone_after_the_file_moved_on_the_file_stays(
    world: Enrolled, later: Cycle, amina: User
) -> None:
    made = deferred(world, later, amina)
    UdemFile.objects.update(status=Filing.FILED)
    deferring.undo(made, by=world.claire)
    assert UdemFile.objects.get().status == Filing.FILED


def test_what_it_needs(world: Enrolled, later: Cycle, amina: User, bruno: User) -> None:
    waiting = world.answered(bruno).application
    file = world.filed(amina).offer.decision.application

    def refused(to: Cycle, of: object = file, by: User | None = None) -> bool:
        with pytest.raises(Refused) as told:
            deferring.defer(of, to, reason="x", by=by or world.claire)  # type: ignore[arg-type]
        return told.value.forbidden

    assert not refused(later, waiting), "no yes, no place to keep"
    assert not refused(world.cycle), "the same year"
    assert refused(later, by=world.dominique)
    Intake.objects.filter(cycle=later).delete()
    assert not refused(later), "no such program there"
    UdemFile.objects.update(status=Filing.REGISTERED)
    assert not refused(later)
    assert deferring.cycles_after(world.cycle) == [later]
    assert not deferring.may_defer(None)


def test_one_promise_at_a_time(world: Enrolled, later: Cycle, amina: User) -> None:
    made = deferred(world, later, amina)
    third = World(world.person, code="A29", opens=0).cycle
    with pytest.raises(Refused):
        deferring.defer(made.application, third, reason="x", by=world.claire)
