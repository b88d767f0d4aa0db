"""The last click, the receipt, the withdrawal and the late passes in a browser: readable by everyone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Browser, Page

from accounts.models import User
from applications import lifecycle
from tests import factories
from tests.journeys.browser import (
    NARROW,
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
    assert complaints(page) == [], name


def signed_in(page: Page, site: str, user: User) -> None:
    """Give the browser a session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])


@pytest.mark.parametrize(("language", "width"), [("fr", NARROW), ("fr", PHONE), ("en", WIDE)])
def test_from_the_last_click_to_the_withdrawal_and_back(
    browser: Browser, live_server: Any, amina: User, language: str, width: int
) -> None:
    application = factories.draft(amina, factories.cycle())
    end = f"{language}-{width}"
    with override(language), reader(browser, width=width, zone="Africa/Dakar") as page:
        signed_in(page, live_server.url, amina)
        page.goto(live_server.url + reverse("application_review", args=[application.number]))
        for name in ("true", "notice", "transfer"):
            page.check(f"#id_declaration_{name}")
        page.locator("form[data-once] button").click()
        page.wait_for_url("**/receipt/**")
        assert "(Dakar)" in page.inner_text("main")
        judge(page, f"receipt-{end}")
        first = page.url
        application.refresh_from_db()
        lifecycle.reopen(application, by=amina, at=timezone.now())
        application.statement = "Autre chose."
        application.save()
        page.goto(first)
        judge(page, f"receipt-changed-{end}")
        factories.submit(application)
        page.goto(first)
        judge(page, f"receipt-replaced-{end}")
        page.goto(live_server.url + reverse("application_withdraw", args=[application.number]))
        judge(page, f"withdraw-{end}")
        page.locator("main form button").click()
        page.wait_for_url("**/mine/")
        judge(page, f"withdrawn-{end}")
        page.locator("main form button").first.click()
        page.wait_for_url("**/mine/")
        application.refresh_from_db()
        assert application.is_filed


@pytest.mark.parametrize(("language", "width"), [("fr", NARROW), ("fr", PHONE), ("en", WIDE)])
def test_late_passes(
    browser: Browser, live_server: Any, amina: User, claire: User, language: str, width: int
) -> None:
    cycle = factories.cycle()
    end = f"{language}-{width}"
    lifecycle.give_late_pass_to(
        amina, cycle, until=cycle.closes_at + timedelta(days=1), why="Panne.", by=claire
    )
    with override(language), reader(browser, width=width) as page:
        signed_in(page, live_server.url, claire)
        page.goto(live_server.url + reverse("late_passes"))
        page.locator("details summary").last.click()
        judge(page, f"late-passes-{end}")
        page.locator("form.app-form button").click()
        page.locator(".errors").wait_for()
        judge(page, f"late-passes-error-{end}")
