"""The board and the handing over in a browser: readable by everyone, in both languages, narrow and wide."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser

from accounts.models import User
from enrolment import noting, sharing
from enrolment.models import Note
from finding import keeping as views
from finding.lists import LISTS
from followup.models import Filing
from tests.enrolment.factories import Enrolled, in_days
from tests.followup.test_look import enter, judge
from tests.journeys.browser import NARROW, WIDE, Scheme, chromium, reader

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
LOOKS: list[tuple[str, int, Scheme]] = [("fr", NARROW, "dark"), ("en", WIDE, "light")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as started:
        yield started
        connections.close_all()


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_the_board_is_for_everyone(
    browser: Browser,
    live_server: Any,
    world: Enrolled,
    amina: User,
    bruno: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    file = world.at(amina, Filing.CONDITIONAL, accept_by=in_days(4), condition="A diploma.")
    number = file.offer.decision.application.number
    world.accepted(bruno)
    world.called(world.person("p3"))
    application = file.offer.decision.application
    sharing.give([application], world.claire, by=world.claire)
    noting.note(application, "Prefers mail.", about=Note.About.SPOKEN, by=world.claire)
    views.keep(LISTS["followup_board"], "Late", {"show": "overdue"}, by=world.claire)
    code, site = world.cycle.code, live_server.url
    pages = {
        "followup_board": [],
        "followup_person": [number],
        "followup_defer": [number],
        "handing_over": [code],
        "followup_welcome": [code],
        "cycle_closing": [code],
    }
    with override(language), reader(browser, width=width, scheme=scheme) as page:
        enter(page, site, world.claire)
        for name, args in pages.items():
            page.goto(site + reverse(name, args=args))
            judge(page, f"{name}-{language}-{width}")
        for name in ("followup_remind", "followup_assign", "followup_endings"):
            page.goto(f"{site}{reverse(name)}?cycle={code}&whole=1")
            judge(page, f"{name}-{language}-{width}")
