"""What readers hear by mail: once a week what is left, once more when something is due within three days.

Never a mail a file, never a name or a number of a file, and nothing for those with nothing left to read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Min, Q, QuerySet

from accounts.models import Role, User
from applications.settled import unsettled
from cycles.clock import MONTREAL
from cycles.models import Cycle
from notifications import outbox
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from reviews.letters import READING_DIGEST, READING_DUE, readings_due
from reviews.models import Assignment
from reviews.queue import OPEN, SOON, of_cycle

MORNING = 7
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Slot:
    """The moment that a mail belongs to: two runs in one slot write once."""

    at: datetime
    today: date
    monday: date

    @classmethod
    def of(cls, at: datetime) -> "Slot":
        """The week of this moment in Montréal."""
        day = at.astimezone(MONTREAL).date()
        return cls(at, day, day - timedelta(days=day.weekday()))

    @property
    def is_morning(self) -> bool:
        """Nobody is written to at night."""
        return self.at.astimezone(MONTREAL).hour >= MORNING

    @property
    def written(self) -> datetime:
        """When this week's digest leaves."""
        return datetime.combine(self.monday, time(MORNING), tzinfo=MONTREAL)

    def key(self, letter: Letter, reader: int) -> str:
        """One letter of a kind for each reader and week."""
        return f"{letter.name}:{reader}:{self.monday:%G-W%V}"


def left_to_read(cycle: Cycle) -> QuerySet[Assignment]:
    """What readers who may still read have left: neither withdrawn, answered, nor in conflict, nor their own."""
    return (
        unsettled(Assignment.objects.live())
        .filter(OPEN, of_cycle(cycle))
        .filter(reviewer__is_active=True, reviewer__roles__contains=[Role.REVIEWER])
        .exclude(application__applicant=F("reviewer"))
    )


def due_soon(cycle: Cycle, slot: Slot) -> QuerySet[Assignment]:
    """What is due within three days and was not so near, or not given yet, in this week's digest."""
    told = Q(assigned_at__lt=slot.written, due_on__lte=slot.monday + SOON)
    near = Q(due_on__gte=slot.today, due_on__lte=slot.today + SOON)
    return left_to_read(cycle).filter(near).exclude(told)


@dataclass(frozen=True)
class Round:
    """The mails of one moment: which letter, and to each reader the key of theirs and what it says."""

    letter: Letter
    cycle: Cycle
    keys: dict[int, str]
    figures: dict[int, dict[str, Any]]

    def context(self, reader: User) -> dict[str, Any]:
        """What the letter to this reader knows."""
        figures = self.figures[reader.pk]
        dates = readings_due(f"{self.cycle.code}-{reader.pk}", figures["next_on"])
        return {"name": reader.full_name, "cycle": self.cycle, "dates": dates, **figures}


def owed(at: datetime) -> Round | None:
    """The mails that are due then and not queued. On Mondays the digest, on other days what is due soon."""
    slot, cycle = Slot.of(at), Cycle.objects.current()
    if cycle is None or not slot.is_morning:
        return None
    letter, readers = READING_DIGEST, left_to_read(cycle)
    if slot.today != slot.monday:
        near = due_soon(cycle, slot).values("reviewer")
        letter, readers = READING_DUE, left_to_read(cycle).filter(reviewer__in=near)
    told = {row.pop("reviewer"): row for row in _figures(readers, slot)}
    keys = {reader: slot.key(letter, reader) for reader in told}
    written = OutgoingEmail.objects.filter(key__in=keys.values()).values_list("key", flat=True)
    done = set(written)
    wanted = {reader: key for reader, key in sorted(keys.items()) if key not in done}
    return Round(letter, cycle, wanted, told)


@transaction.atomic
def write_all(*, at: datetime) -> int:
    """Queue the mails of this moment, each once; how many."""
    mails = owed(at)
    if mails is None or not mails.keys:
        return 0
    people = User.objects.in_bulk(mails.keys)
    return outbox.queue_all(
        mails.letter,
        (
            outbox.Addressed(
                people[reader].email,
                people[reader].language,
                people[reader],
                key,
                mails.context(people[reader]),
            )
            for reader, key in mails.keys.items()
        ),
    )


def _figures(rows: QuerySet[Assignment], slot: Slot) -> Iterable[dict[str, Any]]:
    """One line a reader: how many are left, new since the last digest, late, due within a week; the next due date."""
    ahead = Q(due_on__gte=slot.today)
    told: Iterable[Any] = (
        rows.order_by("reviewer")
        .values("reviewer")
        .annotate(
            left=Count("pk"),
            begun=Count("review"),
            new=Count("pk", filter=Q(assigned_at__gte=slot.written - WEEK)),
            late=Count("pk", filter=~ahead),
            soon=Count("pk", filter=ahead & Q(due_on__lt=slot.today + WEEK)),
            near=Count("pk", filter=ahead & Q(due_on__lte=slot.today + SOON)),
            next_on=Min("due_on", filter=ahead),
        )
    )
    return told
