"""The pages of conflicts in a real browser: axe, width, both languages, and the keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from accounts.models import User
from applications.models import Application
from reviews import comparing, conflicts
from reviews.models import Assignment, Conflict, Ties
from tests import factories
from tests.conftest import Settle
from tests.journeys.browser import (
    NARROW,
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
from tests.reviews.test_look import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def found(application: Application, person: Settle, david: User, claire: User) -> Assignment:
    """Proposals, one confirmed, one dismissed; and a file that David reads."""
    cycle = application.cycle
    Ties.objects.create(
        person=david, institutions="Université de la Teranga = UT\nGoogle", people="Élise Fortin"
    )
    files = [
        factories.submitted(person(f"one{n}", full_name=name), cycle)
        for n, name in enumerate(("Linh Trần-Gauthier", "Kwame Asante-Poirier", "Noor Chen"))
    ]
    factories.referee(files[0])
    comparing.detect(cycle)
    rows = Conflict.objects.order_by("pk")
    conflicts.dismiss(rows.filter(application=files[1]).get(), by=claire, why="Un seul cours, 1998")
    conflicts.confirm(rows.filter(application=files[2], origin="degree").get(), by=claire)
    return judging.assigned(files[1], david, by=claire)


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fr", WIDE, "light"), ("en", NARROW, "dark")]
)
def test_every_page_is_clean_and_fits(
    browser: Browser,
    live_server: Any,
    found: Assignment,
    application: Application,
    david: User,
    claire: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    prefix = f"{live_server.url}/en" if language == "en" else live_server.url
    places = [
        (claire, "conflicts", "/conflicts/"),
        (claire, "confirmed", "/conflicts/?status=confirmed"),
        (claire, "together", f"/conflicts/?person={david.pk}&origin=degree"),
        (claire, "file", f"/files/{application.number}/"),
        (claire, "declare", f"/files/{application.number}/conflict/"),
        (claire, "ties-of", f"/ties/{david.pk}/"),
        (david, "ties", "/ties/"),
        (david, "review", f"/queue/{found.pk}/conflict/"),
    ]
    wrong = []
    with reader(browser, width=width, scheme=scheme) as page:
        said = complaints(page)
        for user, name, path in places:
            enter(page, live_server, user)
            page.goto(f"{prefix}{path}")
            picture(page, f"conflict-{name}-{language}-{width}")
            wrong += [f"{name}: {violation}" for violation in axe(page)]
            if (sideways := overflow(page)) > 0:
                wrong.append(f"{name}: scrolls sideways by {sideways} px")
        wrong += said
    assert wrong == []


def test_a_few_keys_declare(
    browser: Browser, live_server: Any, found: Assignment, david: User
) -> None:
    with reader(browser) as page:
        enter(page, live_server, david)
        page.goto(f"{live_server.url}/en/queue/{found.pk}/conflict/")
        expect(page.locator("input[type=radio]").first).to_be_focused()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Noted: you will not see this file again.")).to_be_visible()
    assert Conflict.objects.get(origin="declared").reason == "relative"
