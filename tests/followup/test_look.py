"""The applicant's own pages in a browser: readable by everyone, in both languages, narrow and wide."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from cycles.clock import day_of
from desk import pieces, talking
from followup import calls, offers, student_centre
from followup.models import Filing, Offer, Preparation
from followup.student_centre import Facts
from tests import factories
from tests.followup import udem_world
from tests.followup.factories import World
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

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
    pytest.mark.journey,
]

LOOKS: list[tuple[str, int, Scheme]] = [
    ("fr", PHONE, "light"),
    ("en", WIDE, "light"),
    ("fr", NARROW, "dark"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as started:
        yield started
        connections.close_all()


def enter(page: Page, site: str, user: User) -> None:
    """Give the browser a session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])


def judge(page: Page, name: str) -> None:
    """Nothing for axe to say, nothing out of the page, no script that complains."""
    picture(page, name)
    assert axe(page) == [], name
    assert overflow(page) == 0, name
    assert complaints(page) == [], name


def a_busy_file(world: World, user: User) -> str:
    """Submitted, with a referee, a piece that is asked, a message that waits and things to prepare."""
    draft = factories.draft(user, world.cycle, accommodation="Plus de temps.")
    factories.referee(draft)
    factories.submit(draft)
    draft.refresh_from_db()
    due = day_of(timezone.now()) + timedelta(days=7)
    asked = {"title": "Relevé de 2024", "reason": "La deuxième page manque.", "due_on": due}
    pieces.ask(draft, by=world.claire, **asked)  # type: ignore[arg-type]
    talking.write(draft, "Bonjour.", by=world.claire)
    Preparation.objects.all().delete()
    for position in range(1, 5):
        factories.preparation(position)
    return draft.number


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_ones_own_pages_are_for_everyone(
    browser: Browser,
    live_server: Any,
    world: World,
    amina: User,
    bruno: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    number, site = a_busy_file(world, amina), live_server.url
    draft = factories.draft(bruno, world.cycle, complete=False).number
    pages = {"my_application": [], "preparation": [number], "application_erase": [number]}
    pages |= {"application_accommodation": [number], "my_file": []}
    with override(language), reader(browser, width=width, scheme=scheme) as page:
        for name in ("privacy", "accessibility", "contact"):
            page.goto(site + reverse(name))
            judge(page, f"{name}-{language}-{width}")
        enter(page, site, amina)
        for name, args in pages.items():
            page.goto(site + reverse(name, args=args))
            judge(page, f"{name}-{language}-{width}")
        enter(page, site, bruno)
        for name, args in {"my_application": [], "application_erase": [draft]}.items():
            page.goto(site + reverse(name, args=args))
            judge(page, f"{name}-draft-{language}-{width}")


def test_a_tick_is_kept_and_keeps_the_focus(
    browser: Browser, live_server: Any, world: World, amina: User
) -> None:
    number, site = a_busy_file(world, amina), live_server.url
    with override("en"), reader(browser, width=PHONE) as page:
        enter(page, site, amina)
        page.goto(site + reverse("preparation", args=[number]))
        first = page.locator(".tick").first
        first.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".tick").first).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".tick").first).to_be_focused()
        expect(page.locator("#checklist [role=status]")).to_contain_text("1 of 4")
        judge(page, "preparation-ticked")
        page.reload()
        expect(page.locator(".tick").first).to_have_attribute("aria-pressed", "true")


def test_a_bar_warns_before_the_session_ends(
    browser: Browser, live_server: Any, world: World, amina: User
) -> None:
    site = live_server.url
    with override("fr"), reader(browser, width=PHONE) as page:
        enter(page, site, amina)
        page.goto(site + reverse("my_application"))
        expect(page.locator("#session-bar")).to_be_hidden()
        Session.objects.update(expire_date=timezone.now() + timedelta(minutes=8))
        page.reload()
        bar = page.locator("#session-bar")
        expect(bar).to_contain_text("8\xa0min")
        judge(page, "session-bar")
        bar.locator("button").click()
        expect(bar).to_be_hidden()
        assert Session.objects.get().expire_date > timezone.now() + timedelta(hours=11)


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_the_file_at_udem_is_for_everyone(
    browser: Browser,
    live_server: Any,
    world: World,
    amina: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    row, site = udem_world.at(world, amina, Filing.FILED), live_server.url
    number = udem_world.number_of(row)
    pages: dict[str, list[str]] = {
        **{name: [number] for name in ("udem_file", "udem_identity", "udem_answer")},
        "udem_proof": [number, "udem-filing"],
        "preparation": [number],
    }
    with override(language), reader(browser, width=width, scheme=scheme) as page:
        enter(page, site, amina)
        for name, args in pages.items():
            page.goto(site + reverse(name, args=args))
            judge(page, f"{name}-{language}-{width}")
        student_centre.report(row, *udem_world.conditional(), by=amina)
        for name, args in {"udem_file": [number], "my_application": []}.items():
            page.goto(site + reverse(name, args=args))
            judge(page, f"{name}-conditional-{language}-{width}")
        enter(page, site, world.claire)
        for name in ("udem_office", "udem_record"):
            page.goto(site + reverse(name, args=[number]))
            judge(page, f"{name}-{language}-{width}")
        student_centre.record_step(row, Filing.REGISTERED, Facts(), by=world.claire)
        enter(page, site, amina)
        page.goto(site + reverse("my_application"))
        judge(page, f"registered-{language}-{width}")


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_calling_is_for_everyone(
    browser: Browser,
    live_server: Any,
    world: World,
    amina: User,
    bruno: User,
    person: Any,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    """The list, the call, a change, and the pages of those who wait, are called, and let it lapse."""
    zoe, site = person("zoe", full_name="Zoé Roy"), live_server.url
    first, called, _waits = world.answered_all([amina], [bruno, zoe], seats=1)
    offers.decline(first, by=amina, at=timezone.now())
    number = first.application.number
    office: dict[str, list[Any]] = {
        "calls": [],
        "call_make": [called.pk],
        "offer_reopen": [number],
        "followup_board": [],
    }
    with override(language), reader(browser, width=width, scheme=scheme) as page:
        enter(page, site, world.claire)
        for name, args in office.items():
            page.goto(site + reverse(name, args=args))
            judge(page, f"{name}-{language}-{width}")
        calls.call(called, by=world.claire, at=timezone.now())
        page.goto(site + reverse("calls"))
        judge(page, f"calls-called-{language}-{width}")
        for name, user in {"called": bruno, "waits": zoe, "declined": amina}.items():
            enter(page, site, user)
            page.goto(site + reverse("my_application"))
            judge(page, f"my_application-{name}-{language}-{width}")
        last = timezone.now() - timedelta(days=1)
        Offer.objects.filter(decision=called).update(
            called_at=last - timedelta(days=3), reply_by=last
        )
        enter(page, site, bruno)
        page.goto(site + reverse("my_application"))
        judge(page, f"my_application-lapsed-{language}-{width}")
