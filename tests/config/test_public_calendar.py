"""The cycle as the public reads it, and the home page in each of its states."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import translation

from config.public_calendar import Left, PublicCalendar
from tests.config.face_pages import STATES, fall
from tests.config.reading import CLOSE, pages, visible


def test_the_time_left_is_cut_as_people_say_it() -> None:
    now = datetime(2026, 11, 24, 19, 20, 30, tzinfo=UTC)
    assert Left.until(CLOSE, now) == Left(7, 9, 39)
    assert Left.until(now, CLOSE) == Left(0, 0, 0)


@pytest.mark.parametrize(("gap", "words"), [(0, "same day"), (1, "One day"), (12, "12 days")])
def test_the_gap_is_computed_from_the_dates(gap: int, words: str) -> None:
    cycle = fall()
    cycle.udem_safe_on = cycle.release_on + timedelta(days=gap)
    with translation.override("en"):
        assert words in PublicCalendar(cycle).gap_sentence


def test_the_six_steps_of_the_year() -> None:
    now = datetime(2026, 11, 24, 19, 20, tzinfo=UTC)
    with translation.override("fr"):
        steps = PublicCalendar(fall(), now).steps
    assert [step["state"] for step in steps] == ["done", "now", "", "", "", ""]
    assert [visible(step["when"]) for step in steps] == [
        "15 octobre 2026",
        "1er décembre, 23 h 59",
        "8 décembre",
        "Jusqu’au 15 janvier 2027",
        "D’ici le 27 janvier",
        "31 janvier, 23 h 59",
    ]
    assert steps[1]["text"].startswith("Dans 7 jours.")
    assert steps[3]["text"].startswith("Deux professeures ou professeurs")


def test_the_last_day_says_today() -> None:
    with translation.override("en"):
        on_the_day = PublicCalendar(fall(), datetime(2026, 12, 1, 20, 0, tzinfo=UTC)).steps
        after = PublicCalendar(fall(), datetime(2026, 12, 3, 20, 0, tzinfo=UTC)).steps
    assert on_the_day[1]["text"].startswith("Today.")
    assert after[1]["text"] == "New applications are closed."


def test_the_bar_stays_within_its_ends() -> None:
    cycle = fall()
    assert PublicCalendar(cycle, cycle.opens_at - timedelta(days=9)).bar == 0
    assert PublicCalendar(cycle, cycle.opens_at).bar == 0
    assert PublicCalendar(cycle, cycle.closes_at + timedelta(days=9)).bar == 400


def test_once_the_last_limit_is_past_nothing_counts_down() -> None:
    cycle = fall()
    later = PublicCalendar(cycle, datetime(2027, 3, 1, tzinfo=UTC))
    assert (later.target, later.left) == (None, None)


FIRST_WORDS = {
    "before": ("Voir ce qu’il faut préparer", "See what to prepare"),
    "open": ("Commencer ma demande", "Start my application"),
    "reading": ("Suivre ma demande", "Follow my application"),
    "answers": ("Ouvrir ma demande", "Open my application"),
    "after": ("Cette période d’admission est terminée", "This intake is over"),
    "none": ("Aucune période d’admission", "No intake is announced"),
}


@pages
@pytest.mark.parametrize("state", [*STATES, "none"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_home_page_in_each_state(client: Client, state: str, language: str) -> None:
    response = client.get(f"{'/en' if language == 'en' else ''}/states/{state}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert FIRST_WORDS[state][language == "en"] in visible(html)
    assert f'<html lang="{language}-CA">' in html
    assert "csrf" not in html
    assert response.cookies == {}
    # Everything that the browser fetches by itself comes from this site.
    fetched = re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', html)
    assert fetched
    assert [address for address in fetched if not re.match(r"/(?!/)", address)] == []
    assert "style=" not in html
    assert not re.search(r"<script(?![^>]+src=)", html)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/en/"])
def test_the_public_home_page_says_when_nothing_is_announced(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.cookies == {}
    assert response["Vary"] == "Cookie" or "Cookie" in response["Vary"]


@pages
def test_a_first_visit_is_light(client: Client) -> None:
    """250 kB compressed at most: the page, its sheets, its scripts, and the fonts that its letters need."""
    html = client.get("/states/open/").content
    addresses = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html.decode()))
    addresses |= {"vendor/fonts/source-serif-4-latin-opsz-normal.woff2"}
    total = len(gzip.compress(html))
    for address in addresses:
        found = finders.find(address)
        assert found, address
        content = Path(str(found)).read_bytes()
        total += len(content) if address.endswith("woff2") else len(gzip.compress(content))
    assert total <= 250_000, f"{total} bytes"
    assert len(gzip.compress(html)) <= 30_000
