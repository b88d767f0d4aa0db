"""The pages of readers and plans: what they say in each state, who may open them, and what they cost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from applications.models import Application
from committee import planning, solving
from committee.models import Plan, Readership
from cycles.models import Cycle
from reviews import assignment as assigning
from reviews.models import Assignment
from tests import factories
from tests.committee import factories as committee
from tests.conftest import Settle
from tests.reviews import factories as judging


def text_of(client: Client, address: str) -> str:
    """A page without its tags, in English."""
    response = client.get(f"/en{address}")
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def office(client: Client, claire: User) -> Client:
    """The coordination’s browser."""
    client.force_login(claire)
    return client


def test_every_page_in_every_state_in_both_languages(
    office: Client, cycle: Cycle, six: list[Application], readers: list[User], claire: User
) -> None:
    plan = committee.asked(cycle, by=claire)
    addresses = ["/plans/", f"/plans/{plan.pk}/", "/plans/readers/"]

    def all_render() -> None:
        for address in addresses:
            for language in ("", "/en"):
                assert office.get(f"{language}{address}").status_code == 200, address

    for status in ("asked", "failed", "discarded"):
        Plan.objects.filter(pk=plan.pk).update(status=status)
        all_render()
    ready = committee.ready(cycle, by=claire)
    addresses.append(f"/plans/{ready.pk}/")
    addresses.append(f"/plans/{ready.pk}/?reader={readers[1].pk}")
    all_render()
    planning.apply_plan(ready, by=claire)
    all_render()


def test_without_a_cycle_or_readers(office: Client, db: None, client: Client) -> None:
    assert "No cycle is published" in text_of(office, "/plans/")
    assert "No cycle is published" in text_of(office, "/plans/readers/")
    judging.cycle()
    assert "Nobody reads yet" in text_of(office, "/plans/readers/")


def test_a_coordinator_asks_looks_and_applies(
    office: Client, cycle: Cycle, six: list[Application], readers: list[User]
) -> None:
    assert "4 readers can take 60 readings; 12 are needed, of which 0 are given." in text_of(
        office, "/plans/"
    )
    sent = office.post("/en/plans/ask/", {"cycle": cycle.code, "kind": "first"})
    page = sent.url.removeprefix("/en")
    waiting = office.get(sent.url).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert "The best plan is being looked for" in waiting
    again = office.post("/en/plans/ask/", {"cycle": cycle.code, "kind": "first"}, follow=True)
    assert "is being worked out" in again.content.decode()
    solving.solve_due()
    told = text_of(office, page)
    assert "give 12 readings" in told
    assert "every reading has its reader" in told
    assert 'hx-trigger="every' not in office.get(sent.url).content.decode()
    done = office.post(f"/en{page}apply/", follow=True)
    assert "12 readings are given" in done.content.decode()
    assert Assignment.objects.count() == 12
    assert "Apply the plan" not in text_of(office, page)
    assert "12 are needed, of which 12 are given." in text_of(office, "/plans/")


def test_a_stale_plan_offers_a_new_one(
    office: Client, cycle: Cycle, six: list[Application], readers: list[User], claire: User
) -> None:
    plan = committee.ready(cycle, by=claire, may_move=True)
    judging.filed(1, cycle, first=30)
    shown = office.get(f"/en/plans/{plan.pk}/").content.decode()
    assert "Out of date" in shown
    assert 'name="may_move" value="on"' in shown
    assert "apply/" not in shown
    refused = office.post(f"/en/plans/{plan.pk}/apply/", follow=True)
    assert "have changed since" in refused.content.decode()
    assert not Assignment.objects.exists()
    office.post(f"/en/plans/{plan.pk}/discard/")
    plan.refresh_from_db()
    assert plan.status == "discarded"


def test_what_cannot_be_given_says_why_with_a_link(
    office: Client, cycle: Cycle, six: list[Application], readers: list[User], claire: User
) -> None:
    for reader in readers[1:]:
        committee.takes(cycle, reader, by=claire, away=True)
    committee.takes(cycle, readers[0], by=claire, capacity=4)
    assert "That is not enough" in text_of(office, "/plans/")
    plan = committee.ready(cycle, by=claire)
    page = office.get(f"/en/plans/{plan.pk}/").content.decode()
    assert "Too few readers" in page
    assert f"/en/files/{six[0].number}/" in page
    assert "1 reading missing" in page
    assert "2 readings missing" in page


def test_nothing_to_give(office: Client, cycle: Cycle, readers: list[User], claire: User) -> None:
    plan = committee.ready(cycle, by=claire)
    assert "There is nothing to give" in text_of(office, f"/plans/{plan.pk}/")


def test_what_a_reader_gets_and_what_moves(
    office: Client, cycle: Cycle, six: list[Application], readers: list[User], claire: User
) -> None:
    for file in six:
        judging.assigned(file, readers[0], by=claire)
    plan = committee.ready(cycle, by=claire, may_move=True)
    told = text_of(office, f"/plans/{plan.pk}/?reader={readers[2].pk}")
    assert "What Zoé Tremblay gets" in told
    assert "Readings that move" in told
    assert "may move what nobody has opened" in told
    assert "What" not in text_of(office, f"/plans/{plan.pk}/?reader=zzz").split("Load of")[1]


def test_a_conflict_shows_nowhere_in_a_plan(
    office: Client, cycle: Cycle, readers: list[User], claire: User, person: Settle
) -> None:
    file = factories.submitted(person("noor", full_name="Noor Haddad"), cycle)
    claire.roles = [Role.COORDINATOR, Role.REVIEWER]
    claire.save()
    carl = person("carl", Role.COORDINATOR)
    for reader in readers[1:]:
        committee.takes(cycle, reader, by=carl, away=True)
    assigning.declare_conflict(judging.assigned(file, claire, by=carl), by=claire, why="A friend")
    plan = committee.ready(cycle, by=carl)
    assert [row["file"] for row in plan.figures["unmet"]] == [file.pk]
    for address in (f"/plans/{plan.pk}/", f"/plans/{plan.pk}/?reader={readers[0].pk}"):
        told = text_of(office, address)
        assert "Haddad" not in told
        assert file.number not in told
        assert "another coordinator applies it" in told


def test_another_reading_wants_a_number(
    office: Client, cycle: Cycle, six: list[Application]
) -> None:
    for most in ("", "0", "x"):
        sent = {"cycle": cycle.code, "kind": "another", "most": most}
        response = office.post("/en/plans/ask/", sent)
        assert response.status_code == 422
    assert not Plan.objects.exists()
    assert (
        "Say how many files" in office.post("/en/plans/ask/", {**sent, "most": ""}).content.decode()
    )
    assert office.post("/en/plans/ask/", {**sent, "most": "3"}).status_code == 302
    assert Plan.objects.get().most == 3


def table(office: Client, cycle: Cycle, **changes: str | None) -> dict[str, str]:
    """What the form of the table sends when nothing but this is changed; None unticks."""
    page = office.get("/en/plans/readers/").content.decode()
    fields = {"cycle": cycle.code, "page": "1"}
    for tag in re.findall(r"<input[^>]+>", page):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        box = told.get("type") == "checkbox"
        if told.get("name", "").startswith("reader-") and (not box or " checked" in tag):
            fields[told["name"]] = told.get("value", "on")
    fields.update({name: value for name, value in changes.items() if value is not None})
    return {name: value for name, value in fields.items() if changes.get(name, "") is not None}


def test_the_table_is_saved_in_place(office: Client, cycle: Cycle, readers: list[User]) -> None:
    david, emile = readers[0].pk, readers[1].pk
    changes = {
        f"reader-{david}-capacity": "7",
        f"reader-{emile}-reads_french": None,
        f"reader-{emile}-away": "on",
        f"reader-{david}-programs": str(factories.program("dess").pk),
    }
    sent = table(office, cycle, **changes)
    done = office.post("/en/plans/readers/save/", sent, follow=True)
    assert "Saved: 2 readers have changed." in done.content.decode()
    first, second = Readership.objects.order_by("capacity")
    assert (first.reader_id, first.capacity, [p.code for p in first.programs.all()]) == (
        david,
        7,
        ["dess"],
    )
    assert (second.reader_id, second.away, second.takes) == (emile, True, 0)
    assert second.languages == frozenset({"en"})
    done = office.post("/en/plans/readers/save/", sent, follow=True)
    assert "Nothing had changed." in done.content.decode()
    assert table(office, cycle)[f"reader-{david}-programs"] == changes[f"reader-{david}-programs"]


def test_a_mistake_in_one_line_saves_none(
    office: Client, cycle: Cycle, readers: list[User]
) -> None:
    david, emile = readers[0].pk, readers[1].pk
    changes = {f"reader-{david}-capacity": "501", f"reader-{emile}-reads_french": None}
    changes[f"reader-{emile}-reads_english"] = None
    sent = office.post("/en/plans/readers/save/", table(office, cycle, **changes))
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "Nothing was saved" in page
    assert "Choose at least one language." in page
    assert f"#id_reader-{david}-capacity" in page
    assert not Readership.objects.exists()


def test_a_long_table_comes_in_pages(office: Client, cycle: Cycle, readers: list[User]) -> None:
    User.objects.bulk_create(
        User(email=f"reader{index}@example.com", full_name=f"Aa {index:02}", roles=["reviewer"])
        for index in range(50)
    )
    assert "Zoé" not in text_of(office, "/plans/readers/")
    assert "Zoé" in text_of(office, "/plans/readers/?page=2")
    sent = {"cycle": cycle.code, "page": "2", f"reader-{readers[2].pk}-capacity": "3"}
    sent[f"reader-{readers[2].pk}-reads_french"] = "on"
    saved = office.post("/en/plans/readers/save/", sent)
    assert saved.url.endswith("page=2")
    assert Readership.objects.get().capacity == 3


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same(
    number: int, office: Client, cycle: Cycle, readers: list[User], claire: User
) -> None:
    files = judging.filed(2 * number, cycle)
    for file in files:
        judging.assigned(file, readers[0], by=claire)
    for reader in readers[:number]:
        committee.takes(
            cycle, reader, by=claire, capacity=1, programs=frozenset({factories.program().pk})
        )
    plan = committee.ready(cycle, by=claire, may_move=True)
    costs = {}
    for address in ("/plans/", "/plans/readers/", f"/plans/{plan.pk}/?reader={readers[1].pk}"):
        with CaptureQueriesContext(connection) as looked:
            assert office.get(f"/en{address}").status_code == 200
        costs[re.sub(r"\d+", "N", address)] = len(looked)
    assert costs == {"/plans/": 11, "/plans/readers/": 11, "/plans/N/?reader=N": 18}
