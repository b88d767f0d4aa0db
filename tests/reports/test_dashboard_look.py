"""The dashboard in a real browser: axe, width, both languages; and the figures that come by themselves."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from desk.models import Message
from tests.conftest import Settle
from tests.journeys.browser import PHONE, WIDE, axe, chromium, complaints, reader
from tests.reports.dashboard_world import Year, build
from tests.reviews.test_look import LOOKS, Scheme, enter, look

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def year(person: Settle) -> Year:
    return build(person, count=2)


def test_it_is_clean_and_fits_for_each_role_in_both_languages(
    browser: Browser, live_server: Any, year: Year
) -> None:
    wrong = []
    looks: list[tuple[str, int, Scheme]] = [*LOOKS, ("en", PHONE, "light"), ("fr", WIDE, "dark")]
    for language, width, scheme in dict.fromkeys(looks):
        path = f"{live_server.url}/{'en/' if language == 'en' else ''}dashboard/"
        with reader(browser, width=width, scheme=scheme) as page:
            enter(page, live_server, year.claire)
            wrong += look(page, path, f"dashboard-{language}-{width}-{scheme}")
            page.locator("#days-table summary").click()
            wrong += map(str, axe(page))
            enter(page, live_server, year.dominique)
            wrong += look(page, path, f"dashboard-director-{language}-{width}-{scheme}")
            assert complaints(page) == []
    assert wrong == []


def test_figures_come_by_themselves_and_nothing_else_moves(
    browser: Browser, live_server: Any, year: Year
) -> None:
    """A minute of the page's own clock; the focus and the open table stay; a line that fails is told quietly."""
    asked: list[str] = []
    with reader(browser, width=WIDE) as page:
        page.clock.install(time=timezone.now())
        enter(page, live_server, year.claire)
        page.goto(f"{live_server.url}/en/dashboard/")
        page.on(
            "request", lambda one: asked.append(one.url) if "x-refresh" in one.headers else None
        )
        page.locator("#days-table summary").click()
        needs = page.locator("[data-fresh=needs]")
        expect(needs).to_contain_text("4 messages without an answer")
        reply = needs.get_by_role("link", name="Reply")
        reply.focus()
        file = year.files[1]
        Message.objects.create(application=file, author=file.applicant, from_office=False, text="?")
        page.clock.run_for(61_000)
        expect(needs).to_contain_text("5 messages without an answer")
        expect(reply).to_be_focused()
        assert page.locator("#days-table").get_attribute("open") is not None
        assert len(asked) == 1
        page.route("**/dashboard/**", lambda route: route.abort())
        page.clock.run_for(61_000)
        expect(page.locator("[data-line-lost]")).to_contain_text("The line does not answer")
        expect(needs).to_contain_text("5 messages without an answer")
        # It is asked less and less often while it fails.
        page.clock.run_for(61_000)
        assert len(asked) == 2
        page.unroute("**/dashboard/**")
        page.get_by_role("link", name="Refresh").click()
        expect(page.locator("[data-line-lost]")).to_be_empty()


def test_the_configuration_begins_clean_and_finds_a_list(
    browser: Browser, live_server: Any, adam: Any, year: Year
) -> None:
    wrong = []
    for language, width, scheme in LOOKS:
        path = f"{live_server.url}/{'en/' if language == 'en' else ''}admin/"
        with reader(browser, width=width, scheme=scheme) as page:
            enter(page, live_server, adam)
            wrong += look(page, path, f"admin-home-{language}-{width}-{scheme}")
            page.locator("[data-find]").fill("PERIODE" if language == "fr" else "cycl")
            lists = page.locator("[data-lists] tr[class^=model]:visible")
            expect(lists.first).to_be_visible()
            assert "model-user" not in {row.get_attribute("class") for row in lists.all()}
            page.locator("[data-find]").fill("zzz")
            expect(page.locator("[data-none]")).to_be_visible()
            assert complaints(page) == []
    assert wrong == []
