"""Days and moments in Montréal: rules are written in days there, the database keeps UTC."""

from calendar import monthrange
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

MONTREAL = ZoneInfo("America/Toronto")


def end_of(day: date) -> datetime:
    """The last second of a Montréal day, in UTC, on summer and winter time alike."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=MONTREAL).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The first moment of a Montréal day, in UTC."""
    return datetime.combine(day, time.min, tzinfo=MONTREAL).astimezone(UTC)


def at_hour(day: date, hour: int) -> datetime:
    """A full hour of a Montréal day, in UTC; not one of the night's, which the change of clocks may skip or repeat."""
    return datetime.combine(day, time(hour), tzinfo=MONTREAL).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Montréal."""
    return moment.astimezone(MONTREAL).date()


def months_after(day: date, months: int) -> date:
    """The same day so many months later; where the month is shorter, its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@cache
def _zones() -> frozenset[str]:
    """The names of the time zones that this machine knows, read once."""
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether this is a time zone's name as browsers give it: `Africa/Dakar`."""
    return name in _zones()
