"""The page in place of a file that is being checked or refused, in a real browser: axe, width, both languages."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from accounts.models import User
from papers.models import CheckedFile
from tests import factories
from tests.journeys.browser import PHONE, WIDE, axe, chromium, overflow, picture, reader
from tests.reviews import factories as judging

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


def enter(page: Page, live_server: Any, user: User) -> None:
    """Give this page the session of somebody who is signed in."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )


@pytest.mark.parametrize(("language", "width"), [("fr", WIDE), ("fr", PHONE), ("en", PHONE)])
def test_the_page_in_place_of_a_file(
    browser: Browser, live_server: Any, amina: User, claire: User, language: str, width: int
) -> None:
    application = factories.submitted(amina, judging.cycle())
    document = application.documents.first()
    prefix = "/en" if language == "en" else ""
    address = f"{live_server.url}{prefix}/files/{application.number}/documents/{document.pk}/"
    with reader(browser, width=width) as page:
        enter(page, live_server, claire)
        for problem in ("", "virus"):
            if problem:
                now = timezone.now()
                CheckedFile.objects.update(state="refused", problem=problem, checked_at=now)
            answer = page.goto(address)
            assert answer.status == 409
            assert page.locator("h1").count() == 1
            assert (axe(page), overflow(page)) == ([], 0)
            picture(page, f"not-ready-{problem or 'waiting'}-{language}-{width}")
