"""Every page of the account in a browser: readable by everyone, in both languages, narrow and wide."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, Page

from accounts.demo import DEMO_AUTHENTICATOR_SECRET, settle_all
from accounts.models import Role, User
from tests.accounts.conftest import code_now, code_sent_to
from tests.conftest import Settle
from tests.factories import cycle
from tests.journeys.browser import (
    NARROW,
    WIDE,
    axe,
    chromium,
    complaints,
    overflow,
    picture,
    reader,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

VISITOR = ["account_login", "password_sign_in", "account_reset_password", "account_inactive"]
VISITOR += ["account_password_reset_completed"]
MEMBER = ["account_home", "account_email", "account_set_password", "mfa_index", "mfa_add_webauthn"]
MEMBER += ["mfa_list_webauthn", "mfa_activate_totp", "account_logout"]


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


@pytest.mark.parametrize(("language", "width"), [("fr", NARROW), ("en", WIDE)])
def test_every_page_is_for_everyone(
    browser: Browser, live_server: Any, person: Settle, language: str, width: int
) -> None:
    cache.clear()
    settle_all()
    site = live_server.url
    cycle()
    zoe = person("zoe")
    Authenticator.objects.create(
        user=zoe, type=Authenticator.Type.WEBAUTHN, data={"name": "Portable", "credential": {}}
    )
    with override(language), reader(browser, width=width) as page:
        for name in VISITOR:
            page.goto(site + reverse(name))
            judge(page, f"{name}-{language}-{width}")
        page.goto(site + reverse("account_login"))
        page.locator("form.app-form button").click()
        judge(page, f"account_login-error-{language}-{width}")
        page.locator("input[name=email]").fill("mateus.oliveira@example.org")
        page.locator("form.app-form button").click()
        page.wait_for_url(site + reverse("account_confirm_login_code"))
        assert page.locator("button[data-wait]").get_attribute("aria-disabled") == "true"
        judge(page, f"account_confirm_login_code-{language}-{width}")
        page.locator("input[name=code]").fill("12 34")
        page.locator("form.app-form button").click()
        page.locator(".errors").wait_for()
        judge(page, f"account_confirm_login_code-error-{language}-{width}")
        page.context.clear_cookies()
        signed_in(page, site, person("amina"))
        for name in MEMBER:
            page.goto(site + reverse(name))
            judge(page, f"{name}-{language}-{width}")
        page.context.clear_cookies()
        signed_in(page, site, zoe)
        page.goto(site + reverse("mfa_list_webauthn"))
        judge(page, f"mfa_list_webauthn-one-{language}-{width}")
        page.goto(site + reverse("mfa_add_webauthn"))
        assert page.url.split("?")[0] == site + reverse("mfa_reauthenticate_webauthn")
        judge(page, f"mfa_reauthenticate_webauthn-{language}-{width}")


def test_the_second_step_is_for_everyone(
    browser: Browser, live_server: Any, person: Settle
) -> None:
    cache.clear()
    site, david = live_server.url, person("david", Role.REVIEWER)

    def prove() -> None:
        cache.clear()  # a code of the app opens once
        page.locator("input[name=code]").fill(code_now(DEMO_AUTHENTICATOR_SECRET))
        page.locator("form.app-form button").click()

    with override("fr"), reader(browser, width=NARROW) as page:
        page.goto(site + reverse("account_login"))
        page.locator("input[name=email]").fill(david.email)
        page.locator("form.app-form button").click()
        page.wait_for_url(site + reverse("account_confirm_login_code"))
        page.locator("input[name=code]").fill(code_sent_to(david.email))
        page.locator("form.app-form button").click()
        page.wait_for_url(site + reverse("mfa_authenticate"))
        judge(page, "mfa_authenticate")
        prove()
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.goto(site + reverse("mfa_generate_recovery_codes"))
        judge(page, "mfa_reauthenticate")
        prove()
        page.wait_for_url(site + reverse("mfa_generate_recovery_codes"))
        judge(page, "mfa_generate_recovery_codes")
        page.locator("main form button").click()
        page.wait_for_url(site + reverse("mfa_view_recovery_codes"))
        judge(page, "mfa_view_recovery_codes")
        page.goto(site + reverse("mfa_deactivate_totp"))
        judge(page, "mfa_deactivate_totp")
