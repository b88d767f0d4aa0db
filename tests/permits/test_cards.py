"""What "my application", its thread and its calendar file say of permits; nothing before the yes."""

from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from permits.models import Kind, PermitGuide, State
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


@pytest.mark.parametrize(
    ("language", "said", "never"),
    [
        ("fr", ["ne tiennent plus tous", "à faire sans tarder"], ["en retard", "il y a"]),
        ("en", ["no longer all fit", "do it without delay"], ["late", "days ago"]),
    ],
)
def test_who_has_little_time_is_helped_and_not_blamed(
    world: World, amina: User, language: str, said: list[str], never: list[str]
) -> None:
    file = accepted(world, amina)
    guides(world.cycle)
    PermitGuide.objects.update(weeks_min=50, weeks_max=60)
    page = signed_in(amina).get(address("permits", file.number, language=language))
    for text in (home(amina, language), page.content.decode().replace("\u00a0", " ")):
        text = text.partition("<main")[2]
        assert all(words in text for words in said)
        assert not [words for words in never if words in text]
        assert address("application_messages", file.number, language=language) in text


def test_the_first_day_stays_last_once_admitted(world: World, amina: User) -> None:
    file = accepted(world, amina)
    guides(world.cycle)
    admitted(file, world.claire)
    thread = home(amina).partition("<aside")[2].partition("</aside>")[0]
    assert thread.index("Permis d’études") < thread.index("Inscription et rentrée")


def test_the_same_said_twice_is_one_line(world: World, amina: User) -> None:
    file = accepted(world, amina)
    told(file, "citizen", change="mistake")
    told(file, "none")
    thread = home(amina).partition("<aside")[2].partition("</aside>")[0]
    assert thread.count("Statut au Canada confirmé") == 1


def test_a_proof_alone_is_not_said_to_take_months(world: World, amina: User) -> None:
    file = accepted(world, amina, "protected")
    told(file, "protected", allows="yes")
    page = signed_in(amina).get(address("permits", file.number, language="en")).content.decode()
    assert "Proof of status" in page or "Proof of your status" in page
    assert "months in all" not in page


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
