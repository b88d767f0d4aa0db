"""The promised headers are on every kind of answer, whoever gives it."""

import contextlib
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.models import User
from applications.models import Document
from config.urls import urlpatterns as product
from tests.factories import attach, cycle, draft


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    raise RuntimeError("on purpose")


@login_not_required
def forbidden(request: HttpRequest) -> HttpResponse:
    """403."""
    raise PermissionDenied


handler500 = "config.views.server_error"
urlpatterns = [path("broken/", broken), path("forbidden/", forbidden), *product]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

HSTS = "max-age=63072000; includeSubDomains; preload"
SAID = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": HSTS,
}


@pytest.fixture
def browser(settings: Any) -> Client:
    """Over TLS, with the settings that production has for it."""
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_SSL_REDIRECT = True
    return Client(raise_request_exception=False)


def policy(answer: Any) -> dict[str, list[str]]:
    """The Content-Security-Policy, by directive."""
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


def assert_promised(answer: Any) -> None:
    for name, value in SAID.items():
        assert answer.headers.get(name) == value, name
    rules = policy(answer)
    assert rules["default-src"] == ["'none'"]
    assert rules["frame-ancestors"] == ["'none'"]
    everything = " ".join(value for values in rules.values() for value in values)
    assert "unsafe" not in everything
    assert "*" not in everything
    assert "http" not in everything
    assert "camera=()" in answer["Permissions-Policy"]
    assert len(answer["X-Request-ID"]) == 12
    answer.close()


ANSWERS = [
    ("/", 200),
    ("/en/", 200),
    ("/healthz", 200),
    ("/account/sign-in/", 200),
    ("/static/css/app.css", 200),
    ("/static/js/page.js", 200),
    ("/static/nothing.css", 404),
    ("/account/mine/", 302),
    ("/en/queue/", 302),
    ("/admin/", 302),
    ("/nothing/", 404),
    ("/forbidden/", 403),
    ("/broken/", 500),
    ("/applications/start/", 302),
]


@pytest.mark.parametrize(("address", "status"), ANSWERS)
def test_every_kind_of_answer_has_them(browser: Client, address: str, status: int) -> None:
    answer = browser.get(address, secure=True)
    assert answer.status_code == status
    assert_promised(answer)


def test_a_redirect_to_tls_has_the_policy_too(browser: Client) -> None:
    answer = browser.get("/en/?a=1")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/en/?a=1")
    assert policy(answer)["default-src"] == ["'none'"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "Strict-Transport-Security" not in answer  # means nothing without TLS


def test_a_wrong_method_has_them(browser: Client) -> None:
    answer = browser.post("/healthz", secure=True)
    assert answer.status_code == 405
    assert_promised(answer)


def test_an_unknown_host_is_refused_with_them(browser: Client) -> None:
    answer = browser.get("/", secure=True, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert_promised(answer)


def test_a_form_of_another_session_is_refused_with_them(settings: Any, browser: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/account/sign-in/", {"email": "zoe@example.com"}, secure=True)
    assert answer.status_code == 403
    assert_promised(answer)


def test_a_document_is_sandboxed_and_not_kept(browser: Client, amina: User) -> None:
    document: Document = attach(draft(amina, cycle()))
    browser.force_login(amina)
    answer = browser.get(f"/documents/{document.pk}/", secure=True)
    assert answer.status_code == 200
    assert "sandbox" in policy(answer)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    assert_promised(answer)


# Keeping ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "address", ["/", "/account/", "/account/mine/", "/nothing/", "/static/nothing.css"]
)
def test_nothing_personal_is_kept_by_a_cache(browser: Client, amina: User, address: str) -> None:
    browser.force_login(amina)
    assert browser.get(address, secure=True)["Cache-Control"] == "no-store"


def test_a_style_sheet_is_kept_by_caches_for_everyone(browser: Client, amina: User) -> None:
    browser.force_login(amina)
    with contextlib.closing(browser.get("/static/css/app.css", secure=True)) as answer:
        assert "public" in answer["Cache-Control"]
        assert "no-store" not in answer["Cache-Control"]


def test_a_page_that_sets_a_cookie_is_not_kept(browser: Client) -> None:
    answer = browser.get("/account/sign-in/", secure=True)
    assert answer.cookies
    assert answer["Cache-Control"] == "no-store"
