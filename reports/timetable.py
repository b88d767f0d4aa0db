"""How the timetable goes: what ran, what runs next, what it would send, and whether it lives."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import AuditEntry, ErrandState, Slot, subject_of
from audit.timetable import HOUR, MINUTE, Coming, Errand, registered
from audit.turns import PAUSED
from cycles.clock import day_of
from notifications.nudge import TASK as NUDGED
from reports.dry_run import Tally, now_and_next

# Something comes round every few seconds, and says so at least once a minute.
SILENCE = timedelta(minutes=3)
# A turn that is taken within a minute is on time.
PROMPT = timedelta(minutes=1)


@dataclass(frozen=True)
class Line:
    """One errand: how it goes, and what it would send."""

    errand: Errand
    state: ErrandState
    at: datetime
    paused_by: str = ""
    now: Tally | None = None
    next: Tally | None = None

    @property
    def every(self) -> str:
        """How often, in words."""
        return every(self.errand.every)

    @property
    def took(self) -> float | None:
        """How long the last run took, in seconds."""
        began, ended = self.state.began_at, self.state.ended_at
        return (ended - began).total_seconds() if began and ended else None

    @property
    def next_at(self) -> datetime | None:
        """When its next turn begins; None for sweeps, which come round all the time."""
        if not self.errand.by_turns:
            return None
        return self.errand.turn_of(self.at) + self.errand.period

    @property
    def is_late(self) -> bool:
        """Whether it has not run for longer than it may."""
        ended = self.state.ended_at
        patience = max(3 * self.errand.period, SILENCE)
        return not self.state.paused_at and ended is not None and self.at - ended > patience

    @property
    def missed(self) -> datetime | None:
        """The turn that has come and was not taken yet."""
        turn, began = self.errand.turn_of(self.at), self.state.began_at
        if not self.errand.by_turns or self.state.paused_at or (began and began >= turn):
            return None
        return turn if self.at - turn > PROMPT else None

    @property
    def minutes_late(self) -> int:
        """How long after the beginning of its turn the last run began; 0 when it was on time."""
        began = self.state.began_at
        return (
            (began - self.errand.turn_of(began)) // PROMPT if began and self.errand.by_turns else 0
        )

    @property
    def coming(self) -> list[Coming]:
        """What it will do at hours that people chose."""
        return self.errand.coming() if self.errand.coming else []

    @property
    def did_today(self) -> int:
        """How much it did on this day in Montréal."""
        today = self.state.day == day_of(self.at)
        return self.state.did_today if today else 0

    @property
    def wrong(self) -> str:
        """What went wrong the last time, in words; empty when it ended well."""
        return said_of(self.state.error) if self.state.fails else ""


@dataclass(frozen=True)
class Pulse:
    """Whether the timetable lives. `last`: when anything ran; `caller_is_away`: only what is asked for apart does."""

    last: datetime | None
    at: datetime
    caller_is_away: bool = False

    @property
    def is_stopped(self) -> bool:
        """Whether nothing came round for minutes."""
        return self.last is None or self.at - self.last > SILENCE


def states() -> dict[str, ErrandState]:
    """What is kept of each errand; an empty row for one that never ran."""
    kept = ErrandState.objects.in_bulk()
    return {name: kept.get(name) or ErrandState(name=name) for name in registered()}


def pulse(kept: dict[str, ErrandState], at: datetime) -> Pulse:
    """Letters that are queued wake a worker by themselves; what the timetable alone calls says whether it turns."""
    errands = registered()
    called = [_last(kept[name]) for name, one in errands.items() if one.task != NUDGED]
    woken = [_last(kept[name]) for name, one in errands.items() if one.task == NUDGED]
    last = max((moment for moment in called if moment), default=None)
    answers = max((moment for moment in woken if moment), default=None)
    alive = answers is not None and at - answers <= SILENCE
    return Pulse(last, at, caller_is_away=alive)


def _last(state: ErrandState) -> datetime | None:
    """When it last ran, well or not."""
    return max((one for one in (state.ended_at, state.failed_at) if one), default=None)


def lines(kept: dict[str, ErrandState], at: datetime) -> list[Line]:
    """Every errand, those that write letters first."""
    errands = sorted(registered().values(), key=lambda one: one.letters is None)
    who = paused_by(kept)
    return [
        Line(one, kept[one.name], at, who.get(one.name, ""), *now_and_next(one, at))
        for one in errands
    ]


def line(errand: Errand, at: datetime) -> Line:
    """One errand without what it would send."""
    kept = {errand.name: ErrandState.objects.filter(pk=errand.name).first()}
    state = kept[errand.name] or ErrandState(name=errand.name)
    return Line(errand, state, at, paused_by({errand.name: state}).get(errand.name, ""))


def paused_by(kept: dict[str, ErrandState]) -> dict[str, str]:
    """Who paused the errands that rest, from the trail."""
    subjects = {subject_of(state): name for name, state in kept.items() if state.paused_at}
    entries = AuditEntry.objects.filter(verb=PAUSED, subject__in=subjects).order_by("pk")
    return {
        subjects[entry.subject]: str(entry.actor or "") for entry in entries.select_related("actor")
    }


def turns(errand: Errand) -> list[Slot]:
    """The last turns that did something or came to nothing, the newest first."""
    rows = Slot.objects.filter(errand=errand.name)
    return list(rows.exclude(did=0, error="").order_by("-turn")[:10])


def every(seconds: int) -> str:
    """How often something comes round, in words."""
    if seconds < MINUTE:
        return ngettext("every second", "every %(n)s seconds", seconds) % {"n": seconds}
    if seconds < HOUR:
        minutes = seconds // MINUTE
        return ngettext("every minute", "every %(n)s minutes", minutes) % {"n": minutes}
    hours = seconds // HOUR
    return ngettext("every hour", "every %(n)s hours", hours) % {"n": hours}


def said_of(error: str) -> str:
    """A kind of error in plain words."""
    if error in ("OperationalError", "InterfaceError"):
        return _("The database did not answer. Nothing is lost: the next turn tries again.")
    told = _("Something unexpected (%(error)s). Nothing is lost: the next turn tries again.")
    return told % {"error": error}
