"""Working days in Québec: neither weekends nor the statutory holidays, whose rules are kept by `holidays`."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice

from holidays import country_holidays

# So long a task of the Student Centre stays open for a document.
FOR_A_DOCUMENT = 10


@cache
def _off(year: int) -> frozenset[date]:
    """The statutory holidays of a year in Québec, with the days that they are moved to."""
    return frozenset(country_holidays("CA", subdiv="QC", years=year))


def is_working(day: date) -> bool:
    """Whether offices are open that day, as far as the law says."""
    return day.weekday() < 5 and day not in _off(day.year)


def _from(day: date) -> Iterator[date]:
    """The working days after this one, in order."""
    while True:
        day += timedelta(days=1)
        if is_working(day):
            yield day


def after(day: date, count: int) -> date:
    """The day that many working days after this one, which does not count itself."""
    return list(islice(_from(day), count))[-1] if count else day


def left(today: date, due: date) -> int:
    """How many working days are left after today until a day, that day included; none once it has come."""
    days = (due - today).days
    return sum(is_working(today + timedelta(days=number)) for number in range(1, days + 1))


def before(day: date, count: int) -> date:
    """The latest day from which that many working days are left until this one."""
    earlier = day
    while left(earlier, day) < count:
        earlier -= timedelta(days=1)
    return earlier


def documents_due(asked_on: date) -> date:
    """The last day for a document that UdeM asked for that day."""
    return after(asked_on, FOR_A_DOCUMENT)
