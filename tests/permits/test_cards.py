"""What "my application", its thread and its calendar file say of permits; nothing before the yes."""

from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from permits.models import Kind, State
from tests.followup.factories import World
from tests.followup.pages import address, signed_in
from tests.permits.factories import accepted, admitted, ago, guides, reported, told

pytestmark = pytest.mark.django_db


def home(user: User, language: str = "fr") -> str:
    answer = signed_in(user).get(address("my_application", language=language))
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def calendar(user: User, number: str) -> dict[str, object]:
    """Each date by its title."""
    answer = signed_in(user).get(address("application_calendar", number))
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["summary"]).replace("\u00a0", " "): event["dtstart"].dt for event in events}


@pytest.mark.parametrize(("language", "words"), [("fr", "Mes permis"), ("en", "My permits")])
def test_the_card_leads_to_the_page(world: World, amina: User, language: str, words: str) -> None:
    file = accepted(world, amina)
    text = home(amina, language)
    assert words in text
    assert address("permits", file.number, language=language) in text


@pytest.mark.parametrize("status", ["citizen", "resident"])
def test_who_needs_none_reads_one_line(world: World, amina: User, status: str) -> None:
    accepted(world, amina, status)
    text = home(amina)
    assert "Il ne vous faut aucun permis" in text
    assert "Mes permis" not in text


def test_before_the_yes_there_is_nothing(world: World, amina: User, bruno: User) -> None:
    world.answered(amina)
    world.submitted(bruno)
    for user in (amina, bruno):
        assert "permits-title" not in home(user)


def test_the_thread_tells_what_was_and_what_comes(world: World, amina: User) -> None:
    file = accepted(world, amina)
    guides(world.cycle)
    told(file, "none")
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(3))
    thread = home(amina).partition("<aside")[2].partition("</aside>")[0]
    places = [
        thread.index(words)
        for words in (
            *("Vous avez dit oui", "Statut au Canada confirmé", "du Québec : Demandé"),
            *("Preuve de ressources financières, au plus tard", "Permis d’études, au plus tard"),
            "Inscription et rentrée",
        )
    ]
    assert places == sorted(places)


def test_the_latest_days_are_in_the_calendar_file(world: World, amina: User) -> None:
    file = accepted(world, amina)
    guides(world.cycle)
    admitted(file, world.claire)
    reported(file, Kind.FUNDS, State.READY)
    dates = calendar(amina, file.number)
    title = "Permis d’études : dernier jour pour le demander"
    assert dates[title] == world.cycle.starts_on - timedelta(weeks=12)
    assert not [title for title in dates if "ressources" in title]
    told(file, "citizen", change="mistake")
    assert not [title for title in calendar(amina, file.number) if "dernier jour pour" in title]


@pytest.mark.parametrize("count", [0, 3])
def test_the_home_costs_the_same_however_much_was_reported(
    world: World, amina: User, count: int
) -> None:
    file = accepted(world, amina)
    for kind in (Kind.FUNDS, Kind.CAQ, Kind.STUDY)[:count]:
        reported(file, kind, State.READY)
    with CaptureQueriesContext(connection) as found:
        home(amina)
    permits = [one["sql"] for one in found if '"permits_permit' in one["sql"]]
    assert len(permits) == 4
