"""The pages of blind files in a real browser: axe, width, both languages, the keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from applications.models import Submission
from cycles.models import Cycle
from dossiers import settling
from dossiers.models import Redaction
from tests.conftest import Settle
from tests.dossiers.blind import factories as dossiers
from tests.journeys.browser import (
    NARROW,
    PHONE,
    WIDE,
    Scheme,
    axe,
    chromium,
    complaints,
    overflow,
    picture,
    reader,
)
from tests.reviews import factories as judging

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LOOKS: list[tuple[str, int, Scheme]] = [
    ("fr", WIDE, "light"),
    ("en", PHONE, "dark"),
    ("fr", NARROW, "light"),
]


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


@pytest.fixture
def settled(scanned: Submission, claire: User, cycle: Cycle, person: Settle) -> Submission:
    """A file with findings of every kind, settled and not, and another one that waits."""
    settling.let_show(Redaction.objects.filter(words="E. Tremblay"), by=claire)
    settling.add(scanned, "statistics and algebra", by=claire)
    dossiers.letter(scanned.application, "")
    dossiers.scanned(person("noor", full_name="Noor Haddad"), cycle)
    return scanned


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_page_is_clean_and_fits(
    browser: Browser,
    live_server: Any,
    settled: Submission,
    claire: User,
    david: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    wrong: list[str] = []
    home = f"{live_server.url}/{'en/' if language == 'en' else ''}"
    number = settled.application.number
    row = judging.assigned(settled.application, david, by=claire)
    with reader(browser, width=width, scheme=scheme) as page:
        enter(page, live_server, claire)
        pages = {
            "redactions": "redactions/",
            "redactions-file": f"redactions/{number}/",
            "file-blind": f"files/{number}/",
            "desk-blind": f"queue/{row.pk}/",
        }
        for name, path in pages.items():
            if name == "desk-blind":
                enter(page, live_server, david)
            page.goto(home + path)
            page.wait_for_load_state("networkidle")
            picture(page, f"{name}-{language}-{width}-{scheme}")
            wrong += [f"{name}: {violation}" for violation in axe(page)]
            if (sideways := overflow(page)) > 0:
                wrong.append(f"{name}: scrolls sideways by {sideways} px")
        assert complaints(page) == []
    assert wrong == []


def test_findings_are_settled_by_keys(
    browser: Browser, live_server: Any, settled: Submission, claire: User
) -> None:
    with reader(browser) as page:
        enter(page, live_server, claire)
        page.goto(f"{live_server.url}/en/redactions/{settled.application.number}/#next")
        left = Redaction.objects.filter(submission=settled).proposed().count()
        page.keyboard.press("j")
        page.keyboard.press("k")
        page.keyboard.press("h")
        expect(page.get_by_text("1 finding stays hidden.")).to_be_visible()
        page.keyboard.press("l")
        expect(page.get_by_text("1 finding shows to the readers.")).to_be_visible()
        assert Redaction.objects.filter(submission=settled).proposed().count() == left - 2
        page.keyboard.press("n")
        expect(page.get_by_role("heading", level=1)).to_have_text("Élodie Nguyễn-Tremblay")
        assert settled.application.number not in page.url
        assert complaints(page) == []
