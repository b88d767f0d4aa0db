"""People in Django admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from accounts.second_factor import has_second_factor
from audit.models import AuditEntry

pytestmark = pytest.mark.django_db
LIST = reverse("admin:accounts_user_changelist")


def page_of(user: User) -> str:
    """The admin's page about this person."""
    return reverse("admin:accounts_user_change", args=[user.pk])


def fields(user: User, **changes: Any) -> dict[str, Any]:
    """What the page posts."""
    fields = {
        "email": user.email,
        "full_name": user.full_name,
        "language": user.language,
        "roles": user.roles,
        "is_active": "on",
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


@pytest.fixture
def admin(client: Any, adam: User) -> Client:
    """Adam's browser."""
    client.force_login(adam)
    return client


def test_only_administrators_enter(client: Any, claire: User, amina: User) -> None:
    assert client.get(LIST).status_code == 302
    for user in [claire, amina]:
        client.force_login(user)
        assert client.get(LIST).status_code in {302, 403, 404}


def test_people_are_found_by_name_address_and_role(admin: Any, david: User, amina: User) -> None:
    assert "David Chen" in admin.get(LIST).content.decode()
    found = admin.get(LIST, {"q": "amina@"}).content.decode()
    assert "Amina Benali" in found
    assert "David Chen" not in found
    reviewers = admin.get(LIST, {"role": "reviewer"}).content.decode()
    assert "David Chen" in reviewers
    assert "Amina Benali" not in reviewers
    assert "Amina Benali" in admin.get(LIST, {"role": "none"}).content.decode()


def test_the_page_shows_roles_as_boxes_and_no_password(admin: Any, david: User) -> None:
    text = admin.get(page_of(david)).content.decode()
    assert text.count('type="checkbox" name="roles"') == len(Role)
    assert david.password not in text
    assert "password" not in text.lower()


def test_someone_is_entered(admin: Any, adam: User) -> None:
    new = User(email="Nadia@Example.com", full_name="Nadia Roy", language="fr")
    admin.post(reverse("admin:accounts_user_add"), fields(new, roles=["reviewer"]))
    nadia = User.objects.get(email="nadia@example.com")
    assert nadia.roles == ["reviewer"]
    assert not nadia.has_usable_password()
    assert AuditEntry.objects.about(nadia).get().actor == adam


def test_a_change_of_role_is_in_the_trail(admin: Any, adam: User, david: User) -> None:
    admin.post(page_of(david), fields(david, roles=["reviewer", "director"], full_name="D. Chen"))
    david.refresh_from_db()
    assert (david.roles, david.full_name) == (["director", "reviewer"], "D. Chen")
    entry = AuditEntry.objects.about(david).get()
    assert (entry.actor, entry.verb) == (adam, "change roles")


def test_a_corrected_address_is_in_the_trail(admin: Any, david: User) -> None:
    admin.post(page_of(david), fields(david, email="chen@example.com"))
    david.refresh_from_db()
    assert david.email == "chen@example.com"
    assert AuditEntry.objects.about(david).get().verb == "change address"


@pytest.mark.parametrize("change", [{"roles": []}, {"is_active": None}])
def test_an_administrator_cannot_remove_themselves(
    admin: Any, adam: User, change: dict[str, Any]
) -> None:
    answer = admin.post(page_of(adam), fields(adam, **change))
    assert answer.status_code == 200
    assert "Demandez à une autre personne" in answer.content.decode()
    adam.refresh_from_db()
    assert adam.roles == ["administrator"]
    assert adam.is_active


def test_an_administrator_may_remove_another(admin: Any, person: Any) -> None:
    other = person("other", Role.ADMINISTRATOR)
    admin.post(page_of(other), fields(other, roles=[]))
    other.refresh_from_db()
    assert other.roles == []


def test_an_unknown_role_is_refused(admin: Any, david: User) -> None:
    answer = admin.post(page_of(david), fields(david, roles=["emperor"]))
    assert answer.status_code == 200
    assert not AuditEntry.objects.exists()


def test_nobody_is_deleted_here(admin: Any, david: User) -> None:
    page = reverse("admin:accounts_user_delete", args=[david.pk])
    assert admin.post(page, {"post": "yes"}).status_code == 403


def test_a_lost_second_factor_is_forgotten_for_others_only(
    admin: Any, adam: User, david: User
) -> None:
    chosen = {"action": "forget_second_factor", "_selected_action": [adam.pk, david.pk]}
    answer = admin.post(LIST, chosen, follow=True)
    text = answer.content.decode()
    assert "David Chen en choisira un autre" in text
    assert "Demandez à une autre personne" in text
    assert not has_second_factor(david)
    assert has_second_factor(adam)


def test_second_factors_and_groups_are_not_for_hands(admin: Any) -> None:
    text = admin.get(reverse("admin:index")).content.decode()
    for app in ["/mfa/", "/auth/", "/account/emailaddress"]:
        assert f"/admin{app}" not in text
