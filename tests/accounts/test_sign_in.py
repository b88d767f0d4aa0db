"""One page, one field: signing in and up with a code."""

import time
from typing import Any
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from audit.models import AuditEntry
from notifications import switching
from notifications.models import OutgoingEmail
from tests.accounts.conftest import ask, code_sent_to, enter, last_letter, wrong_code

pytestmark = pytest.mark.django_db
CODE_PAGE = "/account/sign-in/code/"
AGAIN = "/account/sign-in/code/again/"


def later(minutes: float) -> mock._patch:
    """The clock of codes, so many minutes ahead."""
    now = time.time()
    return mock.patch("time.time", return_value=now + minutes * 60)


def test_a_new_address_becomes_an_applicant_once_its_code_was_entered(client: Any) -> None:
    answer = ask(client, "New@Example.com")
    assert answer.url == CODE_PAGE
    assert not User.objects.filter(email="new@example.com").exists()
    answer = enter(client, "new@example.com")
    assert answer.url == reverse(settings.LOGIN_REDIRECT_URL)
    user = User.objects.get(email="new@example.com")
    assert user.roles == []
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    assert AuditEntry.objects.about(user).get().verb == "sign up"
    assert client.get("/account/").status_code == 200


def test_a_known_address_comes_back_to_its_account(client: Any, amina: User) -> None:
    ask(client, amina.email)
    enter(client, amina.email)
    assert client.get("/account/").wsgi_request.user == amina
    assert User.objects.filter(email=amina.email).count() == 1
    assert not AuditEntry.objects.about(amina).exists()


@pytest.mark.parametrize(("prefix", "language"), [("", "fr"), ("/en", "en")])
def test_the_language_of_the_page_becomes_the_persons(
    client: Any, prefix: str, language: str
) -> None:
    client.post(f"{prefix}/account/sign-in/", {"email": "new@example.com"})
    letter = last_letter("new@example.com")
    assert letter.language == language
    answer = client.post(f"{prefix}{CODE_PAGE}", {"code": code_sent_to("new@example.com")})
    assert answer.url.startswith(f"{prefix}/account/")
    assert User.objects.get(email="new@example.com").language == language


def test_a_known_person_is_written_to_in_their_own_language(client: Any, bruno: User) -> None:
    ask(client, bruno.email)
    assert last_letter(bruno.email).language == "en"
    enter(client, bruno.email)
    bruno.refresh_from_db()
    assert bruno.language == "en"


def test_the_code_is_a_secret_letter_that_leaves_first(client: Any) -> None:
    ask(client, "new@example.com")
    letter = last_letter("new@example.com")
    assert (letter.secret, letter.priority) == (True, 0)
    assert code_sent_to("new@example.com") not in letter.subject


@pytest.mark.parametrize("paused", [False, True])
def test_known_unknown_and_closed_addresses_get_the_same_answers(
    amina: User, bruno: User, claire: User, paused: bool
) -> None:
    if paused:
        switching.pause(by=claire, why="Wrong text.")
    User.objects.filter(pk=bruno.pk).update(is_active=False)
    seen = set()
    for address in [amina.email, "nobo1@example.com", bruno.email]:
        client: Any = Client()
        first = ask(client, address)
        second = client.get(first.url)
        wrong = client.post(CODE_PAGE, {"code": wrong_code(address)})
        pages = [page.content.decode().replace(address, "ADDRESS") for page in (second, wrong)]
        lengths = tuple(len(page) for page in pages)
        assert all(("aucun code ne part" in page) is paused for page in pages)
        assert all(("Nous avons envoyé un code" in page) is not paused for page in pages)
        seen.add((first.status_code, first.url, second.status_code, wrong.status_code, lengths))
        assert OutgoingEmail.objects.filter(address=address).count() == 1
    assert len(seen) == 1


def test_while_mail_is_paused_no_new_code_is_said_to_have_left(client: Any, claire: User) -> None:
    ask(client, "new@example.com")
    switching.pause(by=claire, why="Wrong text.")
    with later(2):
        page = client.post(AGAIN, follow=True).content.decode()
    assert "Un nouveau code est parti" not in page
    assert "aucun code ne part" in page
    assert reverse("password_sign_in") in page


def test_known_and_unknown_addresses_cost_the_same_queries(amina: User) -> None:
    counts = set()
    for address in [amina.email, "nobody@example.com"]:
        client: Any = Client()
        with CaptureQueriesContext(connection) as asked:
            ask(client, address)
        counts.add(len(asked))
    assert len(counts) == 1


def test_a_closed_account_does_not_open(client: Any, amina: User) -> None:
    User.objects.filter(pk=amina.pk).update(is_active=False)
    ask(client, amina.email)
    assert enter(client, amina.email).url == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200
    assert client.get("/account/").status_code == 302


def test_next_is_kept_and_a_strangers_is_not(client: Any) -> None:
    page = client.get("/account/sign-in/", {"next": "/account/email/"})
    assert 'name="next" value="/account/email/"' in page.content.decode()
    client.post("/account/sign-in/", {"email": "new@example.com", "next": "/account/email/"})
    assert enter(client, "new@example.com").url == "/account/email/"
    other: Any = Client()
    page = other.get("/account/sign-in/", {"next": "https://evil.example/"})
    assert 'name="next"' not in page.content.decode()
    other.post("/account/sign-in/", {"email": "new@example.com", "next": "//evil.example/"})
    assert enter(other, "new@example.com").url == reverse(settings.LOGIN_REDIRECT_URL)


def test_the_session_key_changes_at_sign_in(client: Any) -> None:
    ask(client, "new@example.com")
    before = client.session.session_key
    token = client.get(CODE_PAGE).cookies["csrftoken"].value
    answer = enter(client, "new@example.com")
    assert client.session.session_key != before
    assert answer.cookies["csrftoken"].value != token


def test_someone_signed_in_is_sent_on(client: Any, amina: User) -> None:
    client.force_login(amina)
    assert client.get("/account/sign-in/").url == reverse(settings.LOGIN_REDIRECT_URL)
    assert client.get("/account/sign-in/", {"next": "/account/email/"}).url == "/account/email/"
    assert client.get(CODE_PAGE).status_code == 302


def test_the_code_page_needs_a_code_on_its_way(client: Any) -> None:
    assert client.get(CODE_PAGE).url == "/account/sign-in/"
    assert client.post(AGAIN).url == "/account/sign-in/"
    assert client.get(AGAIN).status_code == 405


def test_a_pasted_code_may_have_spaces(client: Any) -> None:
    ask(client, "new@example.com")
    code = code_sent_to("new@example.com")
    answer = client.post(CODE_PAGE, {"code": f" {code[:3]}\u00a0{code[3:]} "})
    assert answer.status_code == 302


def test_a_broken_address_is_said_at_the_field(client: Any) -> None:
    answer = client.post("/account/sign-in/", {"email": "not an address"})
    assert answer.status_code == 200
    assert answer.context["form"].has_error("email")
    assert "not an address" in answer.content.decode()
    assert not OutgoingEmail.objects.exists()


def test_using_another_address_shows_the_one_typed(client: Any) -> None:
    ask(client, "typo@exmple.com")
    assert 'value="typo@exmple.com"' in client.get("/account/sign-in/").content.decode()


def test_a_code_works_once(client: Any) -> None:
    ask(client, "new@example.com")
    code = code_sent_to("new@example.com")
    enter(client, "new@example.com")
    client.post("/account/sign-out/")
    assert client.post(CODE_PAGE, {"code": code}).url == "/account/sign-in/"


def test_a_code_expires_after_fifteen_minutes(client: Any) -> None:
    ask(client, "new@example.com")
    code = code_sent_to("new@example.com")
    with later(14.9):
        assert client.get(CODE_PAGE).status_code == 200
    with later(15.1):
        answer = client.post(CODE_PAGE, {"code": code}, follow=True)
    assert answer.redirect_chain[-1][0] == "/account/sign-in/"
    assert "account_login" not in client.session
    assert "Ce code n’est plus valide" in answer.content.decode()
    assert not User.objects.filter(email="new@example.com").exists()


def test_five_wrong_codes_end_it_and_the_next_ones_must_wait(client: Any) -> None:
    ask(client, "new@example.com")
    for _ in range(4):
        answer = client.post(CODE_PAGE, {"code": wrong_code("new@example.com")})
        assert answer.context["form"].has_error("code", "wrong")
    answer = client.post(CODE_PAGE, {"code": wrong_code("new@example.com")}, follow=True)
    assert "Cinq codes erronés" in answer.content.decode()
    ask(client, "new@example.com")
    answer = client.post(CODE_PAGE, {"code": code_sent_to("new@example.com")})
    assert answer.context["form"].has_error("code", "too_many")
    with later(5.1):
        assert enter(client, "new@example.com").status_code == 302


def test_wrong_codes_count_for_the_address_whatever_the_session() -> None:
    for _ in range(5):
        client: Any = Client()
        ask(client, "new@example.com")
        client.post(CODE_PAGE, {"code": wrong_code("new@example.com")})
    answer = client.post(CODE_PAGE, {"code": code_sent_to("new@example.com")})
    assert answer.context["form"].has_error("code", "too_many")


def test_the_tries_are_counted_in_the_database(client: Any) -> None:
    """So that the limits hold without the broker, and for every process."""
    ask(client, "new@example.com")
    with CaptureQueriesContext(connection) as asked:
        client.post(CODE_PAGE, {"code": wrong_code("new@example.com")})
    assert "cache_entries" in str(asked.captured_queries)


def test_a_right_code_is_not_counted(client: Any) -> None:
    for _ in range(2):
        ask(client, "new@example.com")
        for _ in range(2):
            client.post(CODE_PAGE, {"code": wrong_code("new@example.com")})
        assert enter(client, "new@example.com").status_code == 302
        client.post("/account/sign-out/")


def test_tries_from_many_places_are_counted_too() -> None:
    """30 an hour, so that changing one's address on the network does not help."""
    for place in range(6):
        client: Any = Client(REMOTE_ADDR=f"203.0.113.{place + 1}")
        ask(client, "new@example.com")
        for _ in range(5):
            client.post(CODE_PAGE, {"code": wrong_code("new@example.com")})
    last = Client(REMOTE_ADDR="203.0.113.99")
    ask(last, "new@example.com")
    answer = last.post(CODE_PAGE, {"code": code_sent_to("new@example.com")})
    assert answer.context["form"].has_error("code", "too_many")


def test_an_address_may_ask_for_five_codes_in_five_minutes() -> None:
    for _ in range(5):
        assert ask(Client(), "new@example.com").status_code == 302
    answer = ask(Client(), "new@example.com")
    assert answer.context["form"].has_error("email", "too_many")
    assert OutgoingEmail.objects.count() == 5
    assert ask(Client(), "other@example.com").status_code == 302


def test_nothing_typed_is_wrong_but_not_counted(client: Any) -> None:
    ask(client, "new@example.com")
    for _ in range(6):
        assert client.post(CODE_PAGE, {"code": ""}).context["form"].has_error("code", "required")
    assert enter(client, "new@example.com").status_code == 302


def test_another_code_waits_a_minute_and_replaces_the_first(client: Any) -> None:
    ask(client, "new@example.com")
    first = code_sent_to("new@example.com")
    answer = client.post(AGAIN, follow=True)
    assert "Un code vient de partir" in answer.content.decode()
    assert OutgoingEmail.objects.count() == 1
    with later(1.1):
        answer = client.post(AGAIN, follow=True)
        assert "Un nouveau code est parti" in answer.content.decode()
    assert OutgoingEmail.objects.count() == 2
    second = code_sent_to("new@example.com")
    if first != second:
        assert client.post(CODE_PAGE, {"code": first}).status_code == 200
    with later(15.5):  # the second one left a minute later
        assert enter(client, "new@example.com").status_code == 302


def test_codes_are_sent_again_three_times_at_most(client: Any) -> None:
    ask(client, "new@example.com")
    for minute in range(1, 4):
        with later(minute * 6.1):
            client.post(AGAIN)
    with later(25):
        answer = client.post(AGAIN, follow=True)
    assert "Trop de codes ont été demandés" in answer.content.decode()
    assert OutgoingEmail.objects.count() == 4


def test_staying_signed_in_is_for_applicants(client: Any, amina: User, david: User) -> None:
    ask(client, amina.email)
    enter(client, amina.email, keep="on")
    assert 14 * 86_400 - 60 < client.session.get_expiry_age() <= 14 * 86_400
    other: Any = Client()
    ask(other, david.email)
    enter(other, david.email, keep="on")
    assert other.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
