"""Dates as a calendar file (RFC 5545), with a reminder before each limit: the applicant's own, and those of a letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from icalendar import Alarm, Calendar, Event

REMINDERS = (timedelta(days=2), timedelta(hours=2))


@dataclass(frozen=True)
class Entry:
    """One date. A limit is a moment and reminds; a day is only shown.

    The slug, with what it is `of`, names it for ever: the same date told again replaces the one in the person's
    calendar. `page` names the page where one does what the date asks.
    """

    slug: str
    title: str | Promise
    when: datetime | date
    of: str = ""
    page: str = ""

    def as_data(self) -> dict[str, str]:
        """The date as the outbox keeps it, in the language of this moment."""
        address = f"{settings.SITE_URL}{reverse(self.page)}" if self.page else ""
        when = self.when.astimezone(UTC) if isinstance(self.when, datetime) else self.when
        return {
            "uid": f"{self.slug}-{self.of}" if self.of else self.slug,
            "title": str(self.title),
            "when": when.isoformat(),
            "url": address,
        }


def read(when: str) -> datetime | date:
    """A moment or a day, as `as_data` wrote it."""
    return datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when)


def calendar_file(
    dates: Iterable[dict[str, str]], *, language: str, at: datetime, name: str = ""
) -> bytes:
    """The file itself; moments in UTC, which every calendar shows in its own zone. `at` is when this was true."""
    calendar = Calendar()
    calendar.add("prodid", "-//Mila//Admissions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for entry in dates:
        calendar.add_component(_event(entry, language, at))
    return bytes(calendar.to_ical())


def _event(entry: dict[str, str], language: str, at: datetime) -> Event:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    when, event = read(entry["when"]), Event()
    event.add("uid", f"{entry['uid']}@{domain}")
    event.add("dtstamp", at)
    event.add("dtstart", when)
    event.add("summary", entry["title"], parameters={"LANGUAGE": f"{language}-CA"})
    if entry["url"]:
        event.add("url", entry["url"])
    event.add("transp", "TRANSPARENT")  # a limit does not make anybody busy
    if isinstance(when, datetime):
        for before in REMINDERS:
            event.add_component(_alarm(entry["title"], before))
    return event


def _alarm(title: str, before: timedelta) -> Any:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm
