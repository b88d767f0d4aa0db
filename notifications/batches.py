"""Letters that left together: the first ones try the way, and the others wait for them.

A batch is a name, `reviews.release:12`. Its held letters are let go by one statement, safe to run twice.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Now

from notifications.models import OutgoingEmail
from notifications.nudge import nudge

Status = OutgoingEmail.Status


@dataclass(frozen=True)
class Tally:
    """How many letters of a batch are where. `again`: the server said "later", and they wait for another try."""

    held: int
    fresh: int
    again: int
    unknown: int
    sent: int
    failed: int

    @property
    def waiting(self) -> int:
        """Those that may still leave, or may have left."""
        return self.held + self.leaving

    @property
    def leaving(self) -> int:
        """Those on their way, or of which nobody knows yet whether they arrived."""
        return self.fresh + self.again + self.unknown

    @property
    def total(self) -> int:
        """All of them."""
        return self.waiting + self.sent + self.failed

    @property
    def is_moving(self) -> bool:
        """Whether something will happen by itself soon."""
        return self.leaving > 0 or (self.held > 0 and self.is_proven)

    @property
    def is_proven(self) -> bool:
        """Whether every letter that was let go first was tried, and nearly all of them arrived."""
        return self.fresh == 0 and self._not_there <= self._bearable

    @property
    def is_stuck(self) -> bool:
        """Whether letters are held back behind too many that did not arrive."""
        lost = self.failed + self.unknown > self._bearable
        return self.held > 0 and (lost or (self.fresh == 0 and not self.is_proven))

    @property
    def _not_there(self) -> int:
        return self.failed + self.unknown + self.again

    @property
    def _bearable(self) -> float:
        return (self.total - self.held) * settings.RELEASE_CANARY_FAILURES


def tally(batch: str) -> Tally:
    """Counted in one query."""
    tried = Q(status=Status.PENDING, attempts__gt=0)
    counts = OutgoingEmail.objects.filter(batch=batch).aggregate(
        held=Count("pk", filter=Q(status=Status.HELD)),
        fresh=Count("pk", filter=Q(status__in=(Status.PENDING, Status.SENDING)) & ~tried),
        again=Count("pk", filter=tried),
        unknown=Count("pk", filter=Q(status=Status.UNKNOWN)),
        sent=Count("pk", filter=Q(status=Status.SENT)),
        failed=Count("pk", filter=Q(status__in=(Status.BOUNCED, Status.DEAD))),
    )
    return Tally(**counts)


def holding() -> list[str]:
    """The batches with letters that are held back."""
    rows = OutgoingEmail.objects.filter(status=Status.HELD).order_by("batch")
    return list(rows.values_list("batch", flat=True).distinct())


def let_go(batch: str) -> int:
    """Free every letter of the batch that is held back; returns how many."""
    with transaction.atomic():
        held = OutgoingEmail.objects.filter(batch=batch, status=Status.HELD)
        freed = held.update(status=Status.PENDING, next_attempt_at=Now())
        transaction.on_commit(nudge)
    return freed
