"""No cell under five can be read or worked out: of every population of a size, what is given out leaves a doubt."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from accounts.models import Role, User
from audit.moves import Refused
from scholarships.vault import counting, entries
from scholarships.vault.counting import NOTHING, Figures, Question, figures, ratio, tally
from scholarships.vault.entries import About

ONE = Question("gender", ("a", "b", "c"))
MANY = Question("groups", ("a", "b", "c"), many=True)
Table = tuple[int, ...]


def given_out(table: Table, before: list[Figures]) -> Figures:
    return figures((sum(table), dict(zip("abc", table, strict=True))), ONE, before)


def key_of(row: Figures) -> tuple[Any, ...]:
    return row.total, tuple(row.cells.items())


def within(table: Table) -> Iterator[Table]:
    """Every stage that lies within this one."""
    yield from product(*(range(value + 1) for value in table))


def doubtful(worlds: list[Table], fewest: int) -> None:
    """Whoever knows the rules and what was given out cannot tell a cell that is too small."""
    for column in zip(*worlds, strict=True):
        if min(column) < fewest:
            assert len(set(column)) > 1, worlds


def test_one_stage_leaves_a_doubt() -> None:
    """All tables of three options up to eleven people each."""
    found: dict[Any, list[Table]] = defaultdict(list)
    for table in product(range(12), repeat=3):
        found[key_of(given_out(table, []))].append(table)
    for worlds in found.values():
        doubtful(worlds, 5)
    assert len(found) > 300  # and something is given out


def test_two_stages_leave_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """All pairs of a stage and one within it, with three for five; the ones left out are a table too."""
    monkeypatch.setattr(counting, "FEWEST", 3)
    found: dict[Any, list[Table]] = defaultdict(list)
    for wide in product(range(9), repeat=3):
        first = given_out(wide, [])
        for narrow in within(wide):
            second = given_out(narrow, [first])
            left_out = [big - small for big, small in zip(wide, narrow, strict=True)]
            found[key_of(first), key_of(second)].append((*wide, *narrow, *left_out))
    for worlds in found.values():
        doubtful(worlds, 3)
    assert sum(second[0] is not None for _first, second in found) > 300


def test_several_answers_are_tables_of_their_own() -> None:
    counted = tally([["a"], ["a", "b"], *[["a"]] * 8, *[["c"]] * 6], MANY)
    assert counted == (16, {"a": 10, "b": 1, "c": 6})
    assert figures(counted, MANY, []) == Figures(16, {"a": 10, "b": None, "c": 6})
    # Fifteen of sixteen chose it: one did not.
    assert figures((16, {"a": 15, "b": 1, "c": 6}), MANY, []).cells["a"] is None
    wider = Figures(40, {"a": 20, "b": None, "c": 8})
    assert figures((16, {"a": 10, "b": 9, "c": 6}), MANY, [wider]).cells == {
        "a": 10,
        "b": None,
        "c": None,  # two of those left out chose c
    }


def test_too_few_say_nothing() -> None:
    assert given_out((1, 1, 2), []) == NOTHING
    assert given_out((10, 10, 10), [NOTHING]) == NOTHING
    assert given_out((10, 10, 9), [Figures(30, {"a": 10, "b": 10, "c": 10})]) == NOTHING
    wider = Figures(30, {"a": 15, "b": 15, "c": 15})
    assert figures((29, {"a": 10, "b": 10, "c": 10}), MANY, [wider]) == NOTHING


def test_answers_left_out_count_nowhere() -> None:
    assert tally([None, "", [], "a", "prefer_not"], ONE) == (2, {"a": 1, "b": 0, "c": 0})


def test_ratios_only_where_cells_allow() -> None:
    among = Figures(40, {"a": 20, "b": 20, "c": None})
    chosen = Figures(15, {"a": 10, "b": 5, "c": None})
    assert ratio(chosen, among, "b", "a") == 0.5
    assert ratio(chosen, among, "c", "a") is None
    assert ratio(NOTHING, among, "b", "a") is None


@pytest.fixture
def fatou(person: Any) -> User:
    return person("fatou", Role.EDI_OFFICER)


@pytest.mark.django_db(databases=["default", "vault"])
def test_a_figure_never_changes(person: Any, fatou: User) -> None:
    amina = person("amina")

    def say(subject: int, gender: str) -> None:
        about = About("identification", f"x:{subject}", amina.pk)
        entries.declare(about, {"gender": gender}, by=amina)

    for subject in range(24):
        say(subject, "abc"[subject % 3])
    stages = [[f"x:{subject}" for subject in range(24)]]
    ask = ("cycle:A27", "identification", ONE)
    first = counting.counts(*ask, stages, by=fatou)
    assert first == [Figures(24, {"a": 8, "b": 8, "c": 8})]
    entries.erase(About("identification", "x:0", amina.pk), by=amina)
    say(24, "b")
    assert counting.counts(*ask, [[*stages[0], "x:24"]], by=fatou) == first
    # The next stage is given out after the first one, which stays.
    assert counting.counts(*ask, [*stages, stages[0][:15]], by=fatou)[0] == first[0]


@pytest.mark.django_db(databases=["default", "vault"])
def test_only_the_privacy_service_counts(person: Any) -> None:
    for role in (Role.COORDINATOR, Role.DIRECTOR, Role.ADMINISTRATOR, Role.PANELIST):
        with pytest.raises(Refused) as refused:
            counting.counts("x", "identification", ONE, [], by=person(role.value, role))
        assert refused.value.forbidden


def test_kinds_are_counted_as_one() -> None:
    """Somebody who chose two kinds is one yes."""
    question = Question("disability", ("yes", "no"), into={"seeing": "yes", "hearing": "yes"})
    assert tally([["seeing", "hearing"], ["hearing"], ["no"]], question) == (3, {"yes": 2, "no": 1})


@pytest.mark.django_db(databases=["default", "vault"])
def test_many_questions_cost_what_one_does(
    person: Any, fatou: User, django_assert_num_queries: Any
) -> None:
    """What was said is looked up once a stage, and each question has the figures that it has alone."""
    amina = person("amina")
    for subject in range(30):
        said = {"gender": "abc"[subject % 3], "groups": ["a", "b"] if subject % 2 else ["c"]}
        entries.declare(About("identification", f"x:{subject}", amina.pk), said, by=amina)
    stages = [[f"x:{subject}" for subject in range(30)], [f"x:{subject}" for subject in range(18)]]
    ask = ("identification", [ONE, MANY], stages)
    with django_assert_num_queries(8, using="vault"):
        found = counting.counts_all("cycle:1", *ask, by=fatou)
    assert found["gender"] == counting.counts("cycle:2", "identification", ONE, stages, by=fatou)
    assert found["groups"] == counting.counts("cycle:3", "identification", MANY, stages, by=fatou)
    assert found["gender"][0] == Figures(30, {"a": 10, "b": 10, "c": 10})
    assert found["groups"][1].total == 18
    with django_assert_num_queries(4, using="vault"):
        assert counting.counts_all("cycle:1", *ask, by=fatou) == found
    with django_assert_num_queries(1, using="vault"):
        assert counting.published("cycle:1", [ONE, MANY], by=fatou) == found
    assert counting.published("cycle:9", [ONE], by=fatou) == {"gender": []}
    with pytest.raises(Refused):
        counting.published("cycle:1", [ONE], by=amina)
