"""One click signs in as a person of the demonstration, and nowhere else."""

from typing import Any

import pytest
from allauth.mfa.utils import decrypt
from django.urls import reverse

from accounts.demo import CAST, Character, settle, settle_all
from accounts.models import Language, Role, User
from accounts.second_factor import has_second_factor
from tests.cast import settled

pytestmark = pytest.mark.django_db


def test_the_cast_has_someone_for_each_role_in_both_languages() -> None:
    people = settle_all()
    assert {role for user in people for role in user.roles} == set(Role.values)
    assert {user.language for user in people if not user.is_member} == {"fr", "en"}
    assert all(has_second_factor(user) is user.is_member for user in people)
    assert all(user.email.endswith("@example.com") for user in people)
    assert settle(CAST[0]).pk == people[0].pk
    settle_all()
    assert User.objects.count() == len(CAST)


def kept(user: User) -> list[list[dict[str, Any]]]:
    """Every row about a person, without what differs from one to the next."""
    user.refresh_from_db()
    rows = [[user], user.emailaddress_set.all(), user.authenticator_set.all()]
    apart = {"id", "pk", "user", "email", "password", "created_at"}
    return [
        [
            {
                field.name: getattr(row, field.name)
                for field in row._meta.fields
                if field.name not in apart
            }
            for row in found
        ]
        for found in rows
    ]


@pytest.mark.parametrize("role", [None, *Role])
def test_people_of_the_tests_are_settled_likewise(role: Role | None) -> None:
    roles = () if role is None else (role,)
    here, there = (Character(key, "Zoé Roy", Language.ENGLISH, roles) for key in ("here", "there"))
    theirs, ours = kept(settle(there)), kept(settled(here))
    for rows in (theirs, ours):
        for authenticator in rows[2]:
            authenticator["data"] = decrypt(authenticator["data"]["secret"])
    assert ours == theirs
    assert settled(here).pk == settled(here).pk
    assert not settled(here).has_usable_password()


@pytest.mark.parametrize("character", CAST, ids=lambda one: one.key)
def test_one_click_is_enough(client: Any, character: Any) -> None:
    page = client.get("/account/sign-in/", {"next": "/account/email/"}).content.decode()
    where = reverse("demo_sign_in", args=[character.key])
    assert f'action="{where}"' in page
    assert client.post(where, {"next": "/account/email/"}).url == "/account/email/"
    answer = client.get("/account/")
    assert answer.status_code == 200
    assert answer.wsgi_request.user.email == character.email


def test_it_needs_a_post_and_someone_of_the_cast(client: Any, amina: User) -> None:
    assert client.get(reverse("demo_sign_in", args=[CAST[0].key])).status_code == 405
    assert client.post(reverse("demo_sign_in", args=["amina"])).status_code == 404


def test_one_click_changes_person(client: Any, amina: User) -> None:
    client.force_login(amina)
    client.post(reverse("demo_sign_in", args=[CAST[1].key]))
    assert client.get("/account/").wsgi_request.user.email == CAST[1].email


def test_outside_of_the_demonstration_there_is_nothing(client: Any, settings: Any) -> None:
    settle_all()
    settings.DEMO = False
    where = reverse("demo_sign_in", args=[CAST[0].key])
    assert client.post(where).status_code == 404
    assert client.get(where).status_code == 404
    assert "_auth_user_id" not in client.session
    page = client.get("/account/sign-in/").content.decode()
    assert "demo" not in page.lower()
    assert CAST[0].full_name not in page
