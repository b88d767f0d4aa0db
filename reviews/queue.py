"""A reader's queue: what is left, in what order, and how far they are.

A file belongs to the queue of the cycle that was open when it fell due: asked in these words, PostgreSQL
answers from the index of assignments alone, without looking at a single application.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Q

from accounts.models import User
from applications.models.application import GONE
from cycles.clock import day_of
from cycles.models import Cycle
from reviews.models import Assignment

TO_READ, DRAFTS, SENT = "to_read", "drafts", "sent"
OPEN = Q(status=Assignment.Status.ASSIGNED)
WHICH = {
    TO_READ: OPEN,
    DRAFTS: OPEN & Q(review__isnull=False),
    SENT: Q(status=Assignment.Status.HANDED_IN),
}


@dataclass(frozen=True)
class Progress:
    """How many files, by what became of them."""

    to_read: int
    drafts: int
    sent: int

    @property
    def all(self) -> int:
        """Everything that was given to this reader and may be read: what is in conflict does not even count."""
        return self.to_read + self.sent

    @property
    def untouched(self) -> int:
        """Given, and not begun."""
        return self.to_read - self.drafts


def of_cycle(cycle: Cycle) -> Q:
    """Due since this cycle opened."""
    return Q(due_on__gte=day_of(cycle.opens_at))


def progress(reader: User, cycle: Cycle) -> Progress:
    """Counted in three queries, none of which grows with the number of applications."""
    rows = Assignment.objects.filter(of_cycle(cycle), reviewer=reader)
    counts = _by_status(rows)
    gone = _by_status(rows.filter(application__cycle=cycle, application__status__in=GONE))
    left = {status: count - gone.get(status, 0) for status, count in counts.items()}
    return Progress(
        to_read=left.get(Assignment.Status.ASSIGNED, 0),
        drafts=files_of(reader, cycle, DRAFTS).order_by().count(),
        sent=left.get(Assignment.Status.HANDED_IN, 0),
    )


def _by_status(rows: "models.QuerySet[Assignment]") -> dict[str, int]:
    return dict(rows.order_by().values_list("status").annotate(count=Count("pk")))


def files_of(reader: User, cycle: Cycle, which: str = TO_READ) -> "models.QuerySet[Assignment]":
    """This reader's files of the cycle, the first due first."""
    rows = Assignment.objects.of(reader).filter(WHICH[which], of_cycle(cycle))
    return rows.select_related("review").order_by("due_on", "pk")


def next_after(assignment: Assignment) -> "Assignment | None":
    """The file to open once this one is handed in: the next in the queue, else the first left."""
    left = files_of(assignment.reviewer, assignment.application.cycle).exclude(pk=assignment.pk)
    later: Any = Q(due_on__gt=assignment.due_on) | Q(due_on=assignment.due_on, pk__gt=assignment.pk)
    return left.filter(later).first() or left.first()
