"""Passkeys, with a real browser and a virtual key: adding one, entering with it, confirming with it."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from tests.conftest import Settle
from tests.journeys.browser import axe, chromium, complaints, picture, reader

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def page() -> Iterator[Page]:
    """A browser whose machine has a key that knows its owner."""
    with chromium() as browser, reader(browser) as page:
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        yield page
        # While Playwright's loop runs, Django takes this thread for another one: what it opened closes here.
        connections.close_all()


@pytest.fixture
def site(live_server: Any) -> str:
    """The product, by the only plain name that browsers trust with passkeys."""
    cache.clear()
    return str(live_server.url).replace("127.0.0.1", "localhost")


def sign_in(page: Page, site: str, user: User) -> None:
    """Give the browser a session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])


def add_passkey(page: Page, site: str) -> None:
    """From the account, as a person does."""
    page.goto(site + reverse("mfa_add_webauthn"))
    page.get_by_label("Nom de cette clé d’accès").fill("Portable")
    page.locator("#passkey-button").click()
    page.wait_for_url(site + reverse("mfa_view_recovery_codes"))


def test_a_passkey_is_added_and_then_opens_the_account(
    page: Page, site: str, person: Settle
) -> None:
    amina = person("amina")
    sign_in(page, site, amina)
    add_passkey(page, site)
    assert Authenticator.objects.get(user=amina, type="webauthn").wrap().name == "Portable"
    page.context.clear_cookies()

    page.goto(f"{site}{reverse('password_sign_in')}?next={reverse('account_email')}")
    picture(page, "password-sign-in")
    assert axe(page) == []
    page.locator("#passkey-button").click()
    page.wait_for_url(site + reverse("account_email"))
    assert "amina@example.com" in page.content()
    assert complaints(page) == []


def test_staff_set_one_up_at_the_wall_and_use_it_as_the_second_step(
    page: Page, site: str, person: Settle
) -> None:
    david = person("david", "reviewer")
    Authenticator.objects.filter(user=david).delete()
    sign_in(page, site, david)
    page.goto(site + reverse("account_home"))
    assert page.url.endswith(reverse("mfa_index"))
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.locator("#passkey-button").click()
    page.wait_for_url(site + reverse("mfa_view_recovery_codes"))

    page.context.clear_cookies()
    david.set_password("correct horse battery staple")
    david.save()
    page.goto(site + reverse("password_sign_in"))
    page.locator("input[name=login]").fill(david.email)
    page.locator("input[name=password]").fill("correct horse battery staple")
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(site + reverse("mfa_authenticate"))
    page.locator("#passkey-button").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(site + reverse("account_home"))
    assert page.get_by_role("heading", name="Mon compte").is_visible()

    page.goto(site + reverse("mfa_reauthenticate_webauthn") + "?next=" + reverse("mfa_index"))
    page.locator("#passkey-button").click()
    page.wait_for_url(site + reverse("mfa_index"))
    assert complaints(page) == []


def test_a_key_that_does_not_answer_is_said(page: Page, site: str) -> None:
    page.goto(site + reverse("password_sign_in"))
    trouble = page.locator("[data-passkey-trouble]")
    assert trouble.is_hidden()
    page.locator("#passkey-button").click()  # the virtual key has no passkey for this site
    trouble.wait_for(state="visible", timeout=20_000)


def test_a_forged_answer_opens_nothing(client: Any, amina: User) -> None:
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": "{}"})
    assert answer.url == reverse("account_login")
    assert client.get(reverse("mfa_login_webauthn")).url == reverse("account_login")
    assert "_auth_user_id" not in client.session
