"""What a line would change in a file of ours, field by field, and what is left to a person. Pure."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypedDict

from cycles.clock import end_of
from followup.models import Filing
from reconciliation.facts import MOMENT, Facts, lacking
from reconciliation.telling import Said

OURS, THEIRS = "ours", "theirs"
CHOICES = (OURS, THEIRS)
# What lies ahead of each step; the rest is going back, and never happens without a person.
AHEAD: dict[str, tuple[str, ...]] = {
    Filing.TO_FILE: tuple(Filing.values),
    Filing.FILED: (
        *(Filing.DOCUMENTS, Filing.ADMITTED, Filing.CONDITIONAL, Filing.ACCEPTED),
        *(Filing.REFUSED, Filing.CLOSED, Filing.REGISTERED, Filing.DEFERRED, Filing.NOT_REGISTERED),
    ),
    Filing.DOCUMENTS: (
        *(Filing.ADMITTED, Filing.CONDITIONAL, Filing.ACCEPTED, Filing.REFUSED, Filing.CLOSED),
        *(Filing.REGISTERED, Filing.DEFERRED, Filing.NOT_REGISTERED),
    ),
    Filing.CONDITIONAL: (
        *(Filing.ADMITTED, Filing.ACCEPTED, Filing.CLOSED, Filing.REGISTERED),
        *(Filing.DEFERRED, Filing.NOT_REGISTERED),
    ),
    Filing.ADMITTED: (
        *(Filing.ACCEPTED, Filing.CLOSED, Filing.REGISTERED),
        *(Filing.DEFERRED, Filing.NOT_REGISTERED),
    ),
    Filing.ACCEPTED: (Filing.REGISTERED, Filing.DEFERRED, Filing.NOT_REGISTERED),
}


class Kind(StrEnum):
    """What a line does to one fact."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"


class Told(TypedDict):
    """One fact: what stands, what the list says, of which kind it is."""

    old: str
    new: str
    kind: str


Differences = dict[str, Told]


def differences(now: Facts, said: Said, *, as_of: date) -> Differences:
    """Fact by fact; what the person reported unconfirmed, or was written after the list was made, is a conflict."""
    wanted = dict(said.facts)
    if step := said.step or _filed(now, said):
        wanted = {"status": step, **wanted}
    return {
        name: Told(old=now[name], new=new, kind=_kind(name, now, new, as_of))
        for name, new in wanted.items()
    }


def _filed(now: Facts, said: Said) -> Filing | None:
    """A number and a day say that it was filed, even without a word for it."""
    told = "number" in said.facts and "filed_on" in said.facts
    return Filing.FILED if told and now["status"] == Filing.TO_FILE else None


def _kind(name: str, now: Facts, new: str, as_of: date) -> Kind:
    old = now[name]
    if old == new:
        return Kind.SAME
    if not old:
        return Kind.NEW
    confirmed = datetime.fromisoformat(now[MOMENT]) if now[MOMENT] else None
    is_later = confirmed is not None and confirmed > end_of(as_of)
    if name == "status":
        goes_on = new in AHEAD.get(old, ())
        return Kind.NEW if goes_on and not is_later else Kind.CONFLICT
    return Kind.CONFLICT if confirmed is None or is_later else Kind.CHANGED


def settled(told: Differences, choices: Mapping[str, str]) -> dict[str, str]:
    """The facts to write: what is new, what changed, and of conflicts those where UdeM's word was chosen."""
    return {
        name: one["new"]
        for name, one in told.items()
        if one["kind"] in (Kind.NEW, Kind.CHANGED)
        or (one["kind"] == Kind.CONFLICT and choices.get(name) == THEIRS)
    }


def undecided(told: Differences, choices: Mapping[str, str]) -> list[str]:
    """The conflicts that nobody has chosen in."""
    return [
        name
        for name, one in told.items()
        if one["kind"] == Kind.CONFLICT and choices.get(name) not in CHOICES
    ]


def after(
    now: Facts, told: Differences, choices: Mapping[str, str], *, at: datetime | None = None
) -> Facts:
    """The facts once this is written; confirmed, unless a conflict is still open."""
    facts = {**now, **settled(told, choices)}
    if at and not undecided(told, choices):
        facts[MOMENT] = at.astimezone(UTC).isoformat()
    return facts


def counts(now: Facts, told: Differences, choices: Mapping[str, str]) -> dict[str, object]:
    """The columns of a change that say how it stands, without saying what."""
    kinds = [one["kind"] for one in told.values()]
    open_ones = undecided(told, choices)
    lacks = lacking(after(now, told, choices))
    writes = bool(settled(told, choices)) or (bool(told) and not open_ones)
    return {
        "news": sum(kind in (Kind.NEW, Kind.CHANGED) for kind in kinds),
        "sames": kinds.count(Kind.SAME),
        "conflicts": kinds.count(Kind.CONFLICT),
        "open": len(open_ones),
        "lacks": lacks,
        "is_ready": writes and not lacks,
        "choices": dict(choices),
    }
