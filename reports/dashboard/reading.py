"""The readers' pace in a few lines: who needs a word first, and when the reading will be done; one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from applications.models.application import FILED
from committee import forecasting, progress
from committee.forecasting import Forecast
from committee.progress import DONE, NOTHING, ORDER, ReaderLine, Totals
from cycles.clock import MONTREAL
from cycles.models import Cycle
from reports.dashboard.sums import in_program
from reviews.models import Assignment

FEW = 5
NAMES = ("reviewer__full_name", "reviewer__email")

ByReader = Mapping[int, Mapping[str, Any]]


def by_reader(cycle: Cycle, hidden: set[int], program: int | None, today: date) -> ByReader:
    """What each reader has of the files that count."""
    rows = Assignment.objects.active().filter(
        in_program(program, "application__"),
        application__cycle=cycle,
        application__status__in=FILED,
    )
    return progress.sums_of(rows.exclude(application__in=hidden), today, *NAMES)


@dataclass(frozen=True)
class Reading:
    """What the panel says; named as `committee`'s own page names it, whose words it borrows."""

    totals: Totals
    forecast: Forecast | None
    recent: int
    late: int
    lines: list[ReaderLine]
    readers: int
    will_be_late: bool
    may_be_late: bool
    is_late: bool


def reading(told: ByReader, totals: Totals, cycle: Cycle, at: datetime) -> Reading:
    """Worked out without another query."""
    today, due = at.astimezone(MONTREAL).date(), cycle.reviews_due_on
    lines = [
        progress.line(_person(pk, row), row, None, today=today, now=at) for pk, row in told.items()
    ]
    lines.sort(key=lambda one: (ORDER.index(one.needs), -one.late, -one.left, str(one.reader)))
    recent = sum(row["recent"] for row in told.values())
    first = min((row["first_sent"] for row in told.values() if row["first_sent"]), default=None)
    days = forecasting.days_since(first and first.astimezone(MONTREAL).date(), today)
    coming = forecasting.forecast(left=totals.left, done=recent, days=days, today=today)
    return Reading(
        totals=totals,
        forecast=coming,
        recent=recent,
        late=sum(one.late for one in lines),
        lines=[one for one in lines if one.needs not in (DONE, NOTHING)][:FEW],
        readers=len(lines),
        will_be_late=bool(coming and coming.is_after(due)),
        may_be_late=bool(coming and coming.may_be_after(due)),
        is_late=today > due,
    )


def _person(pk: int, row: Mapping[str, Any]) -> User:
    """The reader by name, from the same query."""
    return User(pk=pk, full_name=row[NAMES[0]], email=row[NAMES[1]])
