"""The cycle's dates as one thread of phases, with where it is now; from its dates as configured."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cycles.clock import day_of, end_of
from cycles.models import Cycle
from cycles.typography import day_text, short_day_text

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Phase:
    """A part of the year: its words, its first and last day, and when it is over."""

    title: str
    ends: str
    first: date
    last: date
    over_at: datetime


@dataclass(frozen=True)
class Step:
    """A node of the thread, as `components/fil.html` reads it."""

    title: str
    when: str
    state: str
    text: str = ""
    url: str = ""
    number: int = 0


def phases(cycle: Cycle) -> Iterator[Phase]:
    """In order; each begins when the one before is over."""
    opens, closes = day_of(cycle.opens_at), day_of(cycle.closes_at)
    yield Phase(_("Applications"), _("Applications close"), opens, closes, cycle.closes_at)
    rows = (
        (_("First check"), _("References and documents are due"), cycle.documents_due_on),
        (_("Reading"), _("Reading ends"), cycle.reviews_due_on),
        (_("Decisions"), _("Answers are due"), cycle.release_on),
        (_("Replies"), _("Replies are due"), cycle.reply_by),
        (_("UdeM’s safe date"), _("UdeM’s safe date is"), cycle.udem_safe_on),
        (_("Waitlist"), _("The waitlist ends"), cycle.waitlist_ends_on),
    )
    first = closes + DAY
    for title, ends, last in rows:
        yield Phase(title, ends, min(first, last), last, end_of(last))
        first = max(first, last + DAY)


def thread(cycle: Cycle, at: datetime) -> list[Step]:
    """Each phase with its days, done or now or to come."""
    steps, found = [], at < cycle.opens_at
    for one in phases(cycle):
        state = "done" if at > one.over_at else "" if found else "now"
        found = found or state == "now"
        steps.append(Step(one.title, _days(one, state), state))
    return steps


def _days(one: Phase, state: str) -> str:
    last = short_day_text(one.last)
    if state == "now":
        return _("until %(day)s") % {"day": last}
    if one.first == one.last:
        return last
    return _("%(first)s to %(last)s") % {"first": short_day_text(one.first), "last": last}


def next_end(cycle: Cycle, at: datetime) -> str:
    """What comes to an end next, and in how many days, in a sentence; empty once everything is over."""
    today = day_of(at)
    if at < cycle.opens_at:
        return _("Applications open on %(day)s.") % {"day": day_text(cycle.opens_at)}
    one = next((phase for phase in phases(cycle) if at <= phase.over_at), None)
    if one is None:
        return ""
    days = (one.last - today).days
    if not days:
        return _("%(what)s today.") % {"what": one.ends}
    told = ngettext("%(what)s in %(n)s day.", "%(what)s in %(n)s days.", days)
    return told % {"what": one.ends, "n": days}
