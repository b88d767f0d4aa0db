"""Who may do what, role by role."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import permissions
from accounts.models import Role, User
from tests.conftest import Settle

TABLE: list[tuple[Callable[..., bool], set[Role | None]]] = [
    (permissions.applies, {None}),
    (permissions.reviews, {Role.REVIEWER}),
    (permissions.coordinates, {Role.COORDINATOR}),
    (permissions.directs, {Role.DIRECTOR}),
    (permissions.sits, {Role.PANELIST}),
    (permissions.protects, {Role.EDI_OFFICER}),
    (permissions.administers, {Role.ADMINISTRATOR}),
]


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize(("may", "roles"), TABLE, ids=lambda value: getattr(value, "__name__", ""))
def test_each_role_may_do_its_own(
    person: Settle, may: Callable[..., bool], roles: set[Role | None], role: Role | None
) -> None:
    someone = person("someone", *([role] if role else []))
    assert may(someone) is (role in roles)
    User.objects.filter(pk=someone.pk).update(is_active=False)
    someone.refresh_from_db()
    assert may(someone) is False


@pytest.mark.parametrize("may", [row[0] for row in TABLE], ids=lambda may: may.__name__)
def test_a_visitor_may_do_nothing(may: Callable[..., bool]) -> None:
    assert may(AnonymousUser()) is False
    assert may(None) is False
