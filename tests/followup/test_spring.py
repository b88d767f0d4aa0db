"""A whole spring of the waitlist under a moved clock, and what the timetable announces of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from cycles.clock import MONTREAL, day_of, end_of
from followup import announcing, calls, errands, offers, reminding, tasks
from followup.models import CallRules, Offer, Reply
from followup.situation import State, of_application
from notifications.models import OutgoingEmail
from reviews.models import Decision
from tests.followup.factories import World
from tests.followup.test_reminding import at, calendar
from tests.followup.waitlists import People, automatic, left, letters, one_seat, unsound, withdrawn

pytestmark = pytest.mark.django_db
NOW = timezone.now
DAY = timedelta(days=1)


# A whole spring -----------------------------------------------------------------------------------
def montreal(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=MONTREAL).astimezone(UTC)


def test_the_waitlist_of_a_whole_spring(world: World, people: People) -> None:
    """20 March: one is called and lets it lapse; the next is called, accepts; the third hears of the end."""
    four = people(4)
    offered, one, two, three = world.answered_all(four[:1], four[1:], seats=1)
    calendar(world.cycle)
    automatic(world)
    offers.decline(offered_again(offered), by=four[0], at=at(29))
    left()
    world.cycle.refresh_from_db()

    hours: dict[str, list[str]] = {}
    run_through(montreal(20, 9), montreal(24, 3), hours)
    first = Offer.objects.get(decision=one)
    assert first.called_at == montreal(20, 9)
    assert first.reply_by == end_of(date(2027, 3, 23))
    assert hours[f"offer_reminder:{four[1].email}"] == ["03-21 09:00", "03-23 09:00"]
    first.refresh_from_db()
    assert first.status == Reply.EXPIRED
    assert hours[f"offer_expired:{four[1].email}"] == ["03-24 00:15"]

    second = Offer.objects.get(decision=two)
    assert montreal(24, 0) < second.called_at <= montreal(24, 1), "within the hour of the lapse"
    assert second.reply_by == end_of(date(2027, 3, 27))
    page = of_application(two.application, four[2], at=montreal(24, 12))
    assert (page.state, page.is_late_for_udem) == (State.SELECTED, True)
    offers.accept(two, by=four[2], at=montreal(25, 15))
    (late,) = letters("offer_accepted_late")
    assert "has passed" in late.text or "est passée" in late.text
    assert not letters("offer_accepted")

    run_through(montreal(15, 21, 4), montreal(16, 12, 4), hours)
    assert hours[f"waitlist_ended:{four[3].email}"] == ["04-16 09:00"]
    assert [row.address for row in letters("waitlist_ended")] == [four[3].email]
    assert (
        of_application(three.application, four[3], at=montreal(16, 9, 4)).state == State.WAIT_OVER
    )
    assert not Offer.objects.filter(decision=three).exists()
    assert unsound() == []


def offered_again(decision: Decision) -> Decision:
    return Decision.objects.select_related("application__cycle").get(pk=decision.pk)


def run_through(start: datetime, end: datetime, kept: dict[str, list[str]]) -> None:
    """The timetable every fifteen minutes; what was queued has left by the next turn, and its hour is kept."""
    moment = start
    while moment <= end:
        offers.lapse_all(at=moment)
        calls.call_by_itself(at=moment)
        reminding.remind_of_replies(at=moment)
        announcing.end_waitlists(at=moment)
        announcing.tell_free_seats(at=moment)
        new = OutgoingEmail.objects.filter(status=OutgoingEmail.Status.PENDING)
        for row in new:
            told = f"{moment.astimezone(MONTREAL):%m-%d %H:%M}"
            kept.setdefault(f"{row.letter}:{row.address}", []).append(told)
        left()
        moment += timedelta(minutes=15)


# Announcements ------------------------------------------------------------------------------------
def test_coordinators_hear_once_a_day_of_seats_that_nobody_is_called_for(
    world: World, people: People
) -> None:
    first, _second = one_seat(world, people(3))
    morning = datetime.combine(day_of(NOW()) + DAY, datetime.min.time(), tzinfo=MONTREAL)
    nine = morning + timedelta(hours=9)
    assert announcing.tell_free_seats(at=morning) == 0, "not at night"
    assert announcing.tell_free_seats(at=nine) == 1
    assert announcing.tell_free_seats(at=nine + timedelta(hours=5)) == 0
    (letter,) = letters("seats_free")
    assert letter.address == world.claire.email
    assert first.application.number not in letter.text
    assert first.application.name not in letter.text
    assert announcing.tell_free_seats(at=nine + DAY) == 1
    calls.call(first, by=world.claire, at=NOW())
    assert announcing.tell_free_seats(at=nine + 2 * DAY) == 0


def test_nobody_hears_of_seats_that_are_called_for_by_itself_or_of_no_use(
    world: World, people: People
) -> None:
    (first,) = one_seat(world, people(2))
    nine = datetime.combine(day_of(NOW()) + DAY, datetime.min.time(), tzinfo=MONTREAL)
    nine += timedelta(hours=9)
    over = end_of(world.cycle.waitlist_ends_on) + timedelta(hours=12)
    assert announcing.tell_free_seats(at=over) == 0
    automatic(world)
    assert announcing.tell_free_seats(at=nine) == 0
    CallRules.objects.all().delete()
    withdrawn(world, first)
    assert announcing.tell_free_seats(at=nine) == 0, "nobody is left to call"


def test_the_end_is_told_for_a_week_and_to_those_never_called(world: World, people: People) -> None:
    first, second, third = one_seat(world, people(4))
    calls.call(first, by=world.claire, at=NOW())
    withdrawn(world, third)
    last = end_of(world.cycle.waitlist_ends_on)
    assert announcing.end_waitlists(at=last) == 0
    assert announcing.end_waitlists(at=last + timedelta(hours=2)) == 0, "not at night"
    assert announcing.end_waitlists(at=last + 30 * DAY) == 0, "stale"
    assert announcing.end_waitlists(at=last + timedelta(hours=10)) == 1
    assert announcing.end_waitlists(at=last + timedelta(hours=11)) == 0
    (letter,) = letters("waitlist_ended")
    assert letter.address == second.application.applicant.email
    assert "waitlist" not in letter.text
    assert "liste d’attente" not in letter.text


def test_the_timetable_has_a_task_for_each(world: World) -> None:
    tasks.end_waitlists()
    tasks.tell_free_seats()
    assert errands.read_end(0, NOW()) is None
    (moment,) = errands.end_moments(NOW())
    assert moment == announcing.end_moment(world.cycle)
