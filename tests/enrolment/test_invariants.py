"""`check_invariants` sees what is broken on the board and in the handing over, and nothing else."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from accounts.models import User
from audit.invariants import broken
from audit.models import AuditEntry
from enrolment import closing, deferring, endings, invariants, reminding, welcoming
from enrolment.models import Closing, Deferral, Kind, Reminder, Welcome
from followup.models import Filing, UdemFile
from notifications.models import OutgoingEmail
from tests.enrolment.factories import TODAY, Enrolled
from tests.followup.factories import World

pytestmark = pytest.mark.django_db


def lived(world: Enrolled, amina: User, bruno: User) -> None:
    """One reminded and deferred, one registered and welcomed, and a closed cycle."""
    by, cycle = world.claire, world.cycle
    first = world.accepted(amina).decision.application
    other = world.at(bruno, Filing.ACCEPTED).offer.decision.application
    later = World(world.person, code="A28", opens=-1).cycle
    reminding.remind(cycle, [first.pk], Kind.FILING, key=uuid4(), by=by)
    deferring.defer(first, later, reason="A birth.", by=by)
    endings.record_ends(cycle, [other.pk], Filing.REGISTERED, on=TODAY, key=uuid4(), by=by)
    welcoming.welcome(cycle, [other.pk], by=by)
    closing.confirm(closing.propose(cycle, by=by), by=world.dominique)


def of_the_board() -> list[str]:
    return [
        *invariants.letters_of_the_board_have_their_rows(),
        *invariants.only_registered_people_were_welcomed(),
        *invariants.deferrals_have_their_status(),
        *invariants.closings_agree_with_the_trail(),
    ]


def test_a_sound_world_is_sound(world: Enrolled, amina: User, bruno: User) -> None:
    lived(world, amina, bruno)
    assert of_the_board() == []
    # The letter of a report stays when the file moves on; that rule is of the room before.
    assert [line for line in broken() if not line.startswith("udem_filed:")] == []


def lose_a_letter() -> None:
    OutgoingEmail.objects.filter(letter="welcome").delete()


def lose_a_reminder() -> None:
    Reminder.objects.all().delete()


def move_the_file_on() -> None:
    UdemFile.objects.filter(status=Filing.DEFERRED).update(status=Filing.NOT_REGISTERED)


def defer_backwards() -> None:
    for row in Deferral.objects.all():
        Deferral.objects.update(to_cycle=row.application.cycle)


def reopen_it_by_hand() -> None:
    Closing.objects.update(status="reopened")


def welcome_the_deferred() -> None:
    row = Deferral.objects.get()
    Welcome.objects.update(application=row.application)
    OutgoingEmail.objects.filter(letter="welcome").update(key=f"welcome:{row.application_id}")


@pytest.mark.parametrize(
    ("breaking", "check"),
    [
        (lose_a_letter, invariants.letters_of_the_board_have_their_rows),
        (lose_a_reminder, invariants.letters_of_the_board_have_their_rows),
        (move_the_file_on, invariants.deferrals_have_their_status),
        (defer_backwards, invariants.deferrals_have_their_status),
        (reopen_it_by_hand, invariants.closings_agree_with_the_trail),
        (welcome_the_deferred, invariants.only_registered_people_were_welcomed),
    ],
)
def test_what_is_broken_is_told(
    world: Enrolled,
    amina: User,
    bruno: User,
    breaking: Callable[[], None],
    check: Callable[[], object],
) -> None:
    lived(world, amina, bruno)
    breaking()
    assert list(check())  # type: ignore[call-overload]


def test_a_welcome_stays_sound_when_the_registration_is_put_right(
    world: Enrolled, amina: User, bruno: User
) -> None:
    lived(world, amina, bruno)
    UdemFile.objects.filter(status=Filing.REGISTERED).update(status=Filing.NOT_REGISTERED)
    assert AuditEntry.objects.filter(new=Filing.REGISTERED).exists()
    assert list(invariants.only_registered_people_were_welcomed()) == []
