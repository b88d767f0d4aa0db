"""Executing what two people approved: line by line, each judged once more, each in a transaction of its own."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.moves import move
from retention.destroying import destroy, lock
from retention.due import is_due
from retention.lists import FINISH
from retention.models import Disposal, Item

logger = logging.getLogger(__name__)
AT_ONCE = 50
NO_LONGER = "held or no longer due"


def execute_approved(*, at: datetime | None = None, most: int = AT_ONCE) -> int:
    """Destroy what stands on approved lists, up to so many lines; how many. Killed on the way, the next run goes on."""
    lines = Item.objects.filter(
        disposal__status=Disposal.Status.APPROVED, status=Item.Status.LISTED
    ).order_by("pk")
    done = sum(
        _execute(pk, at or timezone.now()) for pk in list(lines.values_list("pk", flat=True)[:most])
    )
    for row in Disposal.objects.filter(status=Disposal.Status.APPROVED):
        _finish(row)
    return done


@transaction.atomic
def _execute(pk: int, at: datetime) -> int:
    rows = Item.objects.select_for_update(of=("self",), skip_locked=True).select_related("disposal")
    item = rows.filter(pk=pk, status=Item.Status.LISTED).first()
    if item is None:
        return 0
    # A hold takes the file's row too: it came before, and is seen here, or it finds nothing.
    lock(item)
    if not is_due(item.disposal.kind, item.subject, at):
        Item.objects.filter(pk=pk).update(status=Item.Status.KEPT, why=NO_LONGER)
        return 0
    counted = destroy(item)
    Item.objects.filter(pk=pk).update(status=Item.Status.DONE, counted=counted, done_at=at)
    return 1


@transaction.atomic
def _finish(disposal: Disposal) -> None:
    row = Disposal.objects.select_for_update(of=("self",)).get(pk=disposal.pk)
    if (
        row.status == Disposal.Status.APPROVED
        and not row.items.filter(status=Item.Status.LISTED).exists()
    ):
        move(row, FINISH, by=None, done_at=timezone.now())
        logger.info("disposal %s is executed", row.pk)
