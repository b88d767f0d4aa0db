"""An administrator who has never seen the product sets next year up from Django admin alone, in a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, Page

from accounts.models import User
from cycles.models import Cycle
from tests import factories
from tests.cycles.factories import criterion, question
from tests.journeys.browser import (
    PHONE,
    WIDE,
    axe,
    chromium,
    complaints,
    overflow,
    picture,
    reader,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as browser:
        yield browser
        connections.close_all()


def judge(page: Page, name: str) -> None:
    """Nothing for axe to say, nothing out of the page, no script that complains."""
    picture(page, name)
    assert axe(page) == [], name
    assert overflow(page) == 0, name
    # jQuery, which Django's own pages load, tries inline styles on an element that nobody sees.
    ours = [text for text in complaints(page) if "inline style" not in text]
    assert ours == [], name


def signed_in(page: Page, site: str, user: User) -> None:
    """Give the browser a session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])


@pytest.fixture
def this_year() -> Cycle:
    """An opened cycle like those of any year."""
    cycle = factories.cycle()
    criterion(cycle)
    question(
        cycle,
        "montreal",
        label_fr="Habitez-vous déjà à Montréal ?",
        label_en="Do you already live in Montréal?",
        position=1,
    )
    return cycle


@pytest.mark.parametrize(("language", "width"), [("fr", PHONE), ("en", WIDE)])
def test_every_page_is_for_everyone(
    browser: Browser, live_server: Any, adam: User, this_year: Cycle, language: str, width: int
) -> None:
    asked = this_year.questions.get()
    prefix = f"{live_server.url}{'/en' if language == 'en' else ''}/admin/"
    pages = [
        ("home", ""),
        ("cycles", "cycles/cycle/"),
        ("cycle", f"cycles/cycle/{this_year.pk}/change/"),
        ("cycle-new", "cycles/cycle/add/"),
        ("cycle-copy", f"cycles/cycle/{this_year.pk}/copy/"),
        ("cycle-publish", f"cycles/cycle/{this_year.pk}/publish/"),
        ("question", f"cycles/question/{asked.pk}/change/"),
        ("question-new", f"cycles/question/add/?cycle={this_year.pk}"),
        ("question-retire", f"cycles/question/{asked.pk}/retire/"),
        ("program", f"cycles/program/{factories.program().pk}/change/"),
        ("programs", "cycles/program/"),
        ("courses", "cycles/course/"),
    ]
    with translation.override(language), reader(browser, width=width) as page:
        signed_in(page, live_server.url, adam)
        for name, address in pages:
            page.goto(prefix + address)
            judge(page, f"{name}-{language}-{width}")
