"""What was previewed is written, in one transaction, in a number of queries that does not grow.

Whoever applies names the revision that they looked at. A file that somebody changed meanwhile is left, and asked about.
"""

import logging
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.moves import Refused, move, write_each
from followup.models import UdemFile
from followup.student_centre_bulk import Record, record_all
from reconciliation.comparing import all_said, work_out
from reconciliation.differences import Kind, after, counts, settled
from reconciliation.facts import Facts, columns, plain, read, written
from reconciliation.lifecycle import APPLY, QUEUE, RELEASE, RESUME
from reconciliation.models import Change, UdemList

AT_ONCE = 1_000
FIELDS = (
    *("told", "stood", "before", "choices", "lacks", "news", "sames", "conflicts", "open"),
    *("is_ready", "has_moved", "applied_at"),
)
logger = logging.getLogger(__name__)


@transaction.atomic
def apply(udem_list: UdemList, *, revision: int, by: User, at: datetime | None = None) -> UdemList:
    """Write what was looked at, or let a worker do it where there is much. Raises Refused."""
    held = UdemList.objects.select_for_update(of=("self",)).get(pk=udem_list.pk)
    if refused := APPLY.refusal(held, by):
        raise refused
    if held.revision != revision:
        raise Refused(
            _("Something in this list has changed since you looked: look again, then apply.")
        )
    ready = Change.objects.visible_to(by).filter(udem_list=held).to_write().count()
    if not ready:
        raise Refused(_("Nothing in this list waits to be applied."))
    if ready > AT_ONCE:
        return move(held, QUEUE, by=by, settled_by=by)
    return write(held, by=by, at=at or timezone.now())


def apply_due() -> int:
    """Write the lists that wait for a worker; how many. One that fails goes back to where it can be looked at."""
    done = 0
    for pk in UdemList.objects.filter(status=UdemList.Status.QUEUED).values_list("pk", flat=True):
        try:
            done += _take(pk)
        except Exception as met:
            logger.warning("List %s could not be applied: %s", pk, type(met).__name__)
            _release(pk)
    return done


@transaction.atomic
def _take(pk: int) -> int:
    """One list, unless another worker has it."""
    rows = UdemList.objects.filter(status=UdemList.Status.QUEUED, pk=pk)
    row = (
        rows.select_for_update(skip_locked=True, of=("self",)).select_related("settled_by").first()
    )
    if row is None:
        return 0
    assert row.settled_by is not None
    write(row, by=row.settled_by, at=timezone.now())
    return 1


@transaction.atomic
def _release(pk: int) -> None:
    row = UdemList.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if row and row.status == UdemList.Status.QUEUED:
        back = RESUME if row.applied else RELEASE
        move(row, back, by=None, revision=row.revision + 1)


def write(held: UdemList, *, by: User, at: datetime) -> UdemList:
    """Write every change of a locked list that is ready and that this person may see."""
    rows = Change.objects.visible_to(by).filter(udem_list=held).to_write().select_related("line")
    ready = list(rows.select_for_update(of=("self",)).order_by("pk"))
    files = UdemFile.objects.filter(pk__in=[row.udem_file_id for row in ready]).order_by("pk")
    now = {row.pk: row for row in files.select_for_update(of=("self",))}
    stands = {row.pk: plain(now[row.udem_file_id]) == read(row.stood) for row in ready}
    fresh = [row for row in ready if stands[row.pk]]
    moved = [row for row in ready if not stands[row.pk]]
    record_all([_write(row, held, at) for row in fresh], by=by, at=at, why=said(held))
    _ask_again(moved, now, held)
    write_each(Change, ready, FIELDS)
    written_ones = models.Q(applied_at__isnull=False, undone_at=None)
    return move(
        held,
        APPLY,
        by=by,
        # The file has served: its lines are kept, sealed, for looking and undoing.
        content="",
        revision=held.revision + 1,
        settled_by=by,
        settled_at=at,
        applied=held.changes.filter(written_ones).count(),
    )


def said(held: UdemList) -> str:
    """What the trail says of where it comes from."""
    return _("UdeM’s list of %(day)s") % {"day": held.as_of.isoformat()}


def _write(change: Change, held: UdemList, at: datetime) -> Record:
    """What to write of one file; the change remembers what stood, and what stands now."""
    stood: Facts = read(change.stood)
    told = read(change.told)
    new = after(stood, told, change.choices, at=at)
    details = {"list": held.pk, "facts": sorted(settled(told, change.choices))}
    change.before = change.before or written(stood)
    change.stood = written(new)
    change.applied_at = at
    change.is_ready = False
    kept = columns(new)
    return Record(change.udem_file_id, new["status"], kept, details)


def _ask_again(moved: list[Change], now: dict[int, UdemFile], held: UdemList) -> None:
    """Work out anew what somebody changed meanwhile; nothing of it is written until a person has looked.

    What was written in part before stays as it was: undoing must know it as touched.
    """
    lines = all_said([row.line for row in moved], held) if moved else {}
    for row in moved:
        row.has_moved = True
        row.is_ready = False
        if row.applied_at:
            continue
        row.udem_list = held
        choices = row.choices
        work_out(row, now[row.udem_file_id], lines[row.line_id])
        told = read(row.told)
        kept = {
            name: word
            for name, word in choices.items()
            if name in told and told[name]["kind"] == Kind.CONFLICT
        }
        for name, value in counts(read(row.stood), told, kept).items():
            setattr(row, name, value)
        row.is_ready = False
