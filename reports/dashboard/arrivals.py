"""Submissions by day, with those of the cycle before on the days that were as far from its close; one query for both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from applications.models import Application
from applications.models.application import FILED
from cycles.clock import MONTREAL, day_of
from cycles.models import Cycle
from cycles.typography import short_day_text
from reports.dashboard.sums import in_program

# The drawing, in its own units: where the days begin and end, where zero is, how high it is.
LEFT, RIGHT, FLOOR, HEIGHT = 34.0, 630.0, 168.0, 148.0
MOST_DAYS = 120
LATELY = 3

ByDay = dict[int, dict[date, int]]


def by_day(cycles: list[Cycle], hidden: set[int], program: int | None) -> ByDay:
    """How many files were submitted on each day of Montréal, by the key of the cycle; as they stand now."""
    rows = Application.objects.filter(
        in_program(program), cycle__in=[row.pk for row in cycles], status__in=FILED
    ).exclude(pk__in=hidden)
    days = rows.order_by().annotate(day=TruncDate("submitted_at", tzinfo=MONTREAL))
    found: ByDay = {row.pk: {} for row in cycles}
    for cycle, day, count in (
        days.values("cycle", "day").annotate(n=Count("pk")).values_list("cycle", "day", "n")
    ):
        found[cycle][day] = count
    return found


@dataclass(frozen=True)
class Bar:
    """One day: how many, how many on that day of the year before, and where it stands in the drawing."""

    day: date
    count: int
    before: int | None
    x: float
    y: float
    width: float
    middle: float
    to_come: bool

    @property
    def height(self) -> float:
        """From the floor up."""
        return round(FLOOR - self.y, 1)

    @property
    def label(self) -> str:
        """The day under the axis; markup has no place in a drawing."""
        return short_day_text(self.day)


@dataclass(frozen=True)
class Line:
    """A number on the scale, and where it stands."""

    number: int
    y: float
    text_y: float


@dataclass(frozen=True)
class Arrivals:
    """The chart, its table, and what its sentence says."""

    bars: list[Bar]
    lines: list[Line]
    path: str
    total: int
    lately: int
    best: Bar | None
    before: int | None
    after_close: int


def arrivals(days: ByDay, cycle: Cycle, last: Cycle | None, at: datetime) -> Arrivals:
    """Drawn from the days of the cycle and of the one before; costs no query."""
    mine, today = days.get(cycle.pk, {}), day_of(at)
    closes = day_of(cycle.closes_at)
    shift = closes - day_of(last.closes_at) if last else None
    theirs = (
        {day + shift: n for day, n in days.get(last.pk, {}).items()}
        if last and shift is not None
        else {}
    )
    shown = _shown(cycle, max([closes, *mine]))
    step, highest = _scale(max([0, *mine.values(), *(theirs.get(day, 0) for day in shown)]))
    bars = list(_bars(shown, mine, theirs if last else None, highest, today))
    return Arrivals(
        bars=bars,
        lines=[_line(number, highest) for number in range(0, highest + 1, step)],
        path=_path(bars, highest) if any(theirs.values()) else "",
        total=sum(mine.values()),
        lately=sum(n for day, n in mine.items() if today - timedelta(days=LATELY) < day <= today),
        best=max(bars, key=lambda bar: bar.count, default=None) if mine else None,
        before=sum(n for day, n in theirs.items() if day <= today)
        if any(theirs.values())
        else None,
        after_close=sum(n for day, n in mine.items() if day > closes),
    )


def _shown(cycle: Cycle, last: date) -> list[date]:
    """From the opening to the close, or to the last submission after it; of a very long cycle, the end."""
    first = max(day_of(cycle.opens_at), last - timedelta(days=MOST_DAYS - 1))
    return [first + timedelta(days=index) for index in range((last - first).days + 1)]


def _scale(most: int) -> tuple[int, int]:
    """The step between lines, a round number, and the highest line: three or four of them."""
    rounds = (number * 10**power for power in range(7) for number in (1, 2, 5))
    step = next(one for one in rounds if most <= 4 * one)
    return step, step * max(1, -(-most // step))


def _bars(
    shown: list[date],
    mine: Mapping[date, int],
    theirs: Mapping[date, int] | None,
    highest: int,
    today: date,
) -> list[Bar]:
    wide = (RIGHT - LEFT) / len(shown)
    return [
        Bar(
            day=day,
            count=mine.get(day, 0),
            before=None if theirs is None else theirs.get(day, 0),
            x=round(LEFT + index * wide + wide * 0.12, 1),
            y=_height(mine.get(day, 0), highest),
            width=round(wide * 0.76, 1),
            middle=round(LEFT + index * wide + wide / 2, 1),
            to_come=day > today,
        )
        for index, day in enumerate(shown)
    ]


def _height(count: int, highest: int) -> float:
    return round(FLOOR - HEIGHT * count / highest, 1)


def _line(number: int, highest: int) -> Line:
    y = _height(number, highest)
    return Line(number, y, y + 4)


def _path(bars: list[Bar], highest: int) -> str:
    """The dashed line of the year before."""
    points = [f"{bar.middle} {_height(bar.before or 0, highest)}" for bar in bars]
    return "M" + "L".join(points)
