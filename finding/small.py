"""Small numbers in tables that leave the office: what is not told, so that nothing under five can be worked out.

A table has people in rows (groups that share nobody) and in columns (stages that lie within each other). A row is safe
when as many reached each stage as may be told, and as many stopped on the way to the next. Rows that are not are added
together, with safe ones where these are too few to hide among. Where that leaves one row, the totals are told alone.
So whatever is added or taken away, no group of fewer than five comes out; and whoever knows this rule learns no such
number either: `tests/finding/test_small.py` tries every small table there is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.conf import settings

Counts = Mapping[Any, Sequence[int]]
OTHERS = "others"


def fewest() -> int:
    """The smallest number of people that is told; one place for all of it."""
    return settings.STATISTICS_FEWEST


def may_be_told(count: int) -> bool:
    """Nobody, or enough."""
    return count == 0 or count >= fewest()


@dataclass(frozen=True)
class Told:
    """What may be told: the total of each stage (None: not told), each row's stages, and the groups added together."""

    totals: list[int | None]
    rows: dict[Any, list[int]]
    together: list[Any] = field(default_factory=list)


def told(counts: Counts) -> Told:
    """A table as it may be told: every stage of the same rows, or the totals alone."""
    stages = len(next(iter(counts.values()), ()))
    sums = [sum(row[stage] for row in counts.values()) for stage in range(stages)]
    rows, together = _added({key: list(row) for key, row in counts.items()})
    totals = [count if may_be_told(count) else None for count in sums]
    return Told(totals, rows, together) if len(rows) > 1 else Told(totals, {})


def told_as_far(counts: Counts) -> Told:
    """A table of few rows with nothing personal about them: by row as far as every row is safe, then in total only."""
    rows = list(counts.values())
    totals = [sum(column) for column in zip(*rows, strict=True)]
    far = next(
        (at for at in range(len(totals)) if not all(is_safe(row[: at + 1]) for row in rows)),
        len(totals),
    )
    told_totals = [count if may_be_told(count) else None for count in totals]
    if not far or len(rows) < 2:
        return Told(told_totals, {})
    return Told(told_totals, {key: list(row[:far]) for key, row in counts.items()})


def is_safe(row: Sequence[int]) -> bool:
    """Whether all of a row may be told: who reached each stage, and who stopped on the way to the next."""
    stopped = (before - after for before, after in pairwise(row))
    return all(map(may_be_told, row)) and all(map(may_be_told, stopped))


def _added(counts: dict[Any, list[int]]) -> tuple[dict[Any, list[int]], list[Any]]:
    """The rows, those that are not safe as one; with the smallest of the safe while these do not hide each other."""
    ordered = sorted(counts, key=lambda key: (counts[key], str(key)))
    together = [key for key in ordered if not is_safe(counts[key])]
    # A row of nobody would be told apart from small ones: it hides among them.
    together = (
        [key for key in ordered if key in together or not any(counts[key])] if together else []
    )
    safe = [key for key in ordered if key not in together]
    while together and safe and not _hide_each_other([counts[key] for key in together]):
        # All that are equal at once: which of them was taken would tell.
        least = counts[safe[0]]
        together += [key for key in safe if counts[key] == least]
        safe = [key for key in safe if counts[key] != least]
    rows = {key: counts[key] for key in counts if key in safe}
    if together:
        if not _hide_each_other([counts[key] for key in together]):
            return {}, together
        rows[OTHERS] = [
            sum(column) for column in zip(*(counts[key] for key in together), strict=True)
        ]
    return rows, together


def _hide_each_other(rows: Sequence[Sequence[int]]) -> bool:
    """Whether these rows added together may be told, and say of none of them what it has."""
    whole = [sum(column) for column in zip(*rows, strict=True)]
    return len(rows) > 1 and is_safe(whole) and whole[0] != len(rows) * (fewest() - 1)
