"""A UdeM number, a birth date, a citizenship, a permanent code: for the person and the coordination, nobody else, nowhere else."""

from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import User
from applications.models import Application
from tests.access.planting import Mark, plant, plant_number
from tests.access.test_canaries import errands, leaks, words_of
from tests.access.walking import BORN, born, told, walk
from tests.access.world import BIRTH, World, build
from tests.followup.factories import NUMBER

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
SEALED = ("Identity.code", "Identity.countries")
# Directors follow the board and readers the file, and must not learn these; the others, who have no business there at
# all, are walked by `test_canaries` with these marks among its own, and Django admin too.
MUST_NOT = ("director", "assigned")


@pytest.fixture
def world(person: Callable[..., User], adam: User) -> World:
    return build(person, adam)


def sealed_of(marks: list[Mark]) -> list[Mark]:
    """Those that only the person and the coordination may read."""
    return [mark for mark in marks if mark.place.endswith(SEALED)]


def test_only_the_person_and_the_coordination_read_it(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    assert BIRTH.isoformat() == BORN[0]
    caplog.set_level("DEBUG")
    marks = sealed_of(plant(world.people["owner"]))
    marks.append(plant_number())
    assert len(marks) == len(SEALED) + 1
    errands()
    words = words_of(marks)
    for role in MUST_NOT:
        pages = list(walk(world, role, words, post=role == "director"))
        assert leaks(pages, marks) == {}, role
        assert born(pages) == [], role
    assert leaks([("the log", caplog.text), *dump()], marks) == {}
    assert born([("the log", caplog.text), *dump()]) == []
    page = [("office", told(world, "coordinator", world.address("udem_office"))[1])]
    seen = {place for places in leaks(page, marks).values() for place in places}
    assert seen == {mark.place for mark in marks}, (
        "the coordination reads it: the walk looked somewhere"
    )
    assert born(page)


def dump() -> Iterator[tuple[str, str]]:
    """Every row of every table, as a copy of the database would hold it."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield table, "\n".join(row for (row,) in cursor.fetchall())


def test_no_table_holds_them_in_clear(world: World) -> None:
    assert Application.objects.exists()
    for table, text in dump():
        assert NUMBER not in text, table
        assert "BENA06036509" not in text, table
        assert BORN[0] not in text, table


def test_an_error_tells_nothing_of_what_was_typed(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that fails with what was typed in hand: neither the answer nor the log has it."""

    def fails(*args: object, **told: object) -> None:
        raise RuntimeError("It does not work today.")

    monkeypatch.setattr("followup.identifying.tell", fails)
    monkeypatch.setattr("followup.student_centre.record_step", fails)
    typed = {"birth_day": "19", "birth_month": "3", "birth_year": "1936", "code": "ZQXA12345678"}
    answer = world.client("owner").post(world.address("udem_identity"), typed)
    assert answer.status_code == 500
    record = {"status": "closed", "number": "ZQX5550001", "why": "x"}
    answer2 = world.client("coordinator").post(world.address("udem_record"), record)
    assert answer2.status_code == 500
    for text in (answer.content.decode(), answer2.content.decode(), caplog.text):
        assert "ZQX" not in text.upper()
    assert "does not work today" in caplog.text
