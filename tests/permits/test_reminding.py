"""Letters about permits: on their day, about what can be done, once, and to nobody who waits."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from cycles.clock import MONTREAL
from cycles.models import Cycle
from followup.models import Filing, Offer, UdemFile
from notifications.models import OutgoingEmail
from permits import errands, reminding, tasks
from permits.models import Kind, State, WhyNot
from tests.followup.factories import World
from tests.permits.factories import accepted, admitted, ago, guides, reported, told

pytestmark = pytest.mark.django_db
# Counted back from 30 August 2027: study and co-op permits by 7 June (12 weeks), the CAQ by 26 April (6 weeks more).
STARTS = date(2027, 8, 30)
STUDY_DUE, CAQ_DUE = date(2027, 6, 7), date(2027, 4, 26)


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of Montréal in 2027."""
    return datetime(2027, month, day, hour, minute, tzinfo=MONTREAL).astimezone(UTC)


def ready(world: World, who: User, *, letter: bool = True) -> Application:
    """Who said yes on 28 January, whose funds are gathered, and who has UdeM's letter."""
    file = accepted(world, who)
    if letter:
        admitted(file, world.claire)
    reported(file, Kind.FUNDS, State.READY)
    said_yes(file, at(1, 28, 12))
    return file


def said_yes(file: Application, moment: datetime) -> None:
    """As if the offer had been accepted then."""
    offer = Offer.objects.filter(decision__application=file)
    offer.update(replied_at=moment, reply_by=moment + timedelta(days=1))


def calendar(cycle: Cycle) -> None:
    """The delays and the start of term, once everything of the past is done."""
    guides(cycle)
    Cycle.objects.filter(pk=cycle.pk).update(starts_on=STARTS)


def through(first: datetime, days: int) -> list[tuple[str, str]]:
    """Which letters left when, running both verbs every three hours of these days; in Montréal."""
    left = []
    for turn in range(days * 8):
        moment = first + timedelta(hours=3 * turn)
        for verb in (reminding.remind_of_permits, reminding.warn_of_late_permits):
            count = verb(at=moment)
            left += [(f"{moment.astimezone(MONTREAL):%m-%d %H:%M}", verb.__name__)] * count
    return left


REMIND, LATE = "remind_of_permits", "warn_of_late_permits"


def letters(name: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter=name).order_by("pk"))


# The days -----------------------------------------------------------------------------------------
def test_two_weeks_before_on_the_day_and_once_when_it_has_passed(world: World, amina: User) -> None:
    ready(world, amina)
    calendar(world.cycle)
    left = through(at(4, 1, 0), 60)
    assert left == [("04-12 09:00", REMIND), ("04-26 09:00", REMIND), ("04-27 09:00", LATE)]
    first, _second = letters("permit_reminder")
    assert first.address == amina.email
    assert "26\u00a0avril\u00a02027" in first.subject
    assert "CAQ" in first.text
    assert "CAQ" not in first.subject
    (late,) = letters("permit_late")
    assert "avril" in late.text


def test_both_languages(world: World, person: Any) -> None:
    ready(world, person("awa", language="en"))
    calendar(world.cycle)
    through(at(4, 12), 1)
    (letter,) = letters("permit_reminder")
    assert letter.subject.startswith("A step to take by 26\u00a0April\u00a02027")
    assert "Study permit" not in letter.text


def test_what_is_asked_for_is_not_reminded_of_and_the_next_step_is(
    world: World, amina: User
) -> None:
    file = ready(world, amina)
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(2))
    calendar(world.cycle)
    # The CAQ is with the authority: the permits wait for it.
    assert through(at(4, 1, 0), 60) == []
    reported(file, Kind.CAQ, State.OBTAINED, obtained_on=ago(0))
    assert through(at(5, 24, 0), 16) == [
        *(("05-24 09:00", REMIND), ("06-07 09:00", REMIND), ("06-08 09:00", LATE))
    ]
    text = letters("permit_reminder")[0].text
    assert "Permis d’études" in text
    assert "Permis de travail coop" in text


def test_a_refusal_is_something_to_do_again(world: World, amina: User) -> None:
    file = ready(world, amina)
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(9))
    reported(file, Kind.CAQ, State.REFUSED, refused_on=ago(1))
    calendar(world.cycle)
    assert through(at(4, 26), 1) == [("04-26 09:00", REMIND)]


def test_nobody_is_hurried_while_they_wait_for_the_letter(world: World, amina: User) -> None:
    file = ready(world, amina, letter=False)
    calendar(world.cycle)
    assert through(at(4, 1, 0), 60) == []
    admitted(file, world.claire)
    # It came when it was late already: told once, in the morning.
    assert through(at(5, 31, 0), 3) == [("05-31 09:00", LATE)]


def test_a_worker_that_slept_sends_only_the_latest(world: World, amina: User) -> None:
    ready(world, amina)
    calendar(world.cycle)
    assert reminding.remind_of_permits(at=at(4, 26, 15)) == 1
    assert reminding.remind_of_permits(at=at(4, 26, 16)) == 0
    assert reminding.warn_of_late_permits(at=at(7, 1)) == 1


def test_delays_that_change_do_not_tell_of_a_late_step_again(world: World, amina: User) -> None:
    ready(world, amina)
    calendar(world.cycle)
    assert reminding.warn_of_late_permits(at=at(4, 27)) == 1
    world.cycle.permit_guides.filter(kind=Kind.CAQ).update(weeks_max=8)
    assert reminding.warn_of_late_permits(at=at(4, 28)) == 0


# Whom it leaves alone -----------------------------------------------------------------------------
@pytest.mark.parametrize("end", list(reminding.OVER))
def test_nobody_whose_file_came_to_nothing(world: World, amina: User, end: Filing) -> None:
    ready(world, amina)
    calendar(world.cycle)
    UdemFile.objects.update(status=end)
    assert through(at(4, 12), 1) == []


def test_nobody_who_withdrew_or_left_or_needs_none(
    world: World, amina: User, bruno: User, person: Any
) -> None:
    gone, closed, citizen = ready(world, amina), ready(world, bruno), ready(world, person("awa"))
    calendar(world.cycle)
    lifecycle.withdraw(gone, by=amina)
    User.objects.filter(pk=closed.applicant_id).update(is_active=False)
    told(citizen, "resident", change="granted")
    assert through(at(4, 12), 1) == []
    assert reminding.warn_of_late_permits(at=at(5, 12)) == 0


def test_nobody_once_studies_have_begun(world: World, amina: User) -> None:
    ready(world, amina)
    calendar(world.cycle)
    assert reminding.warn_of_late_permits(at=at(8, 30)) == 0
    Cycle.objects.update(second_start_on=date(2028, 1, 10))
    # The term of this person is still the first one.
    assert reminding.warn_of_late_permits(at=at(8, 30)) == 0
    assert reminding.warn_of_late_permits(at=at(8, 29)) == 1


def test_nobody_on_the_heels_of_their_yes(world: World, amina: User) -> None:
    file = ready(world, amina)
    calendar(world.cycle)
    said_yes(file, at(4, 12, 8))
    assert reminding.remind_of_permits(at=at(4, 12)) == 0
    said_yes(file, at(4, 27, 8))
    assert reminding.warn_of_late_permits(at=at(4, 27, 9)) == 0
    assert reminding.warn_of_late_permits(at=at(4, 27, 20)) == 1


def test_a_step_that_is_not_needed_is_not_reminded_of(world: World, amina: User) -> None:
    file = ready(world, amina)
    reported(file, Kind.CAQ, State.NOT_NEEDED, why_not=WhyNot.UDEM)
    calendar(world.cycle)
    assert through(at(4, 12), 1) == []


# The timetable ------------------------------------------------------------------------------------
def test_what_is_to_come_is_told_before(world: World, amina: User) -> None:
    file = ready(world, amina)
    calendar(world.cycle)
    now = at(4, 1)
    assert errands.reminder_moments(now) == [at(4, 12), at(4, 26)]
    assert errands.late_moments(now) == [at(4, 27)]
    (would,) = errands.reminders_due(at(4, 12))
    assert (would.letter, would.language, would.row, would.file) == (
        *("permit_reminder", "fr", file.pk, file.pk),
    )
    assert [one.letter for one in errands.late_due(at(4, 27))] == ["permit_late"]
    for read in (errands.read_reminder, errands.read_late):
        found = read(file.pk, now)
        assert found is not None
        assert found[2]["due"] == CAQ_DUE
        assert read(0, now) is None


def test_a_step_that_is_held_waits_for_the_next_run(
    world: World, amina: User, bruno: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(world, amina)
    file = ready(world, bruno)
    calendar(world.cycle)
    owed = reminding.reminders_owed
    calls = []

    def meanwhile(moment: datetime, people: Any = None) -> Any:
        """Between the two looks, Bruno reports."""
        if people is not None:
            reported(file, Kind.CAQ, State.ASKED, asked_on=ago(0))
        calls.append(people)
        return owed(moment, people)

    monkeypatch.setattr(reminding, "reminders_owed", meanwhile)
    assert reminding.remind_of_permits(at=at(4, 12)) == 1
    assert [letter.address for letter in letters("permit_reminder")] == [amina.email]
    assert len(calls) == 2


def test_the_tasks_run(world: World) -> None:
    tasks.remind_of_permits()
    tasks.warn_of_late_permits()


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_three_as_for_one(world: World, person: Any, count: int) -> None:
    for index in range(count):
        ready(world, person(f"p{index}"))
    calendar(world.cycle)
    with CaptureQueriesContext(connection) as found:
        assert reminding.remind_of_permits(at=at(4, 12)) == count
    assert len(found) == COST


COST = 20
