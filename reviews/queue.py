"""A reader's queue: what is left, in what order, and how far they are."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Q

from accounts.models import User
from applications.models import Cycle
from applications.models.application import FILED
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
    conflicts: int

    @property
    def all(self) -> int:
        """Everything that was given to this reader."""
        return self.to_read + self.sent + self.conflicts

    @property
    def untouched(self) -> int:
        """Given, and not begun."""
        return self.to_read - self.drafts


def progress(reader: User, cycle: Cycle) -> Progress:
    """Counted in one query, over this reader's files of the cycle alone."""
    rows = Assignment.objects.filter(
        reviewer=reader, application__cycle=cycle, application__status__in=FILED
    )
    conflict = Q(status=Assignment.Status.CONFLICT)
    counts = {name: Count("pk", filter=condition) for name, condition in WHICH.items()}
    return Progress(**rows.aggregate(conflicts=Count("pk", filter=conflict), **counts))


def files_of(reader: User, cycle: Cycle, which: str = TO_READ) -> "models.QuerySet[Assignment]":
    """This reader's files of the cycle, the first due first."""
    rows = Assignment.objects.of(reader).filter(WHICH[which], application__cycle=cycle)
    return rows.select_related("review").order_by("due_on", "pk")


def next_after(assignment: Assignment) -> "Assignment | None":
    """The file to open once this one is handed in: the next in the queue, else the first that is left."""
    left = files_of(assignment.reviewer, assignment.application.cycle).exclude(pk=assignment.pk)
    later: Any = Q(due_on__gt=assignment.due_on) | Q(due_on=assignment.due_on, pk__gt=assignment.pk)
    return left.filter(later).first() or left.first()
