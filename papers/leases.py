"""A list of work in a table: who takes a row puts its next try off, so that nobody else does it meanwhile and a crash only delays it."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import models, transaction
from django.utils import timezone

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=10)

Row = TypeVar("Row", bound=models.Model)


def work_through(
    take: Callable[[], Row | None], do: Callable[[Row], None], *, seconds: float
) -> int:
    """Take and do one row after the other, for about so long; how many were taken."""
    until, taken = time.monotonic() + seconds, 0
    while time.monotonic() < until and (row := take()):
        do(row)
        taken += 1
    return taken


@transaction.atomic
def leased(due: "models.QuerySet[Row]", lease: timedelta) -> Row | None:
    """The row that waits longest, with one more of its `tries`, for us alone until the lease ends."""
    row = due.select_for_update(of=("self",), skip_locked=True).first()
    if row:
        row.tries += 1  # type: ignore[attr-defined]
        row.due_at = timezone.now() + lease  # type: ignore[attr-defined]
        row.save(update_fields=["tries", "due_at"])
    return row


def pause(tries: int) -> timedelta:
    """How long a row waits after so many tries: longer and longer."""
    return min(FIRST_PAUSE * 2 ** min(tries, 10), LONGEST_PAUSE)
