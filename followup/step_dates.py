"""The dates of a file at UdeM against each other: none in the future, none before what it follows."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import timezone as offset
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cycles.clock import day_of
from followup.models import UdemFile

# Where the day begins first: a date that is today somewhere is not in the future.
EARLIEST_ZONE = offset(timedelta(hours=14))
# Each day, and what it cannot come before.
FOLLOWS: dict[str, tuple[str, ...]] = {
    "filed_on": (),
    "documents_asked_on": ("filed_on",),
    "documents_done_on": ("documents_asked_on",),
    "decided_on": ("filed_on", "documents_asked_on"),
    "condition_met_on": ("decided_on",),
    "accepted_on": ("decided_on",),
    "ended_on": ("filed_on",),
}
# Days to come; they only follow what they answer.
AHEAD: dict[str, tuple[str, ...]] = {
    "documents_due_on": ("documents_asked_on",),
    "accept_by": ("decided_on",),
}
LONGEST = timedelta(days=730)


def latest_today(now: datetime | None = None) -> date:
    """The day that it is where the day begins first."""
    return (now or timezone.now()).astimezone(UTC).astimezone(EARLIEST_ZONE).date()


def first_day(udem_file: UdemFile) -> date:
    """The day, in Montréal, of the answer that the application to UdeM follows."""
    release = udem_file.offer.decision.release
    assert release is not None
    assert release.released_at is not None
    return day_of(release.released_at)


def called(field: str) -> str:
    """What a day is, in words for a sentence."""
    return {
        "filed_on": _("the day you applied"),
        "documents_asked_on": _("the day UdeM asked for documents"),
        "decided_on": _("the day of UdeM’s answer"),
    }[field]


def check(
    udem_file: UdemFile, given: dict[str, Any], *, now: datetime | None = None
) -> dict[str, str]:
    """A sentence by field for each day that cannot be right; `given` are the new ones, the row holds the others."""
    return dict(_troubles(udem_file, given, latest_today(now)))


def _troubles(udem_file: UdemFile, given: dict[str, Any], today: date) -> Iterator[tuple[str, str]]:
    first = first_day(udem_file)
    for field, earlier in {**FOLLOWS, **AHEAD}.items():
        day = given.get(field)
        if day is None:
            continue
        if field in FOLLOWS and day > today:
            yield field, _("This date is in the future: give the day it happened.")
        elif field in AHEAD and day > today + LONGEST:
            yield field, _("This date is more than two years away.")
        elif day < first:
            yield field, _("This date is before our answer. If that is right, write to us.")
        else:
            yield from _too_early(udem_file, given, field, day, earlier)


def _too_early(
    udem_file: UdemFile, given: dict[str, Any], field: str, day: date, earlier: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for name in earlier:
        before = given.get(name) or getattr(udem_file, name)
        if before and day < before:
            yield field, _("This date is before %(what)s.") % {"what": called(name)}
            return
