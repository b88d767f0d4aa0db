"""The pages about referees in a browser: readable by everyone, in both languages, on a phone and wide."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Browser, Page, expect

from accounts.models import Role, User
from applications import referees
from applications.models import Application, Referee
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from tests import factories
from tests.conftest import Settle
from tests.journeys.browser import PHONE, WIDE, axe, chromium, complaints, overflow, picture, reader

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


def sign_in(page: Page, site: str, user: User) -> None:
    """Give the browser a session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])


def link_in(letter: OutgoingEmail) -> str:
    """The path of the personal link."""
    found = re.search(r"https?://\S+?((?:/en)?/reference/\S+/)", letter.text)
    assert found
    return found[1]


@pytest.mark.parametrize(("language", "width"), [("fr", PHONE), ("en", WIDE)])
def test_from_the_name_to_the_letter(
    browser: Browser, live_server: Any, person: Settle, tmp_path: Any, language: str, width: int
) -> None:
    cache.clear()
    amina = person("amina", language=language, full_name="Amina Benali")
    draft = factories.draft(amina, factories.cycle(referees=2))
    mark = f"{language}-{width}"
    with override(language), reader(browser, width=width) as page:
        sign_in(page, live_server.url, amina)
        here = live_server.url + reverse("application_referees", args=[draft.number])
        page.goto(here)
        judge(page, f"referees-empty-{mark}")
        page.locator("form[action*='/check/'] button").click()
        expect(page.locator(".errors")).to_be_focused()
        judge(page, f"referees-error-{mark}")
        page.fill("[name=name]", "Élise Fortin")
        page.fill("[name=title]", "Professeure")
        page.fill("[name=organisation]", "Université de la Teranga")
        page.locator("[name=relation]").first.check()
        page.fill("[name=email]", "elise@universite.example")
        page.locator("form[action*='/check/'] button").click()
        expect(page.locator("main")).to_contain_text("elise@universite.example")
        judge(page, f"referee-check-{mark}")
        page.locator("main .btn-primary").click()
        expect(page.locator("li.referee")).to_have_count(1)
        judge(page, f"referees-invited-{mark}")
        assert complaints(page) == []
        link = link_in(OutgoingEmail.objects.get(letter="reference_request"))
        with reader(browser, width=width) as elise:
            send_letter(elise, live_server.url + link, tmp_path, mark)
        page.reload()
        expect(page.locator("li.referee .t-ok")).to_be_visible()


def send_letter(page: Page, link: str, folder: Any, mark: str) -> None:
    """By a browser that keeps no cookie: the referee's own."""
    page.goto(link)
    judge(page, f"reference-open-{mark}")
    page.locator("form[action*='/send/'] button").click()
    expect(page.locator(".errors")).to_be_focused()
    judge(page, f"reference-error-{mark}")
    letter = folder / "lettre.pdf"
    letter.write_bytes(factories.pdf(2, "Elise"))
    page.set_input_files("#id_letter", letter)
    page.locator("form[action*='/send/'] button").click()
    expect(page.locator("main")).to_contain_text("lettre.pdf")
    judge(page, f"reference-received-{mark}")
    assert page.context.cookies() == []
    page.locator("nav a[hreflang]").click()
    expect(page.locator("main")).to_contain_text("lettre.pdf")


@pytest.mark.parametrize(("language", "width"), [("fr", PHONE), ("en", WIDE)])
def test_every_other_state(
    browser: Browser, live_server: Any, person: Settle, language: str, width: int
) -> None:
    cache.clear()
    draft = factories.draft(person("amina"), factories.cycle(referees=3))
    first = factories.referee(draft)
    rows = [
        factories.referee(Application.objects.get(), name=name, email=f"{name}@x.example")
        for name in ("Bo", "Cy")
    ]
    mark = f"{language}-{width}"
    with override(language), reader(browser, width=width) as page:
        door = live_server.url + reverse("reference", args=[first.token])
        page.goto(live_server.url + reverse("reference_decline", args=[first.token]))
        judge(page, f"reference-decline-{mark}")
        page.locator("main .btn-primary").click()
        page.wait_for_url(door)
        judge(page, f"reference-declined-{mark}")
        page.goto(live_server.url + reverse("reference", args=["nothing"]))
        judge(page, f"reference-unknown-{mark}")
        OutgoingEmail.objects.about(rows[0]).update(status="bounced", error="550", text="")
        Referee.objects.filter(pk=rows[1].pk).update(invited_at=timezone.now() - timedelta(days=5))
        applicant(page, live_server.url, draft, rows[0], mark)
        office(page, live_server.url, draft, rows[0], mark, person("claire", Role.COORDINATOR))
        late(draft)
        for name, row in (("late", rows[0]), ("gone", first)):
            if name == "gone":
                Application.objects.update(status="withdrawn")
            page.context.clear_cookies()
            page.goto(live_server.url + reverse("reference", args=[row.token]))
            judge(page, f"reference-{name}-{mark}")


def applicant(page: Page, site: str, draft: Application, row: Referee, mark: str) -> None:
    """What the applicant sees: somebody who declined, a letter that came back, somebody to remind."""
    sign_in(page, site, draft.applicant)
    for name, more in (("application_referees", []), ("referee_address", [row.pk])):
        page.goto(site + reverse(name, args=[draft.number, *more]))
        judge(page, f"{name}-states-{mark}")
    page.goto(site + reverse("referee_remove", args=[draft.number, row.pk]))
    judge(page, f"referee_remove-{mark}")


def office(
    page: Page, site: str, draft: Application, row: Referee, mark: str, claire: User
) -> None:
    """What the coordination sees."""
    referees.decline(
        factories.referee(Application.objects.get(), name="Di", email="di@x.example"),
        reason="On leave",
        at=timezone.now(),
    )
    Application.objects.get().cycle.intakes.update(referees_asked=2)
    factories.submit(draft)
    page.context.clear_cookies()
    sign_in(page, site, claire)
    page.goto(site + reverse("file_referee", args=[draft.number, row.pk]))
    judge(page, f"file_referee-{mark}")
    page.goto(site + reverse("file", args=[draft.number]))
    judge(page, f"file-{mark}")


def late(draft: Application) -> None:
    """The last day for letters was three days ago."""
    past = timezone.now() - timedelta(days=3)
    Cycle.objects.filter(pk=draft.cycle_id).update(
        closes_at=past - timedelta(days=2), documents_due_on=past.date()
    )
