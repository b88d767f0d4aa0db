"""When the reading will be done, at the pace of the last days: plain arithmetic, an honest range, or silence.

Of `done` readings handed in over `days` whole days of Montréal (the last seven at most, today left out), the pace
is between (done - √done) and (done + √done) over those days: what chance alone may move. What is left, divided by
these, gives the last and the first day on which it may be finished. Fewer than five readings or three days say too
little.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, sqrt

DAYS, FEWEST_DAYS, FEWEST_DONE = 7, 3, 5
# Further away than this, a day says nothing.
FAR = 180
MOST_BARS = 42


@dataclass(frozen=True)
class Forecast:
    """The first and the last day on which the reading may be done; `latest` is None when it is too far away."""

    earliest: date
    latest: date | None

    def is_after(self, due: date) -> bool:
        """Whether it comes too late, even at best."""
        return self.earliest > due

    def may_be_after(self, due: date) -> bool:
        """Whether it may come too late."""
        return self.latest is None or self.latest > due


def days_since(first: date | None, today: date) -> int:
    """How many whole days count for the pace: the last seven, or those since the first reading."""
    return min(DAYS, (today - first).days) if first else 0


def forecast(*, left: int, done: int, days: int, today: date) -> Forecast | None:
    """When `left` readings will be done after `done` in the last `days`; None when that says too little."""
    if left <= 0 or done < FEWEST_DONE or days < FEWEST_DAYS:
        return None
    fast, slow = (done + sqrt(done)) / days, (done - sqrt(done)) / days
    soonest, longest = ceil(left / fast), ceil(left / slow)
    if soonest > FAR:
        return None
    latest = today + timedelta(days=longest) if longest <= FAR else None
    return Forecast(today + timedelta(days=soonest), latest)


@dataclass(frozen=True)
class Bar:
    """One day of the chart: its number, all so far, and where the bar stands in a drawing 100 units high."""

    day: date
    count: int
    total: int
    x: int
    height: int

    @property
    def top(self) -> int:
        """Where the bar begins, from the top."""
        return 100 - self.height


def bars(by_day: Mapping[date, int], today: date) -> list[Bar]:
    """One bar a day from the first reading until today, six weeks at most; days without any have none."""
    if not by_day:
        return []
    first = max(min(by_day), today - timedelta(days=MOST_BARS - 1))
    days = [first + timedelta(days=index) for index in range((today - first).days + 1)]
    highest = max((by_day.get(day, 0) for day in days), default=0) or 1
    total, made = sum(count for day, count in by_day.items() if day < first), []
    for index, day in enumerate(days):
        count = by_day.get(day, 0)
        total += count
        made.append(Bar(day, count, total, index * 14, round(100 * count / highest)))
    return made


def recent(by_day: Mapping[date, int], today: date) -> int:
    """How many were handed in over the last seven whole days."""
    return in_days(by_day, (today - timedelta(days=back) for back in range(1, DAYS + 1)))


def in_days(by_day: Mapping[date, int], days: Iterable[date]) -> int:
    """How many on these days."""
    return sum(by_day.get(day, 0) for day in days)
