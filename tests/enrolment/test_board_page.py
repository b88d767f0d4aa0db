"""The board's page: who sees what, filters in the address, a fixed number of queries."""


import pytest

from accounts.models import User
from tests.enrolment.factories import Enrolled
from tests.followup.factories import NUMBER
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db
QUERIES = 13


def opened(world: Enrolled, user: User | None = None, language: str = "fr", **query: str) -> str:
    page = signed_in(user or world.claire).get(address("followup_board", language=language), query)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_coordinators_see_everyone_with_a_place(
    world: Enrolled, amina: User, bruno: User, language: str
) -> None:
    world.filed(amina)
    world.called(bruno)
    page = opened(world, language=language)
    for person in (amina, bruno):
        assert person.full_name.split()[-1] in page
    assert NUMBER in page


def test_directors_see_no_number(world: Enrolled, amina: User) -> None:
    world.filed(amina)
    page = opened(world, world.dominique)
    assert amina.full_name.split()[-1] in page
    assert NUMBER not in page
    assert 'name="ticked"' not in page
