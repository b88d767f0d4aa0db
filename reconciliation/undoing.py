"""A whole list is put back: every file as it stood, except those that somebody has touched since, which are told."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.moves import Refused, move, record, write_each
from followup.models import UdemFile
from followup.student_centre_bulk import Record, put_back_all
from reconciliation.facts import columns, plain, read
from reconciliation.lifecycle import UNDO
from reconciliation.models import Change, UdemList
from reconciliation.models.udem_list import REASON_LIMIT


@transaction.atomic
def undo(udem_list: UdemList, *, why: str, by: User) -> UdemList:
    """Put back what this list wrote, once, with a reason. Raises Refused.

    What is kept from this person stays written; then the list stays as it is, for another coordinator to undo.
    """
    held = UdemList.objects.select_for_update(of=("self",)).get(pk=udem_list.pk)
    if refused := UNDO.refusal(held, by):
        raise refused
    if not why.strip():
        raise Refused(_("Say why the list is undone."))
    reason = why.strip()[:REASON_LIMIT]
    written = held.changes.filter(applied_at__isnull=False, undone_at=None, was_left=False)
    mine = Change.objects.visible_to(by).filter(pk__in=written.values("pk"))
    rows = list(mine.select_for_update(of=("self",)).order_by("pk"))
    is_all = len(rows) == written.count()
    _put_back(rows, held, by=by, why=reason)
    if not is_all:
        record("undo_list_in_part", held, by=by, why=reason)
        return held
    return move(
        held,
        UNDO,
        by=by,
        why=reason,
        undone_by=by,
        undone_at=timezone.now(),
        undone_why=reason,
        revision=held.revision + 1,
    )


def _put_back(rows: list[Change], held: UdemList, *, by: User, why: str) -> None:
    """Those as they were left are written back; the others are marked as left."""
    files = UdemFile.objects.filter(pk__in=[row.udem_file_id for row in rows]).order_by("pk")
    now = {row.pk: row for row in files.select_for_update(of=("self",))}
    records = []
    for row in rows:
        row.is_ready = False
        if plain(now[row.udem_file_id]) != read(row.stood):
            row.was_left = True
            continue
        before = read(row.before)
        row.undone_at = timezone.now()
        told = {"list": held.pk}
        records.append(Record(row.udem_file_id, before["status"], columns(before), told))
    put_back_all(records, by=by, why=why)
    write_each(Change, rows, ("is_ready", "was_left", "undone_at"))
