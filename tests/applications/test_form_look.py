"""The form in a real browser: axe, width, folded lines, what a choice asks for, in both languages."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from applications.models import Application, Degree
from applications.steps import steps_of
from cycles.models import Question
from tests import factories
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

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LOOKS: list[tuple[str, int, Scheme]] = [
    ("fr", WIDE, "light"),
    ("en", PHONE, "light"),
    ("fr", NARROW, "dark"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def draft(amina: User) -> Application:
    """A file nearly whole: a second degree is only begun."""
    application = factories.draft(amina, factories.cycle())
    Degree.objects.create(application=application, position=1, title="Maîtrise en statistique")
    parent = Question.objects.create(
        cycle=application.cycle,
        code="ai",
        kind="yes_no",
        label_fr="Avez-vous utilisé une IA?",
        label_en="Did you?",
    )
    Question.objects.create(
        cycle=application.cycle,
        code="how",
        kind="long_text",
        label_fr="Comment?",
        label_en="How?",
        shown_if=parent,
        shown_when="yes",
        position=1,
    )
    application.prerequisites.pop("IFT2125")
    application.prerequisites["IFT2015"] = {"how": "equivalent", "note": "Deux ans en équipe."}
    application.save()
    return application


def enter(page: Page, live_server: Any, user: User) -> None:
    """Give this page the session of somebody who is signed in."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )


def wrong_with(page: Page, name: str) -> list[str]:
    """Everything that axe, the width and the scripts say against the page as it stands."""
    page.wait_for_load_state("networkidle")
    # The bar of buttons sticks to the window's foot: in a window as high as the page it covers nothing.
    high = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": high})
    found = complaints(page)
    picture(page, name)
    found += [str(violation) for violation in axe(page)]
    if overflow(page):
        found.append(f"scrolls sideways by {overflow(page)} px")
    page._complaints.clear()  # type: ignore[attr-defined]
    return [f"{name}: {line}" for line in found]


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_step_looks_right(
    browser: Browser,
    live_server: Any,
    draft: Application,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    wrong = []
    prefix = "/en" if language == "en" else ""
    with reader(browser, width=width, scheme=scheme) as page:
        enter(page, live_server, draft.applicant)
        for slug in [*(step.slug for step in steps_of(draft)), "check"]:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{live_server.url}{prefix}/applications/{draft.number}/{slug}/")
            wrong += wrong_with(page, f"step-{slug}-{language}-{width}")
    assert wrong == []


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS[:2])
def test_a_wrong_step_looks_right(
    browser: Browser,
    live_server: Any,
    draft: Application,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    prefix = "/en" if language == "en" else ""
    with reader(browser, width=width, scheme=scheme) as page:
        enter(page, live_server, draft.applicant)
        page.goto(f"{live_server.url}{prefix}/applications/{draft.number}/studies/")
        page.fill("[name=degrees-1-average]", "very good")
        page.fill("[name=degrees-1-end_year]", "3000")
        page.locator("main button.btn-primary[type=submit]").click()
        expect(page.locator(".errors")).to_be_focused()
        assert wrong_with(page, f"step-wrong-{language}-{width}") == []
        page.locator(".errors a").last.click()
        expect(page.locator("[name=degrees-1-average]")).to_be_focused()


def test_a_link_opens_the_folded_line(
    browser: Browser, live_server: Any, draft: Application
) -> None:
    with reader(browser) as page:
        enter(page, live_server, draft.applicant)
        field = page.locator("[name=degrees-0-title]")
        page.goto(f"{live_server.url}/applications/{draft.number}/studies/")
        expect(field).to_be_hidden()
        page.goto(f"{live_server.url}/applications/{draft.number}/studies/#id_degrees-0-title")
        expect(field).to_be_focused()


def test_the_time_given_is_asked_with_its_program(
    browser: Browser, live_server: Any, draft: Application
) -> None:
    with reader(browser) as page:
        enter(page, live_server, draft.applicant)
        page.goto(f"{live_server.url}/applications/{draft.number}/program/")
        expect(page.locator("[name=attendance]").first).to_be_hidden()
        page.locator("[name=second_choice]").last.check()
        expect(page.locator("[name=attendance]").first).to_be_visible()
    with reader(browser, java_script_enabled=False) as page:
        enter(page, live_server, draft.applicant)
        page.goto(f"{live_server.url}/applications/{draft.number}/program/")
        expect(page.locator("[name=attendance]").first).to_be_visible()
