"""Reminders after the answer: of a reply that is awaited, and of the application to UdeM."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from audit.moves import Refused
from cycles.clock import MONTREAL, end_of
from cycles.models import Cycle
from followup import errands, filing, offers, reminding, tasks
from followup.models import Offer, UdemFile
from notifications.models import OutgoingEmail
from reviews.models import Decision, Release
from tests.applications.test_lifecycle import in_threads
from tests.followup.factories import NUMBER, World
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NB = "\u00a0"
# Of the real calendar: released on 27 January, 31 January and 1 February at UdeM.
RELEASED = datetime(2027, 1, 27, 12, tzinfo=MONTREAL)


def at(day: int, hour: int = 9, minute: int = 0, *, month: int = 1) -> datetime:
    """A moment of Montréal in 2027."""
    return datetime(2027, month, day, hour, minute, tzinfo=MONTREAL).astimezone(UTC)


def calendar(cycle: Cycle, **changes: Any) -> None:
    """Give the cycle the real dates, once everything of the past is done."""
    values = {
        "release_on": date(2027, 1, 27),
        "reply_by": date(2027, 1, 30),
        "udem_safe_on": date(2027, 1, 31),
        "udem_official_on": date(2027, 2, 1),
        "waitlist_ends_on": date(2027, 4, 15),
        "starts_on": date(2027, 8, 30),
        "reviews_due_on": date(2027, 1, 15),
        "documents_due_on": date(2026, 12, 8),
        **changes,
    }
    Cycle.objects.filter(pk=cycle.pk).update(**values)
    released(RELEASED)


def released(moment: datetime) -> None:
    """As if the answers had been shown then."""
    with unguarded():
        Release.objects.update(released_at=moment)


def offered(world: World, applicant: User, **changes: Any) -> Decision:
    """A released offer, on the real calendar."""
    decision = world.answered(applicant)
    calendar(world.cycle, **changes)
    return Decision.objects.select_related("application__cycle").get(pk=decision.pk)


def accepted(world: World, applicant: User, **changes: Any) -> UdemFile:
    """A yes given on 28 January at noon, and no application to UdeM reported."""
    offer = world.accepted(applicant)
    calendar(world.cycle, **changes)
    Offer.objects.filter(pk=offer.pk).update(replied_at=at(28, 12), reply_by=at(30, 23))
    return UdemFile.objects.get(offer=offer)


def through(verb: Any, first: datetime, days: int, *, minutes: int = 180) -> list[str]:
    """When letters left, running the verb every three hours of these days; in Montréal."""
    left = []
    for step in range(days * 24 * 60 // minutes):
        moment = first + timedelta(minutes=minutes * step)
        left += [f"{moment.astimezone(MONTREAL):%m-%d %H:%M}"] * verb(at=moment)
    return left


def letters(name: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter=name).order_by("pk"))


# Replies ------------------------------------------------------------------------------------------
def test_two_reminders_of_a_reply_each_once_however_often_it_runs(
    world: World, amina: User
) -> None:
    offered(world, amina)
    assert through(reminding.remind_of_replies, at(27, 12), 5) == ["01-28 09:00", "01-30 09:00"]


def test_a_reminder_says_that_a_reply_is_awaited_and_never_which_answer_it_is(
    world: World, amina: User, bruno: User
) -> None:
    decision = offered(world, amina)
    assert reminding.remind_of_replies(at=at(28)) == 1
    (french,) = letters("offer_reminder")
    assert (
        french.subject
        == f"Une réponse de votre part est attendue – dossier {decision.application.number}"
    )
    assert f"samedi 30{NB}janvier{NB}2027" in french.text
    for word in ("accept", "offre", "sélection", "félicit", "place", "217"):
        assert word not in (french.subject + french.text).lower()


def alone(verb: Any, moment: datetime) -> int:
    """How many letters leave at this moment when it is the first of all; asked again, none."""
    OutgoingEmail.objects.all().delete()
    left = verb(at=moment)
    assert verb(at=moment) == 0
    return int(left)


def test_a_worker_that_slept_sends_the_latest_and_none_in_the_last_hour(
    world: World, amina: User
) -> None:
    offered(world, amina)
    verb = reminding.remind_of_replies
    for moment in (at(28), at(29, 23), at(30, 22, 59)):
        assert alone(verb, moment) == 1
    for moment in (at(28, 8, 59), at(30, 23, 30), at(31, 0)):
        assert alone(verb, moment) == 0


def test_nobody_is_reminded_on_the_heels_of_the_answer(world: World, amina: User) -> None:
    offered(world, amina)
    released(at(27, 22))
    assert through(reminding.remind_of_replies, at(28, 0), 4) == ["01-30 09:00"]


def test_whoever_replied_withdrew_or_left_is_left_alone(
    world: World, person: Any, amina: User
) -> None:
    people = [person(f"one{index}") for index in range(4)]
    rows = [world.answered(one) for one in [*people, amina]]
    offers.accept(rows[0], by=people[0], at=timezone.now())
    offers.decline(rows[1], by=people[1], at=timezone.now())
    lifecycle.withdraw(rows[2].application, by=people[2])
    Application.objects.filter(pk=rows[3].application_id).update(status="closed")
    User.objects.filter(pk=amina.pk).update(is_active=False)
    calendar(world.cycle)
    assert reminding.remind_of_replies(at=at(28)) == 0
    User.objects.filter(pk=amina.pk).update(is_active=True)
    assert reminding.remind_of_replies(at=at(28)) == 1


def test_only_a_released_accept_waits_for_a_reply(world: World, amina: User, bruno: User) -> None:
    world.answered(amina, "decline")
    world.answered(bruno, "waitlist")
    calendar(world.cycle)
    assert reminding.remind_of_replies(at=at(28)) == 0


def test_an_offer_with_a_day_of_its_own_is_reminded_of_that_day(world: World, amina: User) -> None:
    decision = offered(world, amina)
    Offer.objects.create(decision=decision, reply_by=end_of(date(2027, 2, 20)))
    assert through(reminding.remind_of_replies, at(27, 12), 27) == ["02-18 09:00", "02-20 09:00"]
    assert at(18, month=2) in errands.reply_moments(at(27))


def test_a_day_that_is_moved_has_reminders_of_its_own(world: World, amina: User) -> None:
    offered(world, amina)
    assert reminding.remind_of_replies(at=at(30)) == 1
    calendar(world.cycle, reply_by=date(2027, 2, 3))
    assert through(reminding.remind_of_replies, at(30), 6) == ["02-01 09:00", "02-03 09:00"]


# UdeM ---------------------------------------------------------------------------------------------
def test_reminders_of_udem_before_the_safe_date_and_on_the_official_one(
    world: World, amina: User
) -> None:
    accepted(world, amina)
    assert through(reminding.remind_of_udem, at(28, 12), 6) == [
        *("01-29 09:00", "01-31 09:00", "02-01 09:00")
    ]
    safe, _day, official = letters("udem_reminder")
    assert f"au plus tard le 31{NB}janvier{NB}2027" in safe.subject
    assert "La date sûre est passée" not in safe.text
    assert f"au plus tard le 1er{NB}février{NB}2027" in official.subject
    assert "La date sûre est passée" in official.text


def test_in_english_too(world: World, bruno: User) -> None:
    accepted(world, bruno)
    assert reminding.remind_of_udem(at=at(31)) == 1
    (letter,) = letters("udem_reminder")
    assert f"by 31{NB}January{NB}2027" in letter.subject
    assert "217-510" in letter.text


def test_a_late_worker_and_the_end_of_udem(world: World, amina: User) -> None:
    accepted(world, amina)
    verb = reminding.remind_of_udem
    for moment in (at(31, 23, 50), at(1, 3, month=2), at(1, 22, 59, month=2)):
        assert alone(verb, moment) == 1
    for moment in (at(29, 8, 59), at(1, 23, 30, month=2), at(2, month=2)):
        assert alone(verb, moment) == 0


def test_whoever_reported_or_withdrew_is_left_alone(world: World, person: Any) -> None:
    one, two, three = (person(f"one{index}") for index in range(3))
    done, gone = world.accepted(one), world.accepted(two)
    world.accepted(three)
    filing.report_filing(done.udem_file, by=one, number=NUMBER, filed_on=timezone.localdate())
    lifecycle.withdraw(gone.decision.application, by=two)
    calendar(world.cycle)
    Offer.objects.update(replied_at=at(28, 12), reply_by=at(30, 23))
    assert reminding.remind_of_udem(at=at(31)) == 1
    assert [letter.address for letter in letters("udem_reminder")] == [three.email]


def test_a_yes_of_the_evening_waits_for_the_next_reminder(world: World, amina: User) -> None:
    udem_file = accepted(world, amina)
    Offer.objects.filter(pk=udem_file.offer_id).update(replied_at=at(30, 22))
    assert through(reminding.remind_of_udem, at(31, 0), 3) == ["02-01 09:00"]


def test_one_date_only_at_udem(world: World, amina: User) -> None:
    accepted(world, amina, udem_official_on=date(2027, 1, 31))
    assert through(reminding.remind_of_udem, at(28, 12), 5) == ["01-29 09:00", "01-31 09:00"]


# Both nights, many at once, the timetable -----------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 11, 1), datetime(2026, 11, 1, 14, tzinfo=UTC)),
        (date(2026, 10, 31), datetime(2026, 10, 31, 13, tzinfo=UTC)),
        (date(2027, 3, 14), datetime(2027, 3, 14, 13, tzinfo=UTC)),
        (date(2027, 3, 13), datetime(2027, 3, 13, 14, tzinfo=UTC)),
    ],
)
def test_nine_in_the_morning_after_both_nights_when_the_clocks_change(
    day: date, utc: datetime
) -> None:
    assert reminding.reply_moments(end_of(day))[-1] == utc
    assert reminding.reply_moments(end_of(day + 2 * DAY))[0] == utc


@pytest.mark.parametrize("count", [1, 3])
def test_three_cost_as_many_queries_as_one(
    world: World, person: Any, count: int, django_assert_num_queries: Any
) -> None:
    for index in range(count):
        world.answered(person(f"waits{index}"))
        world.accepted(person(f"yes{index}"))
    calendar(world.cycle)
    Offer.objects.update(replied_at=at(28, 12), reply_by=at(30, 23))
    with django_assert_num_queries(7):
        assert reminding.remind_of_replies(at=at(30)) == count
    with django_assert_num_queries(7):
        assert reminding.remind_of_udem(at=at(31)) == count


@pytest.mark.django_db(transaction=True)
def test_whoever_replies_at_this_moment_is_left_to_the_reply(world: World, amina: User) -> None:
    decision = offered(world, amina)
    connection.set_autocommit(False)
    try:
        Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        assert in_threads(1, lambda: reminding.remind_of_replies(at=at(28))) == [0]
    finally:
        connection.rollback()
        connection.set_autocommit(True)
    assert reminding.remind_of_replies(at=at(28)) == 1


def test_the_tasks_send_nothing_today(world: World, amina: User) -> None:
    world.accepted(amina)
    tasks.remind_of_replies()
    tasks.remind_of_udem()
    assert letters("offer_reminder") == letters("udem_reminder") == []


def test_a_reminder_opens_nothing_after_the_last_day(world: World, amina: User) -> None:
    decision = offered(world, amina)
    reminding.remind_of_replies(at=at(30))
    with pytest.raises(Refused):
        offers.accept(decision, by=amina, at=at(31))
