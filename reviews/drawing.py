"""The drawing of one file's marks: its interval, its readers, its score, on the scale from 1 to 5."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reviews.models import Assignment, Review, Standing
from reviews.models.review import HIGHEST, LOWEST

WIDTH, MARGIN = 300, 10


@dataclass(frozen=True)
class Mark:
    """What one reader gave a file."""

    reader: int
    value: Decimal


@dataclass(frozen=True)
class Bar:
    """In SVG units as text: `156.3`, whatever the language. No `low` and `high` before the first estimate."""

    score: str
    readers: list[str]
    low: str = ""
    high: str = ""
    cut: str = ""


def place_of(mark: Decimal | int) -> str:
    """Where a mark stands on the drawing."""
    share = (Decimal(mark) - LOWEST) / (HIGHEST - LOWEST)
    return f"{MARGIN + share * WIDTH:.1f}"


def marks_of(files: Iterable[int]) -> dict[int, list[Mark]]:
    """Each reader's mark, by file; one query."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    found = Review.objects.filter(
        assignment__application__in=list(files),
        assignment__status=Assignment.Status.HANDED_IN,
        mark__isnull=False,
    ).values_list("assignment__application", "assignment__reviewer", "mark")
    for pk, reader, mark in found:
        marks[pk].append(Mark(reader, mark or Decimal(0)))
    return marks


def bar(
    standing: Standing | None,
    marks: Sequence[Mark],
    *,
    cut: Decimal | None = None,
    by_mean: bool = False,
) -> Bar | None:
    """The drawing of a file; None when nobody has marked it. `cut`: what the file on the last seat has.

    By mean there is no interval: it belongs to the corrected score.
    """
    if standing is None or standing.adjusted is None or standing.mean is None or not marks:
        return None
    low, high = standing.adjusted_low, standing.adjusted_high
    plain = by_mean or low is None or high is None
    return Bar(
        score=place_of(standing.mean if by_mean else standing.adjusted),
        readers=[place_of(mark.value) for mark in marks],
        low="" if plain else place_of(low or 0),
        high="" if plain else place_of(high or 0),
        cut="" if cut is None else place_of(cut),
    )
