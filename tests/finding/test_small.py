"""Nothing under five can be worked out of what is told, by whoever knows the rule and every other number told."""

from collections import defaultdict
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finding import small
from finding.small import OTHERS, Told, may_be_told, told, told_as_far

Table = tuple[tuple[int, ...], ...]


@pytest.fixture(autouse=True)
def few(settings: Any) -> None:
    """With three instead of five, every small table is few enough to be tried."""
    settings.STATISTICS_FEWEST = 3


def named(table: Table) -> dict[str, tuple[int, ...]]:
    """Its rows are groups a, b, c."""
    return dict(zip("abcd", table, strict=False))


def said(view: Told) -> str:
    """All that an attacker reads."""
    return repr((view.totals, sorted(view.rows.items()), sorted(view.together)))


def nested(most: int, stages: int) -> list[tuple[int, ...]]:
    """The rows of up to so many people whose stages lie within each other."""
    rows = product(range(most + 1), repeat=stages)
    return [row for row in rows if all(a >= b for a, b in pairwise(row))]


def groups(table: Table) -> dict[tuple[int, int, int], int]:
    """Every group of people that a number could be about: of a row, who came to a stage, and who stopped before another."""
    found = {}
    for row, counts in enumerate(table):
        for stage, count in enumerate(counts):
            found[row, stage, -1] = count
            for later in range(stage + 1, len(counts)):
                found[row, stage, later] = count - counts[later]
    return found


SHAPES = [(12, 2, 1), (12, 2, 2), (9, 3, 2), (9, 2, 3), (9, 4, 1)]


def given_away(tell: Any, most: int, rows: int, stages: int) -> list[tuple[list[Table], Any, int]]:
    """The small groups that whoever knows the rule can count: alike tables, the group, and its number."""
    possible: dict[str, list[Table]] = defaultdict(list)
    for table in product(nested(most, stages), repeat=rows):
        # So that the end of our own list of tables tells nothing.
        if sum(row[0] for row in table) <= most:
            possible[said(tell(named(table)))].append(table)
    known = []
    for alike in possible.values():
        every = [groups(table) for table in alike]
        for group, count in every[0].items():
            if not may_be_told(count) and all(one[group] == count for one in every):
                known.append((alike, group, count))
    return known


def is_everyone(alike: list[Table], group: tuple[int, int, int]) -> bool:
    """Whether nobody else was left on the way: then the total, which is of all, is about this row."""
    row, first, last = group
    ways = range(first, max(last, first + 1))
    others = [[one for at, one in enumerate(table) if at != row] for table in alike]
    return any(all(one[stage] == 0 for table in others for one in table) for stage in ways)


@pytest.mark.parametrize(("most", "rows", "stages"), SHAPES)
def test_no_table_gives_a_small_group_away(most: int, rows: int, stages: int) -> None:
    known = given_away(told, most, rows, stages)
    assert known == [], f"{len(known)}: {known[:3]}"


@pytest.mark.parametrize(("most", "rows", "stages"), SHAPES)
def test_nor_does_one_that_is_told_by_row_as_far_as_it_goes(
    most: int, rows: int, stages: int
) -> None:
    known = given_away(told_as_far, most, rows, stages)
    left = [one for one in known if not is_everyone(one[0], one[1])]
    assert left == [], f"{len(left)}: {left[:3]}"


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.dictionaries(
            st.sampled_from("abcdefgh"),
            st.lists(st.integers(0, 30), min_size=n, max_size=n),
            max_size=8,
        )
    )
)
def test_what_is_told_adds_up_and_is_never_small(table: dict[str, list[int]]) -> None:
    table = {key: sorted(row, reverse=True) for key, row in table.items()}
    view = told(table)
    for row in view.rows.values():
        assert small.is_safe(row)
    for stage, total in enumerate(view.totals):
        assert total is None or may_be_told(total)
        if view.rows:
            assert sum(row[stage] for row in view.rows.values()) == total
    assert (OTHERS in view.rows) <= bool(view.together)
    assert len(view.together) != 1 or len(table) == 1


def test_a_table_as_it_is_told(settings: Any) -> None:
    settings.STATISTICS_FEWEST = 5
    rows = {
        "ca": [200, 40],
        "af": [90, 15],
        "eu": [60, 10],
        "as": [25, 3],
        "la": [12, 1],
        "oc": [1, 0],
    }
    view = told(rows)
    assert view.totals == [388, 69]
    # Three groups are too small, and would be four people in all: the next one hides them.
    assert sorted(view.together) == ["as", "eu", "la", "oc"]
    assert view.rows == {"ca": [200, 40], "af": [90, 15], OTHERS: [98, 14]}
    # Of two groups, one cannot hide without the other.
    assert told({"fr": [40, 20], "en": [30, 2]}) == Told([70, 22], {})
    assert told({"fr": [3, 1], "en": [1, 0]}).totals == [None, None]
