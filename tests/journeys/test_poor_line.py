"""A step of the form on a poor line: nothing typed is lost, nothing is overwritten, and the page says where it stands."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect

from accounts.models import User
from applications.models import Application
from tests import factories
from tests.journeys.browser import PHONE, axe, overflow, picture, reader

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SAVED = re.compile(r"Enregistré à \d+\sh\s\d\d")
LOST = re.compile("Pas de connexion")
TEXT = "Pourquoi ce programme: محمّد 李 🙂\nDeux lignes, et l’apostrophe."


@pytest.fixture
def draft(amina: User) -> Application:
    return factories.draft(amina, factories.cycle(), complete=False)


@pytest.fixture
def address(live_server: Any, draft: Application) -> str:
    return f"{live_server.url}/applications/{draft.number}/statement/"


@pytest.fixture
def page(browser: Browser, live_server: Any, amina: User, address: str) -> Iterator[Page]:
    """A phone in Dakar, on the letter of intent."""
    with reader(browser, width=PHONE, zone="Africa/Dakar") as page:
        sign_in(page, live_server.url, amina)
        page.goto(address)
        yield page


def sign_in(page: Page, site: str, user: User) -> None:
    """Give the browser a session."""
    client = Client()
    client.force_login(user)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": site}])


def letter(page: Page) -> Any:
    return page.get_by_label("Lettre d’intention")


def line(page: Page) -> Any:
    return page.locator("#saved")


def kept_here(page: Page) -> int:
    """How many copies of drafts the device holds."""
    return int(page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('mila:')).length"))


def stored(draft: Application) -> str:
    draft.refresh_from_db()
    return draft.statement


def test_typing_goes_on_without_the_line_and_leaves_when_it_is_back(
    page: Page, draft: Application
) -> None:
    letter(page).fill("Avant la coupure.")
    expect(line(page)).to_have_text(SAVED)
    assert kept_here(page) == 0
    page.context.set_offline(True)
    letter(page).fill(TEXT)
    expect(line(page)).to_have_text(LOST)
    picture(page, "poor-line-lost-390-fr")
    assert axe(page) == []
    assert overflow(page) == 0
    assert stored(draft) == "Avant la coupure."
    page.context.set_offline(False)
    expect(line(page)).to_have_text(SAVED, timeout=15_000)
    assert stored(draft) == TEXT
    assert kept_here(page) == 0


def test_a_closed_tab_gives_back_what_had_not_left(
    page: Page, address: str, draft: Application
) -> None:
    page.context.set_offline(True)
    letter(page).fill(TEXT)
    expect(line(page)).to_have_text(LOST)
    page.context.set_offline(False)
    page.evaluate("window.onbeforeunload = null")
    another = page.context.new_page()
    page.close(run_before_unload=False)
    another.goto(address)
    expect(letter(another)).to_have_value(TEXT)
    expect(line(another)).to_have_text(SAVED, timeout=15_000)
    assert stored(draft) == TEXT
    assert kept_here(another) == 0


def test_an_answer_lost_on_the_way_is_no_conflict(page: Page, draft: Application) -> None:
    def swallow(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/statement/", swallow)
    letter(page).fill("Arrivé, mais la réponse est perdue.")
    expect(line(page)).to_have_text(LOST)
    assert stored(draft) == "Arrivé, mais la réponse est perdue."
    page.unroute("**/statement/")
    letter(page).fill(TEXT)
    expect(line(page)).to_have_text(SAVED, timeout=15_000)
    assert stored(draft) == TEXT


def test_the_button_without_a_line_keeps_the_page(page: Page, draft: Application) -> None:
    page.context.set_offline(True)
    letter(page).fill(TEXT)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(line(page)).to_have_text(LOST)
    expect(letter(page)).to_have_value(TEXT)
    page.context.set_offline(False)
    expect(line(page)).to_have_text(SAVED, timeout=15_000)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.wait_for_url("**/documents/")
    page.go_back()
    expect(letter(page)).to_have_value(TEXT)
    assert kept_here(page) == 0


def test_a_session_that_ends_keeps_the_page_and_goes_on_after_signing_in(
    page: Page, live_server: Any, amina: User, draft: Application
) -> None:
    Session.objects.all().delete()
    letter(page).fill(TEXT)
    expect(line(page)).to_contain_text("Votre session est terminée")
    expect(line(page).get_by_role("link")).to_have_attribute("target", "_blank")
    picture(page, "poor-line-signed-out-390-fr")
    assert axe(page) == []
    assert overflow(page) == 0
    sign_in(page, live_server.url, amina)
    # Signing in changes the token of the forms too.
    page.context.add_cookies([{"name": "csrftoken", "value": "a" * 32, "url": live_server.url}])
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(line(page)).to_have_text(SAVED, timeout=15_000)
    assert stored(draft) == TEXT


def test_two_tabs_see_each_other_and_overwrite_nothing(
    page: Page, address: str, draft: Application
) -> None:
    other = page.context.new_page()
    other.goto(address)
    letter(page).fill("Le premier onglet.")
    expect(line(page)).to_have_text(SAVED)
    expect(line(other)).to_contain_text("dans un autre onglet")
    letter(other).fill("Le second onglet.")
    expect(line(other)).to_contain_text("Non enregistré")
    assert stored(draft) == "Le premier onglet."
    other.get_by_role("button", name="Enregistrer et continuer").click()
    expect(other.get_by_role("alert")).to_contain_text("Le premier onglet.")
    expect(letter(other)).to_have_value("Le second onglet.")
    picture(other, "poor-line-two-tabs-390-fr")
    assert axe(other) == []
    assert overflow(other) == 0
    other.get_by_role("button", name="Enregistrer et continuer").click()
    other.wait_for_url("**/documents/")
    assert stored(draft) == "Le second onglet."


def test_leaving_on_purpose_leaves_nothing_on_the_device(page: Page, live_server: Any) -> None:
    page.context.set_offline(True)
    letter(page).fill(TEXT)
    expect(line(page)).to_have_text(LOST)
    assert kept_here(page) == 1
    page.context.set_offline(False)
    page.route("**/statement/", lambda route: route.abort())
    page.goto(f"{live_server.url}/account/")
    page.locator("#main").get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(f"{live_server.url}/")
    assert kept_here(page) == 0
