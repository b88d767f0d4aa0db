"""The calendar of one person, counted back from the start of term. Pure: dates and delays in, dates out.

Delays are whole weeks, the longest usual ones; None is a delay that nobody has written, and no figure stands in for it
but the time to allow in all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from permits.models import GATHERED, Kind, State

NEAR = timedelta(days=14)
SETTLED = (State.OBTAINED, State.NOT_NEEDED)
# Where the person has something to do.
TO_ACT = (State.TO_DO, State.READY, State.REFUSED, State.MORE)
# What a step may wait for besides another one.
LETTER = "letter"

Weeks = Mapping[Kind, int | None]


class Lateness(StrEnum):
    """How a step is in time."""

    DONE = "done"
    WAITING = "waiting"
    UNDATED = "undated"
    ON_TIME = "on_time"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True)
class Line:
    """One step of the calendar; `slack` is days until its latest day, negative once that has passed."""

    kind: Kind
    state: State
    due: date | None
    slack: int | None
    lateness: Lateness
    waits_for: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the person can do something for it now."""
        return self.lateness != Lateness.DONE and self.state in TO_ACT and not self.waits_for


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def is_done(kind: Kind, state: State) -> bool:
    """Whether nothing is left to do or to wait for."""
    return state in SETTLED or (kind in GATHERED and state == State.READY)


def latest_days(
    starts_on: date, kinds: Sequence[Kind], weeks: Weeks, *, months: int
) -> dict[Kind, date | None]:
    """The latest day to ask for each step (to have it ready, where nobody is asked), never after the one before it.

    `months`: the time to allow in all, which dates the first request where a delay is not known.
    """
    days: dict[Kind, date | None] = {}
    permits = [kind for kind in (Kind.STUDY, Kind.COOP) if kind in kinds]
    # Study and co-op permits are asked for together.
    together = _back(starts_on, _longest([weeks.get(kind) for kind in permits]))
    days |= dict.fromkeys(permits, together)
    if Kind.CAQ in kinds:
        base = together if Kind.STUDY in kinds else starts_on
        caq = _back(base, weeks.get(Kind.CAQ))
        days[Kind.CAQ] = min(caq, together) if caq and together else caq
    whole = months_before(starts_on, months)
    asked = [kind for kind in (Kind.CAQ, Kind.STUDY) if kind in kinds]
    if asked and any(weeks.get(kind) is None for kind in asked):
        first = asked[0]
        days[first] = min(day for day in (whole, together, days[first]) if day)
    # What is asked together stays together, whichever of them the whole has dated.
    if asked == [Kind.STUDY] and Kind.COOP in kinds:
        days[Kind.COOP] = days[Kind.STUDY]
    later = next((days[kind] for kind in kinds if days.get(kind)), None) or whole
    for kind in reversed([kind for kind in kinds if kind in GATHERED]):
        later = _back(later, weeks.get(kind) or 0) or later
        days[kind] = later
    return {kind: days.get(kind) for kind in kinds}


def lines(
    starts_on: date,
    states: Mapping[Kind, State],
    weeks: Weeks,
    *,
    months: int,
    admitted: bool,
    today: date,
) -> list[Line]:
    """The calendar of a person: `states` holds their steps in order; `admitted`: UdeM's letter is there."""
    counted = [kind for kind, state in states.items() if state != State.NOT_NEEDED]
    days = latest_days(starts_on, counted, weeks, months=months)
    return [
        Line(
            kind,
            state,
            days.get(kind),
            _slack(days.get(kind), today),
            _lateness(kind, state, days.get(kind), today),
            _waits_for(kind, states, admitted=admitted),
        )
        for kind, state in states.items()
    ]


def _back(day: date | None, weeks: int | None) -> date | None:
    return day - timedelta(weeks=weeks) if day and weeks is not None else None


def _longest(weeks: Sequence[int | None]) -> int | None:
    return max((one for one in weeks if one is not None), default=None)


def _slack(due: date | None, today: date) -> int | None:
    return (due - today).days if due else None


def _lateness(kind: Kind, state: State, due: date | None, today: date) -> Lateness:
    if is_done(kind, state):
        return Lateness.DONE
    if state in (State.ASKED, State.MORE):
        return Lateness.WAITING
    if due is None:
        return Lateness.UNDATED
    if today > due:
        return Lateness.LATE
    return Lateness.SOON if due - today <= NEAR else Lateness.ON_TIME


def _waits_for(kind: Kind, states: Mapping[Kind, State], *, admitted: bool) -> str:
    """What has to be there before this step can be asked for."""
    if kind in GATHERED:
        return ""
    comes_first = Kind.CAQ if kind != Kind.CAQ and Kind.STUDY in states else None
    if comes_first in states and not is_done(Kind.CAQ, states[Kind.CAQ]):
        return Kind.CAQ
    return "" if admitted else LETTER
