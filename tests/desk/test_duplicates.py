"""Accounts that look alike, and who may compare them."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from applications.models import Application
from cycles.models import Cycle
from desk import board, duplicates, merging
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging


def reasons(cycle: Cycle) -> list[list[str]]:
    """What each pair of the list has in common."""
    return [sorted(str(one) for one in pair.reasons) for pair in duplicates.found_in(cycle)]


def bare(user: User, cycle: Cycle, **fields: Any) -> Application:
    """A draft with these fields alone."""
    return factories.draft(user, cycle, complete=False, **fields)


ALIKE: dict[str, tuple[dict[str, str], dict[str, str], int]] = {
    "same name": (
        {"first_names": "Éloïse", "last_names": "Côté"},
        {"first_names": "ELOISE", "last_names": "Cote"},
        1,
    ),
    "half a name": ({"first_names": "Éloïse"}, {"first_names": "Éloïse"}, 0),
    "first and last exchanged": (
        {"first_names": "Wei", "last_names": "Wang"},
        {"first_names": "Wang", "last_names": "Wei"},
        0,
    ),
    "same phone": ({"phone": "+15145550101"}, {"phone": "+15145550101"}, 1),
    "no phone": ({"phone": ""}, {"phone": ""}, 0),
}


@pytest.mark.parametrize("case", ALIKE)
def test_alike(cycle: Cycle, person: Settle, case: str) -> None:
    one, other, pairs = ALIKE[case]
    bare(person("one"), cycle, **one)
    bare(person("other"), cycle, **other)
    assert len(reasons(cycle)) == pairs


@pytest.mark.parametrize(
    ("one", "other", "pairs"),
    [
        ("awa.ndiaye@example.com", "awandiaye@example.com", 1),
        ("awa+mila@example.com", "awa@example.com", 1),
        ("awa@example.com", "awa@example.org", 0),
    ],
)
def test_the_same_mailbox(cycle: Cycle, person: Settle, one: str, other: str, pairs: int) -> None:
    for name, email in (("one", one), ("other", other)):
        user = person(name)
        User.objects.filter(pk=user.pk).update(email=email)
        bare(user, cycle)
    assert len(reasons(cycle)) == pairs


def test_the_same_document(cycle: Cycle, person: Settle) -> None:
    for name in ("one", "other"):
        factories.attach(bare(person(name), cycle), content=factories.pdf(text="same"))
    assert len(reasons(cycle)) == 1


def test_what_many_share_points_at_nobody(cycle: Cycle, person: Settle) -> None:
    for index in range(duplicates.MOST_ALIKE + 1):
        bare(person(f"p{index}"), cycle, phone="+15145550101")
    assert reasons(cycle) == []


def test_not_across_cycles_nor_withdrawn(cycle: Cycle, person: Settle) -> None:
    past = factories.cycle(code="A26")
    one, other, gone = person("one"), person("other"), person("gone")
    bare(one, cycle, phone="+15145550101")
    bare(other, past, phone="+15145550101")
    row = bare(gone, cycle, phone="+15145550101")
    assert len(reasons(cycle)) == 1
    factories.lifecycle.withdraw(row, by=gone)
    assert reasons(cycle) == []


@pytest.fixture
def twins(cycle: Cycle, person: Settle) -> tuple[User, User]:
    """Two accounts with one phone number and one name."""
    pair = person("one"), person("other")
    for user in pair:
        file = factories.submitted(user, cycle)
        Application.objects.filter(pk=file.pk).update(
            phone="+15145550101", first_names="A", last_names="B"
        )
    return pair


def test_the_list_and_the_filter(
    office: Client, cycle: Cycle, twins: tuple[User, User], claire: User
) -> None:
    page = office.get("/en/desk/duplicates/").content.decode()
    assert "one@example.com" in page
    assert "Same phone number" in page
    assert len(board.files(cycle, claire, state="alike")) == 2
    merging.tell_apart(merging.pair_of(*twins), why="Sisters", by=claire)
    assert "No two accounts look alike" in office.get("/en/desk/duplicates/").content.decode()


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_same_queries_whatever_the_number(
    office: Client, cycle: Cycle, person: Settle, django_assert_num_queries: Any, pairs: int
) -> None:
    for index in range(pairs):
        for side in "ab":
            bare(person(f"p{index}{side}"), cycle, phone=f"+1514555010{index}")
    with django_assert_num_queries(12):
        assert office.get("/en/desk/duplicates/").content.decode().count("Compare") == pairs


def test_side_by_side(office: Client, twins: tuple[User, User]) -> None:
    first, second = twins
    for language in ("", "/en"):
        address = f"{language}/desk/duplicates/{first.pk}/{second.pk}/"
        page = office.get(address).content.decode()
        assert "one@example.com" in page
        assert "other@example.com" in page
    assert office.get(f"/en/desk/duplicates/{first.pk}/{first.pk}/").status_code == 404
    assert office.get(f"/en/desk/duplicates/{first.pk}/999999/").status_code == 404


def test_hidden_where_there_is_a_conflict(
    client: Client, cycle: Cycle, twins: tuple[User, User], person: Settle, claire: User
) -> None:
    zoe = person("zoe", "coordinator", "reviewer")
    judging.in_conflict(twins[0].applications.get(), zoe, by=claire)
    client.force_login(zoe)
    address = f"/en/desk/duplicates/{twins[0].pk}/{twins[1].pk}/"
    assert client.get(address).status_code == 404
    assert "one@example.com" not in client.get("/en/desk/duplicates/").content.decode()


def test_joined_and_separated_from_the_page(office: Client, twins: tuple[User, User]) -> None:
    first, second = twins
    address = f"/en/desk/duplicates/{first.pk}/{second.pk}/"
    assert office.post(f"{address}join/", {"why": "x"}).status_code == 422
    assert office.post(f"{address}apart/", {}).status_code == 422
    assert office.post(f"{address}separate/", {}).status_code == 422
    page = office.post(f"{address}join/", {"stays": first.pk, "why": "Same face"}, follow=True)
    assert "Separate again" in page.content.decode()
    second.refresh_from_db()
    assert not second.is_active
    page = office.post(f"{address}separate/", {"apart-why": "Wrong"}, follow=True)
    assert "They are two people" in page.content.decode()
    page = office.post(f"{address}apart/", {"apart-why": "Sisters"}, follow=True)
    assert "Noted: two people." in page.content.decode()
    assert "Judged to be two people" in office.get(address).content.decode()
