"""A password, for those who set one."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.demo import DEMO_AUTHENTICATOR_SECRET
from accounts.models import User
from audit.models import AuditEntry
from notifications.models import OutgoingEmail
from tests.accounts.conftest import code_now, code_sent_to, last_letter, wrong_code

pytestmark = pytest.mark.django_db
OLD, NEW = "correct horse battery staple", "seven green kettles sing"


@pytest.fixture
def amina(amina: User) -> User:
    """Amina, who set a password."""
    amina.set_password(OLD)
    amina.save()
    return amina


def enter(client: Any, address: str, password: str, **fields: str) -> Any:
    """Use the password page."""
    return client.post(
        reverse("password_sign_in"), {"login": address, "password": password, **fields}
    )


def test_address_and_password_open_the_account(client: Any, amina: User) -> None:
    before = client.session.session_key
    answer = enter(client, "Amina@Example.com", OLD, next="/account/email/")
    assert answer.url == "/account/email/"
    assert client.session.session_key != before
    assert client.get("/account/").wsgi_request.user == amina


def test_known_and_unknown_addresses_are_refused_alike(amina: User) -> None:
    answers = set()
    for address in [amina.email, "nobo1@example.com", "x" * 5 + "@example.com"]:
        answer = enter(Client(), address, "a wrong password")
        text = answer.content.decode().replace(address, "ADDRESS")
        assert "ne vont pas ensemble" in text
        answers.add((answer.status_code, len(text)))
    assert len(answers) == 1


def test_five_wrong_passwords_make_a_pause(amina: User) -> None:
    for _ in range(5):
        enter(Client(), amina.email, "a wrong password")
    answer = enter(Client(), amina.email, OLD)
    assert "Trop d’essais" in answer.content.decode()
    assert "_auth_user_id" not in answer.wsgi_request.session


def test_a_pending_code_does_not_hide_the_password_page(client: Any, amina: User) -> None:
    client.post("/account/sign-in/", {"email": amina.email})
    assert client.get(reverse("password_sign_in")).status_code == 200
    assert enter(client, amina.email, OLD).status_code == 302


def test_an_address_that_was_never_proved_gets_a_code_first(client: Any) -> None:
    user = User.objects.create_user("entered@example.com", OLD)
    assert enter(client, user.email, OLD).url == reverse("account_email_verification_sent")
    assert last_letter(user.email).letter == "address_code"
    page = reverse("account_email_verification_sent")
    assert client.get(page).status_code == 200
    assert client.post(page, {"code": wrong_code(user.email)}).status_code == 200
    answer = client.post(page, {"code": code_sent_to(user.email)})
    assert answer.status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_member_of_the_staff_is_asked_for_the_second_factor(client: Any, david: User) -> None:
    david.set_password(OLD)
    david.save()
    assert enter(client, david.email, OLD).url == reverse("mfa_authenticate")
    assert client.get("/account/").status_code == 302
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now(DEMO_AUTHENTICATOR_SECRET)})
    assert answer.url == reverse("home_for_me")
    assert client.get("/account/").status_code == 200


def test_changing_the_password_ends_the_other_sessions(client: Any, amina: User) -> None:
    other: Any = Client()
    enter(other, amina.email, OLD)
    enter(client, amina.email, OLD)
    page = reverse("account_change_password")
    wrong = client.post(page, {"oldpassword": "not this one", "password1": NEW})
    assert "Ce n’est pas votre mot de passe actuel" in wrong.content.decode()
    weak = client.post(page, {"oldpassword": OLD, "password1": "password1234"})
    assert weak.context["form"].has_error("password1")
    answer = client.post(page, {"oldpassword": OLD, "password1": NEW})
    assert answer.url == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert "mot de passe de votre compte" in last_letter(amina.email).text
    amina.refresh_from_db()
    assert amina.check_password(NEW)


def test_a_first_password_ends_the_other_sessions(client: Any, bruno: User) -> None:
    other: Any = Client()
    other.force_login(bruno)
    client.force_login(bruno)
    assert client.get(reverse("account_change_password")).url == reverse("account_set_password")
    answer = client.post(reverse("account_set_password"), {"password1": NEW})
    assert answer.url == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    bruno.refresh_from_db()
    assert bruno.check_password(NEW)


def test_a_forgotten_password_is_replaced_with_a_code(client: Any, amina: User) -> None:
    other: Any = Client()
    enter(other, amina.email, OLD)
    answer = client.post(reverse("account_reset_password"), {"email": amina.email})
    assert answer.url == reverse("account_confirm_password_reset_code")
    assert client.get(answer.url).status_code == 200
    wrong = client.post(answer.url, {"code": wrong_code(amina.email)})
    assert wrong.context["form"].has_error("code", "wrong")
    answer = client.post(answer.url, {"code": code_sent_to(amina.email)})
    assert answer.url == reverse("account_complete_password_reset")
    assert client.get(answer.url).status_code == 200
    answer = client.post(answer.url, {"password1": NEW})
    assert answer.url == reverse("account_password_reset_completed")
    assert client.get(answer.url).status_code == 200
    assert other.get("/account/").status_code == 302
    assert enter(client, amina.email, NEW).status_code == 302


def test_forgetting_tells_nothing_about_an_address(amina: User) -> None:
    answers = set()
    for address in [amina.email, "nobo1@example.com"]:
        client: Any = Client()
        first = client.post(reverse("account_reset_password"), {"email": address})
        second = client.get(first.url)
        third = client.post(first.url, {"code": "000000"})
        lengths = [
            len(page.content.decode().replace(address, "ADDRESS")) for page in (second, third)
        ]
        answers.add((first.status_code, first.url, third.status_code, *lengths))
        assert OutgoingEmail.objects.filter(address=address).count() == 1
    assert len(answers) == 1
    assert last_letter("nobo1@example.com").letter == "no_account"
    assert "/account/sign-in/" in last_letter("nobo1@example.com").text


@pytest.mark.parametrize("typed", ["", "-", "abc", "000000"])
def test_where_no_code_was_sent_none_is_right(client: Any, typed: str) -> None:
    first = client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})
    answer = client.post(first.url, {"code": typed})
    assert answer.status_code == 200
    assert answer.context["form"].has_error("code")


def test_a_new_address_is_proved_before_it_counts(client: Any, amina: User) -> None:
    enter(client, amina.email, OLD)
    page = reverse("account_email")
    confirm = client.post(page, {"email": "new@example.com", "action_add": "1"})
    assert confirm.url.startswith(reverse("account_reauthenticate"))
    wrong = client.post(confirm.url, {"password": "not this one"})
    assert "Ce n’est pas votre mot de passe" in wrong.content.decode()
    answer = client.post(confirm.url, {"password": OLD})
    assert answer.url == reverse("account_email_verification_sent")
    amina.refresh_from_db()
    assert amina.email == "amina@example.com"
    assert client.get(answer.url).status_code == 200
    answer = client.post(answer.url, {"code": code_sent_to("new@example.com")})
    assert answer.url == "/account/"
    amina.refresh_from_db()
    assert amina.email == "new@example.com"
    assert [row.email for row in EmailAddress.objects.filter(user=amina)] == ["new@example.com"]
    assert "autre adresse" in last_letter("amina@example.com").text
    entry = amina_trail(amina)
    assert entry.details == {}


def amina_trail(amina: User) -> Any:
    """The last line of the trail about her."""
    return AuditEntry.objects.about(amina).last()


def test_an_address_of_someone_else_is_refused_once_proved(
    client: Any, amina: User, bruno: User
) -> None:
    enter(client, amina.email, OLD)
    confirm = client.post(reverse("account_email"), {"email": bruno.email, "action_add": "1"})
    answer = client.post(confirm.url, {"password": OLD})
    answer = client.post(answer.url, {"code": code_sent_to(bruno.email)})
    assert "appartient à un autre compte" in answer.content.decode()
    amina.refresh_from_db()
    assert amina.email == "amina@example.com"


def test_one_s_own_address_is_no_change(client: Any, bruno: User) -> None:
    client.force_login(bruno)
    answer = client.post(reverse("account_email"), {"email": bruno.email, "action_add": "1"})
    assert "C’est déjà votre adresse" in answer.content.decode()


def test_signing_out_needs_a_post(client: Any, amina: User) -> None:
    enter(client, amina.email, OLD)
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get("/account/").status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get("/account/").status_code == 302
