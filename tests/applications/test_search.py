"""Names found without accents, sorted without them, and pages of a list."""

import pytest

from accounts.models import User
from applications.models import Application
from applications.paging import page_of
from applications.search import by_name, found
from cycles.models import Cycle
from tests import factories
from tests.reviews import factories as judging


@pytest.fixture
def cycle(db: None) -> Cycle:
    """One that takes applications."""
    return factories.cycle()


@pytest.fixture
def people(cycle: Cycle) -> list[Application]:
    """Four people whose names try the alphabet."""
    names = [("Éloïse", "Côté"), ("Linh", "Trần-Gauthier"), ("Zoé", "cote"), ("Ana", "Ávila 100%")]
    files = judging.filed(4, cycle)
    for file, (first, last) in zip(files, names, strict=True):
        Application.objects.filter(pk=file.pk).update(first_names=first, last_names=last)
    return files


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", ["Ana", "Éloïse", "Zoé", "Linh"]),
        ("cote", ["Éloïse", "Zoé"]),
        ("CÔTÉ eloise", ["Éloïse"]),
        ("tran-gau", ["Linh"]),
        ("gauthier linh", ["Linh"]),
        ("c", ["Éloïse", "Zoé"]),
        ("co", ["Éloïse", "Zoé"]),
        ("100%", ["Ana"]),
        ("%%%", []),
        ("a27-t00001", ["Linh"]),
        ("nobody", []),
        ("nobody@example.com", []),
    ],
)
def test_found_and_sorted(words: str, names: list[str]) -> None:
    rows = found(Application.objects.all(), words).order_by(*by_name())
    assert list(rows.values_list("first_names", flat=True)) == names


def test_an_address_finds_its_owner(people: list[Application]) -> None:
    User.objects.filter(pk=people[2].applicant_id).update(email="zoe@example.com")
    assert found(Application.objects.all(), "Zoe@Example.com").get() == people[2]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("asked", "number"), [("1", 1), ("0", 1), ("-3", 1), ("x", 1), ("", 1), ("7", 7)]
)
def test_pages(asked: str, number: int) -> None:
    page = page_of(Application.objects.order_by("pk"), asked)
    assert (page.number, len(page.rows), page.next) == (number, 4 if number == 1 else 0, 0)
    assert (page.previous, page.start) == (number - 1, (number - 1) * 50)
