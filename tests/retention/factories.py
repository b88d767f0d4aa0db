"""Lists of what is due, on their way through two people."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from retention import executing, lists
from retention.models import Disposal

YEARS = 9


def years_later(years: int = YEARS) -> datetime:
    """A moment so many years from now."""
    return timezone.now() + timedelta(days=366 * years)


def approved(kind: str, *, at: datetime, claire: User, dominique: User) -> Disposal:
    """What is due of a class then, listed, checked by one and approved by the other."""
    lists.list_due(at=at)
    row = lists.check(Disposal.objects.standing().get(kind=kind), by=claire)
    return lists.approve(row, seen=row.fingerprint, by=dominique)


def dispose(kind: str, *, at: datetime, claire: User, dominique: User) -> Disposal:
    """The same, executed to its end."""
    row = approved(kind, at=at, claire=claire, dominique=dominique)
    while executing.execute_approved(at=at):
        pass
    row.refresh_from_db()
    return row
