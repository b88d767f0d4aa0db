"""The dashboard as one person sees it: what is counted of files is kept for half a minute where there are many.

Every number leaves out the files that something keeps from the reader. Which files these are is looked up each time and
is part of the name under which numbers are kept: a conflict takes its file off at once.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from applications.sight import ids_kept_from
from cycles.clock import day_of
from cycles.models import Cycle, Phase
from enrolment.listing import overdue
from reports.dashboard import arrivals, reading, thread
from reports.dashboard.arrivals import Arrivals
from reports.dashboard.choosing import Chosen
from reports.dashboard.counting import Asking, counted
from reports.dashboard.matters import matters
from reports.dashboard.reading import ByReader, Reading
from reports.dashboard.sums import Sums, added, sums_of
from reports.dashboard.thread import Step
from reports.dashboard.words import Matter
from reviews.board import MANY, SECONDS
from reviews.permissions import works_on_files
from scholarships import ledger
from scholarships.ledger import Ledger
from scholarships.permissions import sees_ledger

Kept = tuple[dict[int | None, Sums], arrivals.ByDay, ByReader]
BAR = 100


@dataclass(frozen=True)
class Stage:
    """A line of the funnel: a number for each program, all of them, and the width of its bar in hundredths."""

    label: str
    numbers: list[int]
    total: int
    share: float


@dataclass(frozen=True)
class Dashboard:
    """All that the page says."""

    chosen: Chosen
    at: datetime
    thread: list[Step]
    next_end: str
    matters: list[Matter]
    stages: list[Stage]
    sums: Sums
    nowhere: int
    arrivals: Arrivals
    reading: Reading | None
    money: list[ledger.Line]
    total: Ledger

    @property
    def cycle(self) -> Cycle:
        """What it is about."""
        return self.chosen.cycle


def read(chosen: Chosen, user: User, at: datetime) -> Dashboard:
    """Everything, in a number of queries that depends on nothing but how far the cycle is."""
    cycle, hidden = chosen.cycle, ids_kept_from(user)
    by_program, days, readers = kept(chosen, hidden, at)
    everything = added(by_program.values())
    shown = everything if chosen.program is None else by_program.get(chosen.program.pk, Sums())
    lines, total = ledger.of_cycle(cycle) if sees_ledger(user) else ([], Ledger())
    asking = Asking(user, cycle, hidden, at)
    told = counted(asking)
    late = _late_at_udem(chosen, user, at) if everything.offered else 0
    return Dashboard(
        chosen=chosen,
        at=at,
        thread=thread.thread(cycle, at),
        next_end=thread.next_end(cycle, at),
        matters=matters(asking, told, everything, lines, late),
        stages=list(stages(chosen, by_program, shown, decisions=works_on_files(user))),
        sums=shown,
        nowhere=by_program.get(None, Sums()).started,
        arrivals=arrivals.arrivals(days, cycle, chosen.before, at),
        reading=reading.reading(readers, shown.totals, cycle, at) if readers else None,
        money=lines,
        total=total,
    )


def kept(chosen: Chosen, hidden: set[int], at: datetime) -> Kept:
    """What is counted of every file: at most three queries, none while the numbers of a large cycle are fresh."""
    cycle, before = chosen.cycle, chosen.before
    program = chosen.program.pk if chosen.program else None
    names = (cycle.pk, before and before.pk, program, day_of(at), sorted(hidden))
    key = f"dashboard:{hashlib.sha256(repr(names).encode()).hexdigest()}"
    found: Kept | None = caches["pages"].get(key)
    if found is not None:
        return found
    by_program = sums_of(cycle, hidden)
    days = arrivals.by_day([cycle, *([before] if before else [])], hidden, program)
    all_sums = added(by_program.values())
    readers: ByReader = {}
    if all_sums.asked and cycle.phase(at) in (Phase.OPEN, Phase.READING):
        readers = reading.by_reader(cycle, hidden, program, day_of(at))
    found = (by_program, days, readers)
    if all_sums.started > MANY:
        caches["pages"].set(key, found, SECONDS)
    return found


def _late_at_udem(chosen: Chosen, user: User, at: datetime) -> int:
    internships = frozenset(row.pk for row in chosen.programs if row.internship_required)
    return overdue(chosen.cycle, user, at, internships=internships)


def stages(
    chosen: Chosen, by_program: dict[int | None, Sums], total: Sums, *, decisions: bool
) -> Iterator[Stage]:
    """How far the files are; from the decision on, once there is one, and for those who may know."""
    columns = [by_program.get(row.pk, Sums()) for row in chosen.shown]
    for label, name in _names(chosen.cycle, total, decisions=decisions):
        numbers, all_of_them = [getattr(one, name) for one in columns], getattr(total, name)
        share = round(BAR * all_of_them / (total.started or 1), 1)
        yield Stage(label, numbers, all_of_them, share)


def _names(cycle: Cycle, total: Sums, *, decisions: bool) -> Iterator[tuple[str, str]]:
    yield _("Drafts started"), "started"
    yield pgettext("stage", "Submitted"), "submitted"
    yield pgettext("stage", "Complete"), "complete"
    wanted = cycle.reviews_per_file
    yield (_("Read once or more") if wanted > 1 else pgettext("stage", "Read")), "read"
    if wanted > 1:
        words = ngettext("Read %(n)s time", "Read %(n)s times", wanted) % {"n": wanted}
        yield (_("Read twice") if wanted == 2 else words), "read_enough"
    if decisions and total.decided:
        yield pgettext("stage", "Decided"), "decided"
    if decisions and total.offered:
        yield _("Offered a place"), "offered"
        yield _("Offer accepted"), "accepted"
        yield _("Filed at UdeM"), "filed"
        yield _("Registered"), "registered"
