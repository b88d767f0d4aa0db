"""The panel's pages, the office's and the applicant's in a browser: for everyone, in both languages, narrow and wide."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, expect

from scholarships import announcing
from scholarships.models import Category, Reading
from tests.followup.factories import release_all
from tests.followup.test_look import LOOKS, enter, judge
from tests.journeys.browser import WIDE, Scheme, chromium, reader
from tests.scholarships.panel_world import Panel

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
    pytest.mark.journey,
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as started:
        yield started
        connections.close_all()


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_the_pages_are_for_everyone(
    browser: Browser, live_server: Any, person: Any, language: str, width: int, scheme: Scheme
) -> None:
    panel, site = Panel(person, Category.SOCIOECONOMIC, budget=None), live_server.url
    rows = [panel.candidate(name, number=f"S3-00{n}") for n, name in enumerate("abc")]
    panel.read_all(rows[0], 4, 5)
    panel.read(rows[1], panel.gilles, 3, 3)
    pk, code = panel.round.pk, panel.world.cycle.code
    with override(language), reader(browser, width=width, scheme=scheme) as page:

        def look(user: Any, name: str, *args: Any, state: str = "") -> None:
            enter(page, site, user)
            page.goto(site + reverse(name, args=args))
            judge(page, f"{name}-{state}{language}-{width}")

        look(panel.gilles, "panel_round", pk)
        look(panel.gilles, "panel_reading", "S3-002")
        look(panel.gilles, "panel_reading", "S3-000", state="handed-in-")
        look(panel.gilles, "panel_conflict", "S3-002")
        look(panel.claire, "scholarship_rounds")
        look(panel.claire, "scholarship_ranking", pk)
        look(rows[0].application.applicant, "scholarship_result", state="before-")
        panel.approved()
        look(panel.dominique, "scholarship_ranking", pk, state="approved-")
        announcing.prepare(panel.world.cycle, by=panel.claire)
        look(panel.dominique, "announcement", code)
        release_all(panel.world.cycle, **panel.world.staff)
        announcing.show(panel.world.cycle, by=panel.dominique)
        look(panel.dominique, "announcement", code, state="done-")
        look(rows[0].application.applicant, "scholarship_result")


def test_a_panelist_needs_no_mouse(browser: Browser, live_server: Any, person: Any) -> None:
    panel, site = Panel(person), live_server.url
    for n, name in enumerate("ab"):
        panel.candidate(name, number=f"S2-00{n}")
    with override("en"), reader(browser, width=WIDE) as page:
        enter(page, site, panel.gilles)
        page.goto(site + reverse("panel_round", args=[panel.round.pk]))
        page.keyboard.press("n")
        page.wait_for_url("**/S2-000/")
        page.keyboard.press("4")
        page.keyboard.press("n")
        expect(page.locator("[data-state]")).to_contain_text("Saved at")
        expect(page.locator("[data-scored]")).to_contain_text("2 of 2")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/S2-001/?done=S2-000")
        assert Reading.objects.get().status == "handed_in"
        page.keyboard.press("c")
        page.wait_for_url("**/S2-001/conflict/")
