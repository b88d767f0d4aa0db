"""One's own account, and every page of it in both languages."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from accounts.models import User

pytestmark = pytest.mark.django_db

VISITOR = ["account_login", "password_sign_in", "account_reset_password", "account_inactive"]
VISITOR += ["account_password_reset_completed"]
SIGNED_IN = ["account_home", "account_email", "account_set_password", "account_logout"]
SIGNED_IN += ["mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"]


def page(name: str, language: str) -> str:
    """The address of the page in this language."""
    with override(language):
        return reverse(name)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", VISITOR)
def test_a_visitors_pages_are_there_in_both_languages(
    client: Any, name: str, language: str
) -> None:
    answer = client.get(page(name, language))
    assert answer.status_code == 200
    assert f'<html lang="{language}-CA">' in answer.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", SIGNED_IN)
def test_the_account_is_there_in_both_languages(
    client: Any, amina: User, name: str, language: str
) -> None:
    visitor = client.get(page(name, language))
    assert visitor.status_code == 302
    client.force_login(amina)
    answer = client.get(page(name, language))
    assert answer.status_code == 200
    assert f'<html lang="{language}-CA">' in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_there_is_one_sign_up_page_and_no_other() -> None:
    pages = {reverse(name) for name in ["account_login", "account_signup"]}
    assert pages == {"/account/sign-in/"} == {reverse("account_request_login_code")}
    for name in ["account_signup_by_passkey", "socialaccount_connections", "account_confirm_email"]:
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_an_applicant_chooses_a_language_and_has_no_name_here(client: Any, amina: User) -> None:
    client.force_login(amina)
    answer = client.post("/account/", {"language": "en", "full_name": "Someone Else"})
    assert answer.url == "/account/"
    amina.refresh_from_db()
    assert (amina.language, amina.full_name) == ("en", "Amina Benali")
    assert "Enregistré." in client.get("/account/").content.decode()


def test_a_member_of_the_staff_has_a_name(client: Any, david: User) -> None:
    client.force_login(david)
    client.post("/account/", {"language": "fr", "full_name": "David Chen-Roy"})
    david.refresh_from_db()
    assert (david.language, david.full_name) == ("fr", "David Chen-Roy")


def test_a_language_we_do_not_have_is_refused(client: Any, amina: User) -> None:
    client.force_login(amina)
    answer = client.post("/account/", {"language": "de"})
    assert answer.status_code == 200
    assert answer.context["form"].has_error("language")


def test_the_page_says_how_one_signs_in(client: Any, david: User) -> None:
    client.force_login(david)
    assert "Une application d’authentification" in client.get("/account/").content.decode()
    Authenticator.objects.filter(user=david).delete()
    for number in range(2):
        Authenticator.objects.create(
            user=david,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": f"Clé {number}", "credential": {}},
        )
    page = client.get("/account/").content.decode()
    assert "2 clés d’accès" in page
    assert "Vos clés d’accès" in page
    assert client.get(reverse("mfa_index")).status_code == 200
    listed = client.get(reverse("mfa_list_webauthn")).content.decode()
    assert "Clé 0" in listed
    assert "Clé 1" in listed


def test_pages_run_no_inline_script(client: Any, amina: User) -> None:
    client.force_login(amina)
    for name in ["mfa_add_webauthn", "account_home", "mfa_index"]:
        text = client.get(reverse(name)).content.decode()
        for opening in text.split("<script")[1:]:
            tag = opening.split(">")[0]
            assert "src=" in tag or 'type="application/json"' in tag
        assert " onclick=" not in text
        assert " style=" not in text


def test_only_those_who_apply_are_told_of_applications_and_consents(
    client: Any, amina: User, david: User
) -> None:
    seen = {}
    for user in (amina, david):
        client.force_login(user)
        seen[user] = client.get(page("account_home", "en")).content.decode()
    assert "who opened your applications" in seen[amina]
    assert "What I agreed to" in seen[amina]
    assert "Everything held about you." in seen[david]
    assert "What I agreed to" not in seen[david]
