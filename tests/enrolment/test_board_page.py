"""The board's page: who sees what, filters in the address and kept, a fixed number of queries."""

import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from applications.models import Application
from enrolment import noting
from enrolment.models import Closing, Note
from finding import keeping as views
from finding.lists import LISTS
from tests.enrolment.crowd import crowd
from tests.enrolment.factories import Enrolled, conflict
from tests.followup.factories import NUMBER, World
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db
# Nine of the board, one of UdeM's last list, two of permits, and those of a person who is signed in.
QUERIES = 14


def opened(world: Enrolled, user: User | None = None, language: str = "fr", **query: str) -> str:
    page = signed_in(user or world.claire).get(address("followup_board", language=language), query)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_coordinators_see_everyone_with_a_place(
    world: Enrolled, amina: User, bruno: User, language: str
) -> None:
    assert "ticked" not in opened(world, language=language)
    world.filed(amina)
    world.called(bruno)
    page = opened(world, language=language)
    for person in (amina, bruno):
        assert person.full_name.split()[-1] in page
    assert NUMBER in page


def test_directors_see_no_number_and_act_on_nothing(world: Enrolled, amina: User) -> None:
    world.filed(amina)
    page = opened(world, world.dominique)
    assert amina.full_name.split()[-1] in page
    assert NUMBER not in page
    assert 'name="ticked"' not in page
    with CaptureQueriesContext(
        connection,
    ) as asked:
        opened(world, world.dominique)
    assert not any('"followup_udemfile"."number",' in row["sql"] for row in asked)


def test_conflicts_hide(world: Enrolled, amina: User, celia: User) -> None:
    file = world.filed(amina).offer.decision.application
    conflict(file, celia, by=world.claire)
    assert file.number not in opened(world, celia)


def test_the_address_holds_the_filters(world: Enrolled, amina: User, bruno: User) -> None:
    world.filed(amina)
    world.accepted(bruno)
    numbers = dict(Application.objects.values_list("applicant", "number"))
    page = opened(world, show="unnumbered", sort="-name")
    assert numbers[bruno.pk] in page
    assert numbers[amina.pk] not in page
    assert 'aria-sort="descending"' in page
    assert numbers[amina.pk] in opened(world, q="AMINA", page="x")
    assert "Aucune personne ici" in opened(world, q="nobody")


def test_the_reminder_that_fits_is_chosen(world: Enrolled, amina: User, bruno: User) -> None:
    world.accepted(amina)
    assert 'value="filing" selected' in opened(world)
    world.answered(bruno)
    assert 'value="word" selected' in opened(world), "people who are asked for different things"


def test_another_year(world: Enrolled, amina: User) -> None:
    number = world.filed(amina).offer.decision.application.number
    World(world.person, code="A28", opens=-1)
    assert number in opened(world), "the last cycle whose answers are out"
    assert number not in opened(world, cycle="A28")


def test_without_any_cycle(claire: User) -> None:
    page = signed_in(claire).get(address("followup_board"))
    assert "Aucune offre" in page.content.decode()


def test_a_closed_cycle_has_no_buttons(world: Enrolled, amina: User) -> None:
    world.accepted(amina)
    assert "followup" not in opened(world) or "formaction" in opened(world)
    Closing.objects.create(
        cycle=world.cycle,
        status="closed",
        proposed_by=world.claire,
        confirmed_by=world.dominique,
        confirmed_at=world.board().at,
    )
    assert "formaction" not in opened(world)


@pytest.mark.parametrize("people", [3, 30])
def test_queries_do_not_grow(
    world: Enrolled, people: int, django_assert_num_queries: Callable[..., object]
) -> None:
    crowd(world.cycle, people, claire=world.claire, dominique=world.dominique)
    file = Application.objects.first()
    assert file
    noting.note(file, "", about=Note.About.SPOKEN, by=world.claire)
    views.keep(LISTS["followup_board"], "Late", {"show": "overdue"}, by=world.claire)
    browser = signed_in(world.claire)
    browser.get(address("followup_board"))
    with django_assert_num_queries(QUERIES):
        assert browser.get(address("followup_board")).status_code == 200
    with django_assert_num_queries(QUERIES + 1):
        assert browser.get(address("followup_board"), {"q": "ethier"}).status_code == 200


def test_five_thousand_people_cost_the_same(
    world: Enrolled, django_assert_num_queries: Callable[..., object]
) -> None:
    crowd(world.cycle, 5_000, claire=world.claire, dominique=world.dominique)
    browser = signed_in(world.claire)
    browser.get(address("followup_board"))
    began = time.perf_counter()
    with django_assert_num_queries(QUERIES):
        page = browser.get(address("followup_board"), {"sort": "-due"})
    print(f"5,000 people: {time.perf_counter() - began:.3f} s")
    assert "5000" in page.content.decode().replace("\xa0", "").replace("\u202f", "")
