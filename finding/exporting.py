"""Taking a list away: asked for, made by a worker, downloaded by whoever asked as long as they may see it, erased after a day."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application
from applications.sight import ids_kept_from
from audit.moves import Move, Refused, move, record
from finding.lists import LISTS
from finding.lists.listed import Filters, Listed
from finding.models import Export

Status = Export.Status
# So many of one person wait or are being made at a time.
MOST_AT_ONCE = 5


def is_worker(user: Any, export: Export) -> bool:
    """Nobody in person: what the worker alone brings about."""
    return user is None


def owns_export(user: Any, export: Export) -> bool:
    """Whoever asked for it, as long as they may see the list."""
    return user is not None and user.pk == export.asked_by_id


def may_take(user: Any, export: Export) -> bool:
    """Whoever asked for it and still sees the list."""
    listed = LISTS.get(export.listed)
    return owns_export(user, export) and listed is not None and listed.may(user)


UNDER_WAY = (Status.WAITING, Status.MAKING)
TAKE = Move("make_export", UNDER_WAY, Status.MAKING, may=is_worker)
FINISH = Move("finish_export", (Status.MAKING,), Status.READY, may=is_worker)
FAIL = Move("fail_export", UNDER_WAY, Status.FAILED, may=is_worker)
EXPIRE = Move("expire_export", (Status.READY,), Status.EXPIRED, may=is_worker)
CANCEL = Move(
    "cancel_export", UNDER_WAY, Status.CANCELLED, may=owns_export, label=gettext_lazy("Cancel")
)
AGAIN = Move(
    "ask_export_again",
    (Status.FAILED, Status.CANCELLED, Status.EXPIRED),
    Status.WAITING,
    may=may_take,
    label=gettext_lazy("Ask for it again"),
)


@transaction.atomic
def ask(listed: Listed, filters: Filters, kind: str, *, language: str, by: User) -> Export:
    """Have a list made into a file, as filtered, with the columns that this person reads. Raises Refused."""
    if not listed.may(by):
        raise Refused(_("You may not do this."), forbidden=True)
    # One asking after another for each person.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Export.objects.filter(asked_by=by, status__in=UNDER_WAY).count() >= MOST_AT_ONCE:
        raise Refused(_("Five of your exports are being made: wait for one of them."))
    export = Export.objects.create(
        asked_by=by,
        listed=listed.key,
        filters=dict(filters),
        kind=kind if kind in Export.Kind else Export.Kind.CSV,
        language=language,
        columns=[column.key for column in listed.columns_for(by)],
    )
    # The words that were looked for may be a name: the trail says which list, never whom.
    record("ask_export", export, by=by, new=export.status, list=listed.key, kind=export.kind)
    return export


def cancel(export: Export, *, by: User) -> Export:
    """Let it be; the worker stops at its next look. Raises Refused."""
    return move(export, CANCEL, by=by, lease_until=None)


def again(export: Export, *, by: User) -> Export:
    """Have it made once more, from what is true now. Raises Refused."""
    fresh: dict[str, Any] = {"problem": "", "tries": 0, "done": 0, "total": None}
    now = timezone.now()
    return move(export, AGAIN, by=by, asked_at=now, made_at=None, expires_at=None, **fresh)


@transaction.atomic
def download(export: Export, *, by: User, at: datetime) -> str:
    """The name of the file, for whoever asked for it, still sees the list, and all whose lines it has. Raises Refused."""
    held = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if not may_take(by, held):
        raise Refused(_("You may no longer see this list."), forbidden=True)
    if held.status != Status.READY or held.expires_at is None or held.expires_at <= at:
        raise Refused(_("This file is no longer there: ask for it again."))
    if ids_kept_from(by) & set(held.applications):
        raise Refused(
            _("A file of this list has been closed to you since: ask for the export again.")
        )
    held.downloaded_at = at
    held.save(update_fields=["downloaded_at"])
    record("download_export", held, by=by, lines=held.done)
    return str(held.file)


def life() -> timedelta:
    """How long a file stays."""
    return timedelta(hours=settings.EXPORTS_KEPT_HOURS)


def expire(at: datetime | None = None) -> int:
    """Erase the files whose time is over, and those with a line about what is destroyed since; how many."""
    at = at or timezone.now()
    ready = Export.objects.filter(status=Status.READY)
    over = list(ready.filter(expires_at__lte=at))
    over += [row for row in ready.filter(expires_at__gt=at) if _tells_of_what_is_gone(row)]
    return sum(_erase(row) for row in over)


def _tells_of_what_is_gone(export: Export) -> bool:
    named = set(export.applications)
    return Application.objects.filter(pk__in=named).count() < len(named)


def _erase(export: Export) -> int:
    """The file first: killed in between, the next run goes on."""
    default_storage.delete(str(export.file))
    with suppress(Refused):
        move(export, EXPIRE, by=None, file="")
        return 1
    return 0


def taken_out_of(applications: QuerySet[Application]) -> Any:
    """The exports that were made with a line about one of these applications, the oldest first."""
    rows = Export.objects.naming(applications).filter(made_at__isnull=False)
    return rows.order_by("made_at").select_related("asked_by").defer("applications", "filters")
