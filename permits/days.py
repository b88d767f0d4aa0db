"""The days of a step: which ones each state has, and whether they can be true. Pure, for forms and verbs alike."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from followup.step_dates import EARLIEST_ZONE
from permits.models import PermitStep, State, WhyNot


@dataclass(frozen=True)
class Said:
    """What a report says besides the state; None leaves a day that is known already."""

    asked_on: date | None = None
    more_on: date | None = None
    obtained_on: date | None = None
    valid_until: date | None = None
    refused_on: date | None = None
    why_not: str = ""


# What each state keeps of what was said before, and what it may not do without.
KEEPS: dict[State, tuple[str, ...]] = {
    State.TO_DO: (),
    State.READY: (),
    State.ASKED: ("asked_on",),
    State.MORE: ("asked_on", "more_on"),
    State.OBTAINED: ("asked_on", "more_on", "obtained_on", "valid_until"),
    State.REFUSED: ("asked_on", "more_on", "refused_on"),
    State.NOT_NEEDED: ("why_not",),
}
NEEDS: dict[State, tuple[str, ...]] = {
    State.TO_DO: (),
    State.READY: (),
    State.ASKED: ("asked_on",),
    State.MORE: ("asked_on", "more_on"),
    State.OBTAINED: ("obtained_on",),
    State.REFUSED: ("refused_on",),
    State.NOT_NEEDED: ("why_not",),
}
# In the order in which they happen; an end comes after the beginning.
HAPPENED = ("asked_on", "more_on", "obtained_on", "refused_on")


def columns(held: PermitStep, to: State, said: Said) -> dict[str, Any]:
    """Every column of the step as the report leaves it: what is said, else what is known, and nothing of other states."""
    # Asked for again after a refusal is another request, with a day of its own.
    again = to == State.ASKED and held.status == State.REFUSED
    values: dict[str, Any] = {}
    for name, value in asdict(said).items():
        nothing = "" if name == "why_not" else None
        known = nothing if again else getattr(held, name)
        values[name] = (value or known) if name in KEEPS[to] else nothing
    return values


def today_somewhere(at: datetime) -> date:
    """Where the day begins first: a date that is today somewhere is not in the future."""
    return at.astimezone(UTC).astimezone(EARLIEST_ZONE).date()


def wrong(to: State, values: Mapping[str, Any], *, at: datetime) -> dict[str, str]:
    """What cannot be true, a sentence a field; empty when all can."""
    return dict(_wrong(to, values, today_somewhere(at)))


def _wrong(to: State, values: Mapping[str, Any], today: date) -> Iterator[tuple[str, str]]:
    for name in NEEDS[to]:
        if not values[name]:
            yield name, _("Say why.") if name == "why_not" else _("Give this day.")
    if values["why_not"] and values["why_not"] not in WhyNot.values:
        yield "why_not", _("Choose one of the answers.")
    before: date | None = None
    for name in HAPPENED:
        day = values[name]
        if day and day > today:
            yield name, _("This date is in the future: give the day it happened.")
        elif day and before and day < before:
            yield name, _("This date is before the one that comes first.")
        before = day or before
    end, begun = values["valid_until"], values["obtained_on"]
    if end and begun and end <= begun:
        yield "valid_until", _("It cannot end before it was obtained.")
