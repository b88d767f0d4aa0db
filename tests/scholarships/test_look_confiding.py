"""Pages of what is confidential in a browser: readable by everyone, in both languages, narrow and wide; and the script."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Browser, Page, expect

from accounts.models import Role, User
from scholarships import abouts, aggregates, identifying
from scholarships.models import Category
from scholarships.vault import entries
from tests import factories
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
from tests.scholarships.answering import answered, closed_cycle, selected
from tests.scholarships.factories import a_candidacy, a_round

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
    """Give the browser a session that was proved just now."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])


def judge(page: Page, name: str) -> None:
    """Nothing for axe to say, nothing out of the page, no script that complains."""
    picture(page, name)
    assert axe(page) == [], name
    assert overflow(page) == 0, name
    assert complaints(page) == [], name


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_what_is_confidential_is_for_everyone(
    browser: Browser,
    live_server: Any,
    person: Any,
    amina: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    world, site = World(person), live_server.url
    fatou = person("fatou", Role.EDI_OFFICER)
    own = factories.submitted(amina, world.cycle)
    identifying.say(own, {"gender": ["woman"], "age": "prefer_not"}, by=amina)
    row = a_candidacy(a_round(world.cycle, Category.SOCIOECONOMIC), own)
    entries.declare(abouts.budget(row), {"rent": 900, "words": "Trois emplois."}, by=amina)
    people = answered(
        closed_cycle(world.cycle), 48, lambda at: {"gender": [("woman", "man")[at % 2]]}
    )
    aggregates.give_out(world.cycle, by=fatou, at=timezone.now())
    selected([*people[:20], *people[21:40:2]], **world.staff)
    aggregates.give_out(world.cycle, by=fatou, at=timezone.now())
    with override(language), reader(browser, width=width, scheme=scheme) as page:
        enter(page, site, amina)
        pages: dict[str, list[str]] = {"self_identification": [own.number]}
        pages |= {name: [] for name in ("confidential_mine", "my_file", "my_application")}
        for name, args in pages.items():
            page.goto(site + reverse(name, args=args))
            judge(page, f"{name}-vault-{language}-{width}")
        enter(page, site, fatou)
        pages = {"edi_requests": [], "edi_aggregates": [], "edi_open": [row.number, "budget"]}
        for name, args in pages.items():
            page.goto(site + reverse(name, args=args))
            judge(page, f"{name}-{language}-{width}")
        page.locator("#id_purpose").fill("Juger le besoin, à la demande de la personne.")
        page.locator("form.app-form button[type=submit]").click()
        expect(page.locator("main")).to_contain_text("Trois emplois.")
        judge(page, f"edi_opened-{language}-{width}")


def test_an_answer_alone_lets_the_others_go(
    browser: Browser, live_server: Any, amina: User
) -> None:
    """By keyboard: what goes with no other is chosen, then another one, then words."""
    number, site = factories.draft(amina, factories.cycle(), complete=False).number, live_server.url
    with override("en"), reader(browser, width=PHONE) as page:
        enter(page, site, amina)
        page.goto(site + reverse("self_identification", args=[number]))
        woman, prefer = page.get_by_label("Woman"), page.locator("#id_gender_4")
        woman.focus()
        page.keyboard.press("Space")
        page.locator("#id_gender_words").fill("mine")
        prefer.focus()
        page.keyboard.press("Space")
        expect(prefer).to_be_checked()
        expect(woman).not_to_be_checked()
        expect(page.locator("#id_gender_words")).to_have_value("")
        page.locator("#id_gender_words").fill("mine")
        page.keyboard.press("Tab")
        expect(prefer).not_to_be_checked()
        page.get_by_role("button", name="Save these answers").press("Enter")
        expect(page.locator("main, [role=status], .notices").first).to_be_visible()
        expect(page.locator("#id_gender_words")).to_have_value("mine")
        page.get_by_text("Erase my answers", exact=True).click()
        page.get_by_role("button", name="Yes, erase my answers").click()
        expect(page.locator("#id_gender_words")).to_have_value("")
