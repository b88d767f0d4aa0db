"""One reminder to each member of a panel who has applications left, three mornings before its last day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.permissions import sits
from cycles.clock import at_hour, day_of
from notifications.models import OutgoingEmail
from notifications.outbox import queue_all
from scholarships.models import Round, Seat
from scholarships.panel_queue import queue_of
from scholarships.panels import panel_lacks
from scholarships.result_letters import PANEL_REMINDER, reminder

HOUR, DAYS = 9, 3


@dataclass(frozen=True)
class Owed:
    """A letter that is due: to whom, about which round, how many are left."""

    seat: Seat
    left: int

    @property
    def key(self) -> str:
        """What makes it sent once; another last day is another reminder."""
        row = self.seat.round
        return f"{PANEL_REMINDER.name}:{self.seat.pk}:{row.reading_due_on}"

    @property
    def context(self) -> Mapping[str, Any]:
        """What its text knows: the scholarship, the cycle, the last day, and a number."""
        row = self.seat.round
        told = {"round": row, "cycle": row.cycle, "left": self.left, "due_on": row.reading_due_on}
        return {"name": self.seat.person.full_name, **told}


def moments(at: datetime) -> list[datetime]:
    """The mornings to come at which panels are reminded."""
    days = Round.objects.published().filter(reading_due_on__gte=day_of(at))
    found = {moment_of(row) for row in days}
    return sorted(moment for moment in found if moment > at)


def moment_of(row: Round) -> datetime:
    """The morning of one round; it must have a last day."""
    assert row.reading_due_on is not None
    return at_hour(row.reading_due_on - timedelta(days=DAYS), HOUR)


def owed(at: datetime) -> list[Owed]:
    """The reminders that are due then and not queued. A panel that is not whole cannot read, and is not reminded."""
    today = day_of(at)
    rounds = Round.objects.published().filter(
        reading_due_on__range=(today, today + timedelta(days=DAYS)), closes_at__lt=at
    )
    due = [row for row in rounds if moment_of(row) <= at and not panel_lacks(row)]
    seats = Seat.objects.filter(round__in=due).select_related("round__cycle", "person")
    found = [
        Owed(seat, queue_of(seat.round, seat.person).left)
        for seat in seats.order_by("pk")
        if sits(seat.person)
    ]
    left = {one.key: one for one in found if one.left}
    known = set(OutgoingEmail.objects.filter(key__in=left).values_list("key", flat=True))
    return [one for key, one in left.items() if key not in known]


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Queue the reminders of this moment, each once; how many."""
    letters = [reminder(one.seat.person, one.key, **one.context) for one in owed(at)]
    return queue_all(PANEL_REMINDER, letters) if letters else 0


def read(seat: int, at: datetime) -> tuple[User, Mapping[str, Any]] | None:
    """To whom the reminder of this seat goes and what it knows; None when nothing is left."""
    row = Seat.objects.filter(pk=seat).select_related("round__cycle", "person").first()
    if row is None or row.round.reading_due_on is None:
        return None
    one = Owed(row, queue_of(row.round, row.person).left)
    return (row.person, one.context) if one.left else None
