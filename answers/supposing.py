"""What if the line stood elsewhere: sums for a program, never a person; nothing is stored, nothing proposed."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from statistics import NormalDist
from typing import Any

from django.db import models
from django.db.models import Count

from answers.replies import Replies, before
from answers.yielding import SIGMAS, Yield, observed, supposed
from applications.models import Application, Choice
from reviews.ranking import Listing

# A cell that holds fewer people is not shown, and shares are rounded to so many per cent: moving the line by one
# tells nothing of who stands on it.
LEAST_CELL, ROUNDED = 5, 5
USUAL_YIELD, USUAL_GIVE = 70, 10


@dataclass(frozen=True)
class Share:
    """One part of those above the line, in per cent; None when it is too small to show."""

    label: str
    percent: int | None


@dataclass(frozen=True)
class Supposed:
    """What stands above a line. `swap`: the chance that the last above is truly no better than the first below."""

    above: int
    below: int
    last: Decimal | None
    last_mean: Decimal | None
    swap: float | None
    unsure: int
    languages: list[Share]
    programs: list[Share]


def suppose(listing: Listing, line: int) -> Supposed:
    """The sums with the line behind so many files; five queries, whatever their number."""
    rows = listing.marked()
    columns = ("mean", "adjusted", "adjusted_low", "adjusted_high")
    marked = rows.count()
    first = max(0, min(line, marked) - 1)
    near = list(rows.values_list(*(f"standing__{name}" for name in columns))[first : first + 2])
    last = near[0] if near and line else None
    above = rows[:line].values("pk") if line else Application.objects.none().values("pk")
    return Supposed(
        above=min(line, marked),
        below=max(0, marked - line),
        last=last[1] if last else None,
        last_mean=last[0] if last else None,
        swap=_swap(*near) if len(near) == 2 and line and line < marked else None,
        unsure=_unsure(listing, last[1]) if last else 0,
        languages=_languages(above),
        programs=_first_choices(above),
    )


def _unsure(listing: Listing, cut: Any) -> int:
    """How many files have the line within their interval: their side of it is not certain."""
    return (
        listing.marked()
        .filter(standing__adjusted_low__lt=cut, standing__adjusted_high__gt=cut)
        .count()
    )


def _swap(one: tuple[Any, ...], two: tuple[Any, ...]) -> float | None:
    """The chance that the order of two files is truly the other one, their scores taken as normal."""
    spreads = []
    for _mean, _adjusted, low, high in (one, two):
        if low is None or high is None:
            return None
        spreads.append(float(high - low) / (2 * SIGMAS))
    spread = sqrt(sum(each**2 for each in spreads))
    if not spread:
        return None
    return NormalDist().cdf(-float(one[1] - two[1]) / spread)


def shares(counts: dict[str, int]) -> list[Share]:
    """In per cent, rounded; small cells hidden, and a second one where one alone could be worked out."""
    whole = sum(counts.values())
    hidden = {label for label, count in counts.items() if 0 < count < LEAST_CELL}
    shown = sorted((count, label) for label, count in counts.items() if label not in hidden)
    if len(hidden) == 1 and shown:
        hidden.add(shown[0][1])
    return [
        Share(
            label,
            None
            if label in hidden or not whole
            else ROUNDED * round(100 * count / whole / ROUNDED),
        )
        for label, count in sorted(counts.items())
    ]


def _languages(above: "models.QuerySet[Any, Any]") -> list[Share]:
    """By the language that the person writes in."""
    rows = Application.objects.filter(pk__in=above).order_by()
    told = rows.values_list("applicant__language").annotate(n=Count("pk"))
    return shares(dict(told))


def _first_choices(above: "models.QuerySet[Any, Any]") -> list[Share]:
    """By the program asked for first."""
    rows = Choice.objects.filter(application__in=above, rank=1).order_by()
    return shares(Counter(row.program.short for row in rows.select_related("program")))


def known_yield(
    listing: Listing, percent: int | None, give: int | None
) -> tuple[Yield, Replies | None]:
    """The yield that somebody typed, or that earlier cycles tell of, or a usual one; and what those told."""
    told = before(listing.cycle, listing.program)
    if percent is None and told is not None:
        return observed(told.offers, told.accepted), told
    likely = USUAL_YIELD if percent is None else percent
    return supposed(likely / 100, (USUAL_GIVE if give is None else give) / 100), told
