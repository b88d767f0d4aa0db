"""The dates as a calendar file: what a person may know, reminders, and one name for ever."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from accounts.models import User
from cycles.clock import end_of
from followup.calendar import entries
from followup.situation import Situation
from notifications.calendars import REMINDERS
from tests import factories
from tests.followup.factories import World
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db


def events(body: bytes) -> dict[str, Event]:
    """The dates of the file by the first part of their name."""
    found = Calendar.from_ical(body).walk("VEVENT")
    return {str(event["UID"]).split("-")[0]: event for event in found}  # type: ignore[misc]


def dates(user: User, number: str, language: str = "fr") -> dict[str, Event]:
    response = signed_in(user).get(address("application_calendar", number, language=language))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="mila-{number}.ics"'
    return events(response.content)


def start(event: Event) -> Any:
    return event.decoded("DTSTART")


def test_a_draft_has_every_date_until_the_university(world: World, amina: User) -> None:
    draft = factories.draft(amina, world.cycle)
    found = dates(amina, draft.number)
    assert list(found) == ["closes", "documents", "answer", "reply", "udem"]
    assert start(found["closes"]) == world.cycle.closes_at.replace(microsecond=0)
    assert start(found["answer"]) == world.cycle.release_on
    assert start(found["udem"]) == end_of(world.cycle.udem_safe_on)


def test_limits_remind_two_days_and_two_hours_before(world: World, amina: User) -> None:
    found = dates(amina, world.submitted(amina).number)
    alarms = [alarm.decoded("TRIGGER") for alarm in found["udem"].walk("VALARM")]
    assert alarms == [-before for before in REMINDERS] == [timedelta(days=-2), timedelta(hours=-2)]
    assert not found["answer"].walk("VALARM")


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Réponse de Mila, au plus tard"), ("en", "Mila’s answer")]
)
def test_dates_are_in_the_readers_language(
    world: World, amina: User, language: str, words: str
) -> None:
    found = dates(amina, world.submitted(amina).number, language)
    assert words in found["answer"]["SUMMARY"]
    assert found["answer"]["SUMMARY"].params["LANGUAGE"] == f"{language}-CA"


def test_a_date_keeps_its_name_and_says_when_it_was_written(world: World, amina: User) -> None:
    number = world.submitted(amina).number
    first, second = dates(amina, number), dates(amina, number, "en")
    assert [event["UID"] for event in first.values()] == [e["UID"] for e in second.values()]
    written = first["udem"].decoded("DTSTAMP")
    assert abs(timezone.now() - written) < timedelta(minutes=1)


def test_moments_are_the_same_in_summer_and_winter_time(world: World) -> None:
    cycle = world.cycle
    cycle.reply_by, cycle.udem_safe_on = date(2027, 3, 13), date(2027, 3, 14)
    cycle.release_on = date(2027, 3, 12)
    found = {entry.slug: entry.when for entry in entries(Situation(cycle, cycle.opens_at))}
    assert found["reply"] == datetime(2027, 3, 14, 4, 59, 59, tzinfo=UTC)
    assert found["udem"] == datetime(2027, 3, 15, 3, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outcome", "slugs"),
    [
        ("accept", ["reply", "udem", "starts"]),
        ("waitlist", ["waitlist"]),
        ("decline", []),
    ],
)
def test_after_the_answer_the_dates_are_its_own(
    world: World, amina: User, outcome: str, slugs: list[str]
) -> None:
    decision = world.answered(amina, outcome)
    assert list(dates(amina, decision.application.number)) == slugs


def test_after_a_yes_only_the_university_and_the_permits_wait(world: World, amina: User) -> None:
    offer = world.accepted(amina)
    assert list(dates(amina, offer.decision.application.number)) == ["udem", "starts", "permit"]


def test_after_filing_only_permits_and_the_first_day_are_left(world: World, amina: User) -> None:
    filed = world.filed(amina)
    assert list(dates(amina, filed.offer.decision.application.number)) == ["starts", "permit"]


def test_it_is_ones_own_calendar(world: World, amina: User, bruno: User, claire: User) -> None:
    page = address("application_calendar", world.submitted(amina).number)
    for stranger in (bruno, claire):
        assert signed_in(stranger).get(page).status_code == 404
    assert signed_in(amina).post(page).status_code == 405


def test_everybody_may_take_the_dates_of_the_cycle(world: World, client: Client) -> None:
    response = client.get(address("cycle_calendar", language="en"))
    found = events(response.content)
    assert list(found) == ["closes", "documents", "answer", "reply", "udem"]
    assert found["closes"]["UID"].startswith("closes-A27@")
    assert not response.cookies


def test_before_the_opening_the_calendar_has_it(client: Client) -> None:
    coming = factories.cycle(opens=3)
    found = events(client.get(address("cycle_calendar")).content)
    assert start(found["opens"]) == coming.opens_at.replace(microsecond=0)


def test_without_a_cycle_there_is_no_calendar(client: Client) -> None:
    assert client.get(address("cycle_calendar")).status_code == 404


def test_no_cycle_has_no_dates() -> None:
    assert list(entries(Situation(None, timezone.now()))) == []
