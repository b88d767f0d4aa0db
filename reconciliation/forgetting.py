"""What a list said of people is erased: by a coordinator, or when its time is over. What was done stays in the trail."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.moves import move
from reconciliation.lifecycle import ERASE
from reconciliation.models import UdemList

# A file that nobody compared or applied is of no use for longer.
UNUSED = timedelta(days=30)


@transaction.atomic
def erase(udem_list: UdemList, *, by: User | None) -> UdemList:
    """Erase the lines, what they changed and the file; the list's date and counts remain. It can no longer be undone.

    Raises Refused.
    """
    row = move(udem_list, ERASE, by=by, content="", label="", columns={}, erased_at=timezone.now())
    row.changes.all().delete()
    row.lines.all().delete()
    return row


def forget_old(*, at: datetime | None = None) -> int:
    """Erase the lists whose time is over, and those that nobody went on with; how many. Safe to run twice."""
    now = at or timezone.now()
    kept = timedelta(days=settings.UDEM_LISTS_KEPT_DAYS)
    rows = UdemList.objects.holding().exclude(status=UdemList.Status.QUEUED)
    old = rows.filter(received_at__lt=now - kept)
    begun = (UdemList.Status.RECEIVED, UdemList.Status.COMPARED)
    unused = rows.filter(received_at__lt=now - UNUSED, status__in=begun)
    found = list((old | unused).order_by("pk"))
    for row in found:
        erase(row, by=None)
    return len(found)
