"""Registered, deferred, not registered: recorded together, left out with a reason, undone as a whole; the welcome."""

from uuid import uuid4

import pytest

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from enrolment import deferring, endings, welcoming
from enrolment.models import Ending, Welcome
from followup import student_centre
from followup.models import Filing, UdemFile
from followup.student_centre import Facts
from notifications.models import OutgoingEmail
from tests.enrolment.factories import TODAY, Enrolled, conflict
from tests.followup.factories import World

pytestmark = pytest.mark.django_db
LETTERS = OutgoingEmail.objects.filter(letter="welcome")


def ids() -> list[int]:
    return list(Application.objects.values_list("pk", flat=True))


def ended(world: Enrolled, to: Filing = Filing.REGISTERED, **more: object) -> int:
    given = {"on": TODAY, "key": uuid4(), "by": world.claire, **more}
    return endings.record_ends(world.cycle, ids(), to, **given)  # type: ignore[arg-type]


def test_an_end_is_recorded_once_and_undone_as_a_whole(
    world: Enrolled, amina: User, bruno: User
) -> None:
    world.at(amina, Filing.ACCEPTED)
    world.filed(bruno)
    key = uuid4()
    assert [ended(world, key=key) for _turn in range(2)] == [2, 2]
    assert Ending.objects.count() == 2
    assert set(UdemFile.objects.values_list("status", "ended_on")) == {("registered", TODAY)}
    assert endings.undo(key, by=world.claire) == (2, 0)
    assert set(UdemFile.objects.values_list("status", "ended_on")) == {
        ("accepted", None),
        ("filed", None),
    }
    assert endings.undo(key, by=world.claire) == (0, 0)
    assert AuditEntry.objects.filter(verb="undo_ending").count() == 2


def test_whoever_changed_since_stays(world: Enrolled, amina: User) -> None:
    udem_file, key = world.filed(amina), uuid4()
    ended(world, key=key)
    student_centre.record_step(udem_file, Filing.NOT_REGISTERED, Facts(), by=world.claire)
    assert endings.undo(key, by=world.claire) == (0, 1)
    udem_file.refresh_from_db()
    assert udem_file.status == Filing.NOT_REGISTERED


def test_who_is_left_out(world: Enrolled, amina: User, bruno: User) -> None:
    world.accepted(amina)
    world.answered(bruno)
    third, fourth = world.person("p3"), world.person("p4")
    world.at(third, Filing.REFUSED)
    world.at(fourth, Filing.REGISTERED)

    def why(person: User, to: Filing) -> object:
        (line,) = endings.preview(world.board(), [world.entry(person)], to)
        return line.why_not

    assert why(amina, Filing.REGISTERED) == endings.NO_NUMBER
    assert why(amina, Filing.NOT_REGISTERED) is None
    assert why(bruno, Filing.NOT_REGISTERED) == endings.NO_YES
    assert why(third, Filing.REGISTERED) == endings.ENDED
    assert why(fourth, Filing.REGISTERED) == endings.ALREADY
    assert why(fourth, Filing.NOT_REGISTERED) is None
    with pytest.raises(Refused):
        ended(world)
    lifecycle.withdraw(Application.objects.get(applicant=amina), by=amina)
    assert why(amina, Filing.NOT_REGISTERED) == endings.NO_YES


def test_only_coordinators_record_and_only_ends(world: Enrolled, amina: User) -> None:
    world.filed(amina)
    for more in ({"by": world.dominique}, {"by": amina}):
        with pytest.raises(Refused) as refused:
            ended(world, **more)
        assert refused.value.forbidden
    with pytest.raises(Refused):
        ended(world, Filing.ADMITTED)
    with pytest.raises(Refused) as refused:
        endings.undo(uuid4(), by=world.dominique)
    assert refused.value.forbidden


def test_a_conflict_keeps_ends_from_being_undone(world: Enrolled, amina: User, celia: User) -> None:
    file, key = world.filed(amina).offer.decision.application, uuid4()
    ended(world, key=key)
    conflict(file, celia, by=world.claire)
    with pytest.raises(Refused) as refused:
        endings.undo(key, by=celia)
    assert refused.value.forbidden


def test_welcome_once_and_only_those_registered(world: Enrolled, amina: User, bruno: User) -> None:
    key = uuid4()
    world.filed(amina)
    ended(world, key=key)
    world.filed(bruno)
    assert welcoming.welcome(world.cycle, ids(), by=world.claire) == 1
    assert welcoming.welcome(world.cycle, ids(), by=world.claire) == 0
    (letter,) = LETTERS
    assert letter.address == amina.email
    assert Welcome.objects.get().application.applicant == amina
    with pytest.raises(Refused):
        endings.undo(key, by=world.claire)
    with pytest.raises(Refused) as refused:
        welcoming.welcome(world.cycle, ids(), by=world.dominique)
    assert refused.value.forbidden


def test_a_deferral_is_undone_before_the_end(world: Enrolled, amina: User) -> None:
    file, key = world.filed(amina).offer.decision.application, uuid4()
    ended(world, Filing.NOT_REGISTERED, key=key)
    later = World(world.person, code="A28", opens=-1).cycle
    deferring.defer(file, later, reason="Health.", by=world.claire)
    with pytest.raises(Refused):
        endings.undo(key, by=world.claire)
