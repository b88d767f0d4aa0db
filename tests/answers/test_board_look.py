"""The pages of deciding in a real browser: axe, width, both languages, the keyboard, without a script."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import Role, User
from answers import acts, gate, noting
from applications.models import Application
from committee import remarks
from cycles.models import Cycle
from reviews import estimates
from reviews.models import Decision
from tests import factories
from tests.conftest import Settle
from tests.journeys.browser import (
    Scheme,
    axe,
    chromium,
    complaints,
    overflow,
    picture,
    reader,
)
from tests.reviews import factories as judging
from tests.reviews.marks import asking, marked
from tests.reviews.test_look import LOOKS, enter, until

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def decided(
    cycle: Cycle, person: Settle, david: User, claire: User, dominique: User
) -> list[Application]:
    """Twelve files read twice, around four seats; answers proposed, one sent back, words about some."""
    zoe = person("zoe", Role.REVIEWER, full_name="Zoé Tremblay-Nguyen")
    msc = factories.program()
    cycle.intakes.update(seats=4)
    files = asking(cycle, 12)
    for index, file in enumerate(files):
        Application.objects.filter(pk=file.pk).update(last_names=f"Tremblay-Nguyen {index}")
    marked(files[:11], david, [5, 4.5, 4.4, 4, 4, 3.5, 3.5, 3, 2.5, 2, 1.5], by=claire)
    marked(files[:11], zoe, [4.5, 4, 4.5, 3.5, 1.5, 3.5, 3, 3, 2, 2, 1], by=claire)
    estimates.estimate(cycle)
    acts.propose([*files[:3], files[9]], "accept", msc, by=claire)
    acts.propose(files[4:8], "waitlist", msc, by=claire)
    acts.propose([files[3], *files[10:]], "decline", by=claire)
    acts.send_back(judging.current(files[5]), by=dominique, why="Compare with the one above.")
    remarks.say(files[3], "What convinces me is the project.", by=claire)
    noting.note(files[3], "Asked twice for another program.", by=claire)
    found = [row for row in gate.findings(cycle, dominique) if row.is_grave]
    gate.keep(cycle, [row.fingerprint for row in found[:1]], "Known since May.", by=dominique)
    return files


def look_down(page: Page, address: str, name: str) -> list[str]:
    """All that is wrong with a page, at its end: its buttons stand there, and over no row."""
    page.goto(address)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    picture(page, name)
    found = [f"{name}: {violation}" for violation in axe(page)]
    if (sideways := overflow(page)) > 0:
        found.append(f"{name}: scrolls sideways by {sideways} px")
    return found


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_page_is_clean_and_fits(
    browser: Browser,
    live_server: Any,
    decided: list[Application],
    claire: User,
    dominique: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    home = f"{live_server.url}/{'en/' if language == 'en' else ''}"
    both = {"decisions": "decisions/", "gate": "decisions/gate/"}
    office = {
        **both,
        "waitlist": "decisions/waitlist/",
        "what-if": "decisions/what-if/?line=7&percent=70&give=10",
        "acts": "decisions/acts/",
        "found": "decisions/?show=found",
        "deciding": f"files/{decided[3].number}/decision/",
        "empty": "decisions/waitlist/?program=dess",
    }
    direction = {
        **both,
        "deciding": office["deciding"],
        "approving": f"decisions/approve-all/?cycle={decided[0].cycle.code}",
    }
    wrong: list[str] = []
    with reader(browser, width=width, scheme=scheme) as page:
        for who, pages in ((claire, office), (dominique, direction)):
            enter(page, live_server, who)
            for name, path in pages.items():
                wrong += look_down(page, home + path, f"board-{name}-{language}-{width}-{who}")
        assert complaints(page) == []
    assert wrong == []


def test_decided_by_keys(
    browser: Browser, live_server: Any, decided: list[Application], claire: User
) -> None:
    def outcome(file: Application) -> str:
        row = Decision.objects.filter(application=file, is_current=True).first()
        return row.outcome if row else ""

    with reader(browser) as page:
        enter(page, live_server, claire)
        page.goto(f"{live_server.url}/en/decisions/?program=msc")
        page.keyboard.press("j")
        page.keyboard.press("d")
        until(page, lambda: outcome(decided[0]) == "decline")
        expect(page.get_by_text("answer proposed")).to_be_visible()
        # The same row is marked again, so that the hand stays where it was.
        expect(page.locator("tr.at [data-open]")).to_be_focused()
        page.keyboard.press("u")
        expect(page.get_by_text("Undone:")).to_be_visible()
        assert outcome(decided[0]) == "accept"
        expect(page.locator("tr.at [data-open]")).to_be_focused()
        page.locator("[data-tick-all]").click()
        expect(page.locator("input[name=ticked]:not(:checked)")).to_have_count(0)
        page.locator("[data-tick-all]").click()
        expect(page.locator("input[name=ticked]:checked")).to_have_count(0)
        page.locator(f"a[data-open][href*='{decided[0].number}']").focus()
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("x")
        page.keyboard.press("w")
        until(page, lambda: [outcome(file) for file in decided[:3]].count("waitlist") == 2)
        page.goto(f"{live_server.url}/en/decisions/waitlist/?program=msc")
        last = judging.current(decided[0])
        page.locator(f"a[href*='{decided[0].number}']").focus()
        page.keyboard.press("[")
        until(page, lambda: (judging.current(decided[0]).rank or 0) < (last.rank or 0))
        expect(page.locator("tr.at [data-open]")).to_be_focused()
        page.keyboard.press("?")
        expect(page.locator("dialog[data-keys]")).to_be_visible()
        assert complaints(page) == []
