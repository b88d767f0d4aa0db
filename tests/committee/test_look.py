"""The pages of readers and plans in a real browser: axe, width, the page that waits."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from accounts.models import User
from committee import solving
from cycles.models import Cycle
from reviews import assignment as assigning
from tests import factories
from tests.committee import factories as committee
from tests.conftest import Settle
from tests.journeys.browser import chromium, complaints, reader
from tests.reviews import factories as judging
from tests.reviews.test_look import LOOKS, Scheme, enter, look

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def plans(cycle: Cycle, readers: list[User], claire: User, person: Settle) -> dict[str, str]:
    """A plan with moves and files that are short, one that is asked for; their pages by name."""
    names = ["Linh Trần-Gauthier", "Kwame Asante-Poirier", "Noor Haddad", "Théo Gagnon-Bélair"]
    files = [
        factories.submitted(person(f"one{index}", full_name=name), cycle)
        for index, name in enumerate(names)
    ]
    david, emile, zoe, ana = readers
    for file in files[:3]:
        judging.assigned(file, david, by=claire)
    row = judging.assigned(files[3], emile, by=claire)
    assigning.declare_conflict(row, by=emile, why="A friend")
    committee.takes(cycle, zoe, by=claire, capacity=2, programs=frozenset({factories.program().pk}))
    committee.takes(cycle, ana, by=claire, away=True)
    judging.saved(judging.assigned(files[3], zoe, by=claire), 3)
    committee.takes(cycle, david, by=claire, capacity=3)
    ready = committee.ready(cycle, by=claire, may_move=True)
    committee.asked(cycle, by=claire)
    return {
        "plans": "plans/",
        "readership": "plans/readers/",
        "plan": f"plans/{ready.pk}/?reader={emile.pk}",
        "file-readers": f"files/{files[0].number}/",
    }


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_page_is_clean_and_fits(
    browser: Browser,
    live_server: Any,
    plans: dict[str, str],
    claire: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    home = f"{live_server.url}/{'en/' if language == 'en' else ''}"
    with reader(browser, width=width, scheme=scheme) as page:
        enter(page, live_server, claire)
        wrong = []
        for name, path in plans.items():
            wrong += look(page, home + path, f"{name}-{language}-{width}-{scheme}")
        assert complaints(page) == []
    assert wrong == []


def test_the_page_shows_the_plan_when_it_is_there(
    browser: Browser, live_server: Any, cycle: Cycle, readers: list[User], claire: User
) -> None:
    judging.filed(3, cycle)
    with reader(browser) as page:
        enter(page, live_server, claire)
        page.goto(f"{live_server.url}/en/plans/")
        page.get_by_role("button", name="Look for the best plan").click()
        expect(page.get_by_text("The best plan is being looked for")).to_be_visible()
        solving.solve_due()
        page.get_by_role("button", name="Apply the plan: give 6 readings").click()
        expect(page.get_by_text("6 readings are given")).to_be_visible()
        assert complaints(page) == []
