"""Reminders to referees by the timetable: a week before their last day, and a day before."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce, Greatest

from applications.models import Referee, RefereeStatus
from applications.models.referee import digest
from applications.referees import serve
from applications.reference_letters import REFERENCE_REMINDER, reference_context
from applications.settled import unsettled
from cycles.clock import day_of
from notifications import outbox
from notifications.outbox import Addressed

SLOTS = (timedelta(days=7), timedelta(days=1))
# Nobody is reminded on the heels of another letter of ours.
QUIET = timedelta(days=1)
MOST_AT_ONCE = 500


def slot_at(referee: Referee, at: datetime) -> timedelta | None:
    """The latest slot that is due; None before the first, after the last day, or soon after another letter."""
    due = [slot for slot in SLOTS if referee.due_at - slot <= at]
    slot = min(due, default=None)
    if slot is None or at > referee.due_at:
        return None
    return None if referee.spoken_to_at > referee.due_at - slot - QUIET else slot


def key_of(referee: Referee, slot: timedelta) -> str:
    """One letter for each address, last day and slot: a day that is moved has reminders of its own."""
    version, day = referee.address_version, referee.due_on
    return f"reference_reminder:{referee.pk}:{version}:{day}:{slot.days}d"


def awaited(at: datetime) -> QuerySet[Referee]:
    """Those whose last day is near and to whom nothing was written for a day, of files without an answer."""
    return (
        unsettled(Referee.objects.filter(status=RefereeStatus.INVITED))
        .annotate(
            day=Coalesce("own_due_on", "application__cycle__documents_due_on"),
            spoken=Greatest("invited_at", "reminded_at"),
        )
        .filter(day__lte=day_of(at + SLOTS[0] + QUIET), spoken__lte=at - QUIET)
        .filter(Q(day__gte=day_of(at)) | Q(application__late_until__gte=at))
        .select_related("application__cycle", "application__applicant")
        .order_by("pk")
    )


def due(rows: Iterable[Referee], at: datetime) -> Iterator[tuple[Referee, timedelta]]:
    """Those to remind then, each with the slot that has come."""
    for row in rows:
        if serve(row.application, at) and (slot := slot_at(row, at)):
            yield row, slot


@transaction.atomic
def remind_all(*, at: datetime) -> int:
    """Queue the reminders that are due, each once; how many. The next run does what is over the most at once."""
    slots = {row.pk: slot for row, slot in due(awaited(at), at)}
    wanted = list(slots)[:MOST_AT_ONCE]
    # Whoever answers at this moment is left out: the answer, or the next run, settles it.
    rows = list(awaited(at).filter(pk__in=wanted).select_for_update(of=("self",), skip_locked=True))
    prefetch_related_objects(rows, "application__choices__program")
    queued = outbox.queue_all(REFERENCE_REMINDER, _copies(rows, slots))
    for row in rows:
        row.reminded_at, row.token_sha256 = at, digest(row.token)
    Referee.objects.bulk_update(rows, ["reminded_at", "token_sha256"])
    return queued


def _copies(rows: list[Referee], slots: dict[int, timedelta]) -> Iterator[Addressed]:
    """One copy each, in the referee's own language."""
    for row in rows:
        key = key_of(row, slots[row.pk])
        yield Addressed(row.email, row.language, row, key, reference_context(row))
