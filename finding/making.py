"""The worker's part of an export: taken for as long as it is looked after, written line by line, kept, or failed with a reason."""

import logging
import tempfile
from contextlib import suppress
from datetime import timedelta
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation

from audit.moves import Refused, move
from finding.exporting import FAIL, FINISH, TAKE, life
from finding.lists import LISTS
from finding.lists.listed import CHUNK
from finding.models import Export
from finding.models.export import kept_at
from finding.writing import writer

LEASE = timedelta(minutes=2)
MOST_TRIES = 3
Problem = Export.Problem
logger = logging.getLogger(__name__)


class Stopped(Exception):
    """Cancelled, or taken by another worker, while we were at it."""


class Failed(Exception):
    """Why not, as one of `Export.Problem`."""


def make_due() -> int:
    """Make every export that waits; how many were taken."""
    taken = 0
    while export := take():
        make(export)
        taken += 1
    return taken


@transaction.atomic
def take() -> Export | None:
    """The export that waits longest, for us alone while we look after it; one that killed three workers has failed."""
    rows = Export.objects.due().select_for_update(skip_locked=True, of=("self",))
    export = rows.select_related("asked_by").first()
    while export and export.tries >= MOST_TRIES:
        fail(export, Problem.KILLED)
        export = rows.select_related("asked_by").first()
    if export is None:
        return None
    until = timezone.now() + LEASE
    return move(export, TAKE, by=None, tries=export.tries + 1, lease_until=until, done=0)


def fail(export: Export, why: str) -> None:
    """Give up, and say why."""
    move(export, FAIL, by=None, problem=why, lease_until=None)


def make(export: Export) -> None:
    """Write the file and keep it; whatever goes wrong, the export says so and the next one is made."""
    try:
        with tempfile.TemporaryFile() as out, translation.override(export.language):
            applications = write(export, out)
            out.seek(0)
            keep(export, out, applications)
    except Stopped:
        return
    except Failed as why:
        met = str(why)
    except OSError as error:
        logger.warning("Export %s could not be kept: %s", export.pk, type(error).__name__)
        met = Problem.DISK
    except Exception as error:
        logger.warning("Export %s failed: %s", export.pk, type(error).__name__)
        met = Problem.ERROR
    else:
        return
    # Refused: cancelled while we were at it.
    with suppress(Refused):
        fail(export, met)


def write(export: Export, out: IO[bytes]) -> set[int]:
    """Every line that this person may see, as the columns that they read; the applications that they are about."""
    listed, user = LISTS.get(export.listed), export.asked_by
    if listed is None or not listed.may(user):
        raise Failed(Problem.ROLE)
    columns = [row for row in listed.columns_for(user) if row.key in export.columns]
    rows = listed.rows(user, export.filters)
    look_after(export, 0, total=rows.total)
    applications: set[int] = set()
    count = 0
    with writer(export.kind, out) as lines:
        lines.line([str(column.title) for column in columns])
        for application, item in rows.lines:
            lines.line([column.of(item) for column in columns])
            count += 1
            if application:
                applications.add(application)
            if count % CHUNK == 0:
                look_after(export, count)
    look_after(export, count)
    return applications


def look_after(export: Export, done: int, **more: int) -> None:
    """Say how far it is, and hold it for longer. Raises Stopped where it is no longer ours."""
    ours = Export.objects.filter(pk=export.pk, status=Export.Status.MAKING, tries=export.tries)
    if not ours.update(done=done, lease_until=timezone.now() + LEASE, **more):
        raise Stopped


def keep(export: Export, out: IO[bytes], applications: set[int]) -> None:
    """The file under its name, then the row that names it; what was cancelled meanwhile leaves no file."""
    name = default_storage.save(kept_at(export, ""), File(out))
    now = timezone.now()
    try:
        move(
            export,
            FINISH,
            by=None,
            file=name,
            made_at=now,
            expires_at=now + life(),
            applications=sorted(applications),
            lease_until=None,
        )
    except Refused as error:
        default_storage.delete(name)
        raise Stopped from error
