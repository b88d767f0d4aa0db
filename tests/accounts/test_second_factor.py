"""The second factor: whoever works here has one."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.test import Client
from django.urls import reverse

from accounts.demo import DEMO_AUTHENTICATOR_SECRET
from accounts.models import Role, User
from accounts.second_factor import SecondFactorAdapter, has_second_factor, may_remove
from tests.accounts.conftest import ask, code_now, enter, last_letter
from tests.conftest import Settle

pytestmark = pytest.mark.django_db


def without(user: User) -> User:
    """The same person, before any second factor."""
    Authenticator.objects.filter(user=user).delete()
    return user


@pytest.mark.parametrize("role", list(Role))
def test_the_wall_stands_before_each_role(client: Any, person: Settle, role: Role) -> None:
    user = person("someone", role)
    client.force_login(user)
    assert client.get(reverse("account_home")).status_code == 200
    without(user)
    for name in ["account_home", "account_email", "home_for_me", "admin:index", "home"]:
        answer = client.get(reverse(name))
        assert (answer.status_code, answer.get("Location")) == (302, reverse("mfa_index")), name
    assert client.post(reverse("account_home")).url == reverse("mfa_index")


def test_the_wall_leaves_the_way_out_and_the_set_up_open(client: Any, david: User) -> None:
    client.force_login(without(david))
    for name in ["mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"]:
        assert client.get(reverse(name)).status_code == 200, name
    assert client.get("/healthz").status_code == 200
    assert client.get("/en/account/second-factor/").status_code == 200
    assert client.post(reverse("account_logout")).url == reverse("home")


def test_applicants_and_visitors_meet_no_wall(client: Any, amina: User) -> None:
    assert client.get(reverse("account_login")).status_code == 200
    client.cookies["sessionid"] = "forged"
    assert client.get(reverse("account_login")).status_code == 200
    client.force_login(amina)
    assert client.get(reverse("account_home")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(david: User) -> None:
    without(david)
    Authenticator.objects.create(user=david, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not has_second_factor(david)


def test_a_code_by_mail_is_followed_by_the_second_step(client: Any, david: User) -> None:
    client.post("/account/sign-in/", {"email": david.email, "next": "/account/email/"})
    assert enter(client, david.email).url == reverse("mfa_authenticate")
    assert client.get("/account/").status_code == 302
    page = client.get(reverse("mfa_authenticate"))
    assert page.status_code == 200
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.context["form"].has_error("code")
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now(DEMO_AUTHENTICATOR_SECRET)})
    assert answer.url == "/account/email/"
    assert client.get("/account/").status_code == 200


def test_five_wrong_second_steps_make_a_pause(client: Any, david: User) -> None:
    ask(client, david.email)
    enter(client, david.email)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now(DEMO_AUTHENTICATOR_SECRET)})
    assert "Trop d’essais" in answer.content.decode()


def test_a_new_member_sets_an_app_up_and_gets_recovery_codes(
    client: Any, person: Settle, django_capture_on_commit_callbacks: Any
) -> None:
    rene = without(person("rene", Role.REVIEWER))
    ask(client, rene.email)
    assert enter(client, rene.email).url == reverse("home_for_me")
    assert client.get(reverse("home_for_me")).url == reverse("mfa_index")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Ce n’est pas le code que votre application" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert "application d’authentification protège" in last_letter(rene.email).text
    codes = client.get(answer.url).context["unused_codes"]
    assert len(codes) == 10
    download = client.get(reverse("mfa_download_recovery_codes"))
    assert download.content.decode().split() == codes
    assert client.get(reverse("account_home")).status_code == 200
    other: Any = Client()
    ask(other, rene.email)
    enter(other, rene.email)
    assert other.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert other.get("/account/").status_code == 200


def test_staff_keep_one_second_factor(client: Any, david: User, amina: User) -> None:
    client.force_login(david)
    page = reverse("mfa_deactivate_totp")
    confirm = client.get(page)
    assert confirm.url.startswith(reverse("mfa_reauthenticate"))
    assert client.get(confirm.url).status_code == 200
    answer = client.post(confirm.url, {"code": code_now(DEMO_AUTHENTICATOR_SECRET)})
    assert answer.url == page
    refused = client.get(page)
    assert "Le personnel garde au moins un second facteur" in refused.content.decode()
    client.post(page)
    assert has_second_factor(david)


def test_a_second_one_lets_the_first_go_and_applicants_keep_none(david: User, amina: User) -> None:
    app = Authenticator.objects.get(user=david)
    assert not may_remove(app)
    Authenticator.objects.create(user=david, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not may_remove(app)
    Authenticator.objects.create(user=david, type=Authenticator.Type.WEBAUTHN, data={})
    assert may_remove(app)
    assert may_remove(TOTP.activate(amina, DEMO_AUTHENTICATOR_SECRET).instance)


def test_the_last_passkey_of_the_staff_stays(client: Any, david: User) -> None:
    without(david)
    key = Authenticator.objects.create(
        user=david, type=Authenticator.Type.WEBAUTHN, data={"name": "Bureau", "credential": {}}
    )
    confirmed(client, david)
    page = reverse("mfa_remove_webauthn", args=[key.pk])
    assert client.get(page).status_code == 200
    answer = client.post(page, follow=True)
    assert "Le personnel garde au moins un second facteur" in answer.content.decode()
    TOTP.activate(david, DEMO_AUTHENTICATOR_SECRET)
    assert client.post(page).url == reverse("mfa_list_webauthn")
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def confirmed(client: Any, user: User) -> None:
    """Signed in, and just confirmed: the demonstration's own way in counts as that."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def test_a_passkey_is_renamed_by_its_owner_only(client: Any, amina: User, bruno: User) -> None:
    key = Authenticator.objects.create(
        user=amina, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé 1", "credential": {}}
    )
    confirmed(client, bruno)
    assert client.get(reverse("mfa_edit_webauthn", args=[key.pk])).status_code == 404
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    confirmed(client, amina)
    answer = client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Téléphone"})
    assert answer.url == reverse("mfa_list_webauthn")
    assert "Téléphone" in client.get(answer.url).content.decode()


def test_new_recovery_codes_replace_the_old(
    client: Any, david: User, django_capture_on_commit_callbacks: Any
) -> None:
    confirmed(client, david)
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    client.post(reverse("mfa_generate_recovery_codes"))
    first = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    second = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert not set(first) & set(second)
    assert "New recovery codes" in last_letter(david.email).text


def test_secrets_are_not_readable_in_the_database(david: User, settings: Any) -> None:
    row = Authenticator.objects.get(user=david)
    assert DEMO_AUTHENTICATOR_SECRET not in str(row.data)
    assert SecondFactorAdapter().decrypt(row.data["secret"]) == DEMO_AUTHENTICATOR_SECRET
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key that is long enough to be one, and newer"
    assert SecondFactorAdapter().decrypt(row.data["secret"]) == DEMO_AUTHENTICATOR_SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        SecondFactorAdapter().decrypt(row.data["secret"])
