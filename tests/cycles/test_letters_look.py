"""The pages of a cycle's letters in a real browser: axe, width, both languages; the frame shows the letter."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.utils import translation
from playwright.sync_api import Browser, expect

from accounts.models import User
from tests import factories
from tests.cycles.letters.words import NAME, WORDS, drafted, published
from tests.cycles.test_admin_journey import judge, signed_in
from tests.journeys.browser import PHONE, WIDE, chromium, reader

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as browser:
        yield browser
        connections.close_all()


@pytest.mark.parametrize(("language", "width"), [("fr", PHONE), ("en", WIDE)])
def test_every_page_is_for_everyone(
    browser: Browser, live_server: Any, adam: User, language: str, width: int
) -> None:
    cycle = factories.cycle()
    published(cycle, adam)
    drafted(cycle, adam, text_en=f"{WORDS['text_en']}\n\n31 January 2027")
    prefix = f"{live_server.url}{'/en' if language == 'en' else ''}/admin/cycles/cycle/{cycle.pk}"
    with translation.override(language), reader(browser, width=width) as page:
        signed_in(page, live_server.url, adam)
        for name, address in (
            ("letters", "letters/"),
            ("letter", f"letters/{NAME}/"),
            ("letter-usual", "letters/acknowledgement/"),
            ("letter-look", f"letters/{NAME}/look/"),
            ("letter-look-wrong", "letters/acknowledgement/look/?file=A27-NO"),
        ):
            page.goto(f"{prefix}/{address}")
            judge(page, f"{name}-{language}-{width}")
        for index, greeting in enumerate(["Bonjour Alex,", "Hello Alex,"]):
            frame = page.frame_locator("iframe").nth(index)
            expect(frame.get_by_text(greeting)).to_be_visible()
