"""When somebody counts as silent: the one place that says so.

Something is due from the person within thirty days, or late; and we have had no sign of life for fourteen days, or none since a reminder that has had
two days to be read. A sign of life is a reply, a message, a thing ticked, a sign-in (without which nothing is
reported), or a call in which we spoke.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Max, QuerySet

from cycles.models import Cycle
from desk.models import Message
from enrolment.models import Note, Reminder
from enrolment.places import Place
from enrolment.steps import Next
from followup.models import Done

SOON = timedelta(days=30)
LONG = timedelta(days=14)
TO_READ = timedelta(days=2)


class Reminded(NamedTuple):
    """How often somebody was reminded from the board, and when last."""

    times: int = 0
    last: datetime | None = None


NEVER = Reminded()


def last_words(cycle: Cycle) -> dict[int, datetime]:
    """The last message, tick or talk of each file of a cycle; one query."""
    said = Message.objects.filter(application__cycle=cycle, from_office=False)
    ticked = Done.objects.filter(application__cycle=cycle)
    spoken = Note.objects.filter(application__cycle=cycle, about=Note.About.SPOKEN)
    found: dict[int, datetime] = {}
    for pk, at in _last(said).union(_last(ticked), _last(spoken), all=True):
        found[pk] = max(at, found.get(pk, at))
    return found


def _last(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """The last of these rows of each application."""
    return rows.order_by().values_list("application").annotate(last=Max("at"))


def reminders_of(cycle: Cycle) -> dict[int, Reminded]:
    """How often each person of a cycle was reminded from the board; one query."""
    rows = Reminder.objects.filter(batch__cycle=cycle).order_by().values_list("application")
    return {
        pk: Reminded(times, last)
        for pk, times, last in rows.annotate(times=Count("pk"), last=Max("at"))
    }


def last_sign(place: Place, words: dict[int, datetime]) -> datetime | None:
    """The last time that we heard anything of a person."""
    signs = (place.replied_at, place.signed_in, words.get(place.application))
    return max((sign for sign in signs if sign is not None), default=None)


def is_silent(
    place: Place, coming: Next, sign: datetime | None, reminded: Reminded, at: datetime
) -> bool:
    """Whether this person owes us something and gives no sign, be it that our answer is only just there."""
    answered = place.called_at or place.answered_at
    if not coming.theirs or answered is None:
        return False
    if coming.due is not None and coming.due > (at + SOON).date():
        return False
    heard = max(sign, answered) if sign else answered
    if heard <= at - LONG:
        return True
    return reminded.last is not None and heard < reminded.last <= at - TO_READ
