"""Who gets what at which address: the written table is the documentation, and the product must obey it.

`table.txt` has one line an address and method, one column a role. A cell is the status: `in` is "sign in first",
`to` a redirect. With `WRITE_TABLE=1` in the environment the test writes what the product does now: read the
difference before committing it.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.access.world import METHODS, ROLES, World, build, patterns, people, status
from tests.access.write import write

TABLE = Path(__file__).with_name("table.txt")
# Each part builds its world once; several, so that they spread over the processes.
PARTS = 6
ADDRESSES = [name for name, _keys in patterns()]
LINES = {
    (name, method): cells
    for name, method, *cells in (
        line.split() for line in TABLE.read_text(encoding="utf-8").splitlines()[1:] if line
    )
}

pytestmark = [pytest.mark.django_db(databases=["default", "vault"]), pytest.mark.walk]


@pytest.fixture
def world(person: Callable[..., User], adam: User) -> World:
    return build(person, adam)


def test_every_address_has_its_two_lines(request: pytest.FixtureRequest) -> None:
    if "WRITE_TABLE" in os.environ:
        write(request.getfixturevalue("world"), TABLE)
    wanted = {(name, method) for name in ADDRESSES for method in METHODS}
    assert set(LINES) == wanted, "Write the lines of the new addresses into tests/access/table.txt."


@pytest.mark.parametrize("part", range(PARTS))
def test_the_table_is_obeyed(world: World, part: int) -> None:
    wrong = {}
    for name in ADDRESSES[part::PARTS]:
        for method in METHODS:
            got = [status(world, role, method, name) for role in ROLES]
            if got != LINES[name, method]:
                pairs = zip(ROLES, LINES[name, method], got, strict=True)
                wrong[name, method] = [
                    f"{role}: {want} became {is_}" for role, want, is_ in pairs if want != is_
                ]
    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_django_admin_is_for_administrators(
    person: Callable[..., User], adam: User, role: str
) -> None:
    client = Client()
    if who := people(person, adam)[role]:
        client.force_login(who)
    for model, entry in admin.site._registry.items():
        label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        answer = client.get(reverse(f"{label}_changelist"))
        assert answer.status_code == (200 if role == "admin" else 302), label
        if role == "admin" and entry.has_add_permission(answer.wsgi_request):
            assert client.get(reverse(f"{label}_add")).status_code == 200, label
