"""The timetable in a real browser: axe, width, both languages."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from audit.turns import pause, run
from tests.conftest import Settle
from tests.journeys.browser import chromium, complaints, reader
from tests.reports.timetable_world import Due, build, errand
from tests.reviews.test_look import LOOKS, Scheme, enter, look

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def due(person: Settle) -> Due:
    return build(person, count=3)


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_page_is_clean_and_fits(
    browser: Browser,
    live_server: Any,
    due: Due,
    adam: Any,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    home = f"{live_server.url}/{'en/' if language == 'en' else ''}"
    wrong = []
    with reader(browser, width=width, scheme=scheme) as page:
        enter(page, live_server, due.claire)
        wrong += look(page, f"{home}timetable/", f"timetable-stopped-{language}-{width}-{scheme}")
        for name in ("settle", "lapse_offers"):
            run(errand(name))
        pause(errand("remind_of_udem"), why="Le texte est à revoir.", by=adam)
        pages = {
            "timetable": "timetable/",
            "errand": "timetable/remind_drafts/",
            "errand-letter": f"timetable/remind_drafts/{due.drafts[0].pk}/",
        }
        for name, path in pages.items():
            wrong += look(page, home + path, f"{name}-{language}-{width}-{scheme}")
        enter(page, live_server, adam)
        for name in ("remind_of_udem", "remind_referees"):
            path = f"{home}timetable/{name}/"
            wrong += look(page, path, f"errand-{name}-{language}-{width}-{scheme}")
        assert complaints(page) == []
    assert wrong == []
