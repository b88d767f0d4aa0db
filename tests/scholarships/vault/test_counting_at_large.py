"""Figures of larger populations, of two to six options and three stages: an attacker who solves for the cells finds a doubt.

`test_counting` goes through every population, but of three options, two stages, and a few people. Here the attacker knows the
rules and what was given out, on whatever dates: for each cell that is too small there is another population, a few people
apart, of which the very same would have been given out. (A figure never changes once it is given out: a later date adds a
stage, and tells nothing else.)
"""

from collections.abc import Iterator
from itertools import combinations, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scholarships.vault import counting
from scholarships.vault.counting import FEWEST, NOTHING, Figures, Question, figures, tally

# Those who stayed out of the next stage, option by option, from the first stage on; the last layer is the last stage.
World = tuple[tuple[int, ...], ...]
STAGES = 3
NAMES = "abcdef"


def stages_of(world: World) -> list[tuple[int, ...]]:
    """How many of each option there are in each stage, from the widest."""
    return [
        tuple(sum(layer[option] for layer in world[number:]) for option in range(len(world[0])))
        for number in range(len(world))
    ]


def given_out(world: World) -> list[Figures]:
    """What the vault would say, one stage after the other."""
    question, rows = Question("q", tuple(NAMES[: len(world[0])])), list[Figures]()
    for table in stages_of(world):
        counted = (sum(table), dict(zip(question.options, table, strict=True)))
        rows.append(figures(counted, question, rows[-1:]))
    return rows


def hidden_cells(world: World, rows: list[Figures]) -> dict[tuple[int, int, int], int]:
    """Every cell that is too small: of a stage, or of what lies between two, by stage, stage and option."""
    tables = [*stages_of(world), (0,) * len(world[0])]
    shown = [number for number, row in enumerate(rows) if row.total is not None]
    small = {}
    for first, then in combinations([*shown, len(rows)], 2):
        for option, (wide, narrow) in enumerate(zip(tables[first], tables[then], strict=True)):
            if wide - narrow < FEWEST:
                small[first, then, option] = wide - narrow
    return small


def near(world: World) -> Iterator[World]:
    """Populations of the same sizes: the options in another order, or as many people of some layers answered otherwise."""
    # Whoever cannot tell the options apart may have them in any order.
    for order in permutations(range(len(world[0]))):
        yield tuple(tuple(layer[option] for option in order) for layer in world)
    pairs = list(permutations(range(len(world[0])), 2))
    for layers in (one for many in (1, 2, 3) for one in combinations(range(len(world)), many)):
        for chosen, count in product(product(pairs, repeat=len(layers)), range(1, FEWEST)):
            other = world
            for layer, pair in zip(layers, chosen, strict=True):
                other = moved(other, (layer, *pair, count))
            if min(map(min, other)) >= 0:
                yield other


def moved(world: World, move: tuple[int, int, int, int]) -> World:
    """So many of one layer, from one option to another."""
    layer, source, target, count = move
    row = list(world[layer])
    row[source] -= count
    row[target] += count
    return (*world[:layer], tuple(row), *world[layer + 1 :])


def certain(world: World) -> dict[tuple[int, int, int], int]:
    """The cells that are too small, and that no population nearby makes doubtful."""
    rows = given_out(world)
    left = hidden_cells(world, rows)
    if not left:
        return {}
    for other in near(world):
        if given_out(other) == rows:
            theirs = hidden_cells(other, rows)
            left = {key: value for key, value in left.items() if theirs.get(key, FEWEST) == value}
            if not left:
                return {}
    return left


sizes = st.one_of(st.integers(0, 9), st.integers(0, 4), st.integers(5, 60))


def worlds(most: int) -> st.SearchStrategy[World]:
    """Of two options to so many."""
    return st.integers(2, most).flatmap(
        lambda options: st.tuples(*[st.tuples(*[sizes] * options)] * STAGES)
    )


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(worlds(4))
def test_no_small_cell_can_be_solved_for(world: World) -> None:
    assert certain(world) == {}


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(worlds(6))
def test_what_is_shown_is_true_and_large_enough(world: World) -> None:
    """And so is what lies between two stages, where both are shown."""
    rows = given_out(world)
    for row, table in zip(rows, stages_of(world), strict=True):
        assert row == NOTHING or row.total == sum(table)
        for name, value in row.cells.items():
            assert value is None or FEWEST <= value == table[NAMES.index(name)]
    for wide, narrow in combinations([row for row in rows if row.total is not None], 2):
        assert (wide.total or 0) - (narrow.total or 0) >= FEWEST
        for name, value in narrow.cells.items():
            if value is not None:
                assert (wide.cells[name] or 0) - value >= FEWEST


def test_the_attacker_solves_what_is_hidden_badly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide only what is too small, and one subtraction finds it."""
    world = ((0, 0, 0), (0, 0, 0), (3, 20, 30))
    assert certain(world) == {}
    monkeypatch.setattr(counting, "_safe", lambda *args: True)
    assert (2, 3, 0) not in certain(world)  # the narrower stages leave out nobody, and are not said
    assert (0, 3, 0) in certain(world)


def test_four_options_leave_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """All pairs of a stage and one within it, with two for five: one more option leaves room for one more kind of hiding."""
    monkeypatch.setattr(counting, "FEWEST", 2)
    found: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for wide in product(range(6), repeat=4):
        for narrow in product(*(range(value + 1) for value in wide)):
            left_out = tuple(big - small for big, small in zip(wide, narrow, strict=True))
            rows = given_out((left_out, narrow))
            said = tuple((row.total, *row.cells.values()) for row in rows)
            found.setdefault(said, []).append((*wide, *narrow, *left_out))
    for left in found.values():
        for column in zip(*left, strict=True):
            assert min(column) >= 2 or len(set(column)) > 1, left


def test_several_answers_leave_a_doubt_too() -> None:
    """Two options of which each person chose one or both: every population of up to fifteen people."""
    question = Question("q", ("a", "b"), many=True)
    found: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for only_a, only_b, both in product(range(16), repeat=3):
        if only_a + only_b + both > 15:
            continue
        answers = [*[["a"]] * only_a, *[["b"]] * only_b, *[["a", "b"]] * both]
        row = figures(tally(answers, question), question, [])
        cells = (only_a + both, only_b, only_b + both, only_a)
        found.setdefault((row.total, *row.cells.values()), []).append(cells)
    for said, worlds_left in found.items():
        for column in zip(*worlds_left, strict=True) if said != (None,) else ():
            assert min(column) >= FEWEST or len(set(column)) > 1, worlds_left
