"""One's dates as a calendar file: what the applicant may know of, and nothing else, with a reminder before each limit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from cycles.clock import end_of
from cycles.models import Cycle
from followup.situation import Situation, State

REMINDERS = (timedelta(days=2), timedelta(hours=2))
WAITING = (State.DRAFT, State.SUBMITTED, State.REOPENED)


@dataclass(frozen=True)
class Entry:
    """One date. A limit is a moment and reminds; a day is only shown.

    The slug names it for ever: the same file taken again replaces the dates in the person's calendar.
    """

    slug: str
    title: str
    when: datetime | date


def entries(situation: Situation) -> Iterator[Entry]:
    """The dates of this state, in order: the same for everyone until the answers are out."""
    cycle, state = situation.cycle, situation.state
    if cycle is None:
        return
    if state == State.BEFORE:
        yield Entry("opens", _("Applications open at Mila"), cycle.opens_at)
    if state in (State.BEFORE, State.START, State.DRAFT, State.REOPENED):
        yield Entry("closes", _("Last moment to submit to Mila"), cycle.closes_at)
    if state in (State.BEFORE, State.START, State.CLOSED, *WAITING):
        yield from _judged(cycle)
    elif state == State.SELECTED and situation.offer:
        yield Entry("reply", _("Reply to Mila’s offer"), situation.offer.reply_by)
        yield Entry("udem", _("Application to UdeM"), end_of(cycle.udem_safe_on))
    elif state == State.TO_FILE:
        yield Entry("udem", _("Application to UdeM"), end_of(cycle.udem_safe_on))
    elif state == State.WAITLIST:
        yield Entry("waitlist", _("End of Mila’s waitlist"), cycle.waitlist_ends_on)
    if state in (State.SELECTED, State.TO_FILE, State.FILED):
        yield Entry("starts", _("Studies begin at UdeM"), cycle.starts_on)


def _judged(cycle: Cycle) -> Iterator[Entry]:
    """From the close to the application to UdeM, whatever we know."""
    due = _("Last documents and references at Mila")
    yield Entry("documents", due, end_of(cycle.documents_due_on))
    yield Entry("answer", _("Mila’s answer, at the latest"), cycle.release_on)
    yield Entry("reply", _("Reply to Mila, if selected"), end_of(cycle.reply_by))
    yield Entry("udem", _("Application to UdeM, if selected"), end_of(cycle.udem_safe_on))


def calendar_file(situation: Situation) -> bytes:
    """The file itself (RFC 5545), in the language of the page; moments in UTC, which every calendar shows in its own zone."""
    calendar = Calendar()
    calendar.add("prodid", "-//Mila//Admissions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", str(situation.cycle.name) if situation.cycle else "")
    for entry in entries(situation):
        calendar.add_component(_event(entry, situation))
    return bytes(calendar.to_ical())


def _event(entry: Entry, situation: Situation) -> Event:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    of = situation.application.number if situation.application else situation.cycle.code  # type: ignore[union-attr]
    event = Event()
    event.add("uid", f"{entry.slug}-{of}@{domain}")
    event.add("dtstamp", situation.at)
    event.add("dtstart", entry.when)
    event.add("summary", entry.title, parameters={"LANGUAGE": f"{get_language()}-CA"})
    page = reverse("my_application" if situation.application else "home")
    event.add("url", f"{settings.SITE_URL}{page}")
    event.add("transp", "TRANSPARENT")  # a limit does not make anybody busy
    if isinstance(entry.when, datetime):
        for before in REMINDERS:
            event.add_component(_alarm(entry, before))
    return event


def _alarm(entry: Entry, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", -before)
    return alarm
