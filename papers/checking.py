"""The second check of a file: asked for with the row that holds it, done later by a worker.

The worker makes the copy that readers open, and has the virus scanner look at the original where there is one. The
rows are the list of work: whoever takes one puts its next try off, so that nobody else does it meanwhile and a crash
only delays it. Nothing waits for it but readers: a submission never does.
"""

import hashlib
import logging
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from audit.moves import Refused, record
from papers import clamav
from papers.leases import leased, pause, work_through
from papers.models import CheckedFile
from papers.models.checked_file import cleaned_name, preview_name
from papers.pdf import drawn, inspector
from papers.sweeping import hold

logger = logging.getLogger(__name__)

State = CheckedFile.State
RUN_SECONDS = 10.0
SECONDS_TO_CLEAN = 60.0
# Longer than one check may take, cleaning and scanning together.
LEASE = timedelta(minutes=5)
# A file that was judged sound and cannot be cleaned is refused only when it is not bad luck.
MOST_TRIES = 3


class NotNow(Exception):
    """The check could not be done this time."""


def ask(name: str, *, sha256: str, size: int, pages: int, preview: bytes = b"") -> None:
    """Have the file of this name checked; asked again for the same content, it is the same check.

    Raises TransactionManagementError outside the transaction of the row that holds the file, and Refused when the
    bytes are no longer there: they were an old upload's that nobody named, and were swept away this moment.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "A check is asked for in the same transaction as the row that holds the file."
        )
    hold(name)
    if not default_storage.exists(name):
        raise Refused(_("We could not keep this file. Upload it again."))
    row = CheckedFile(sha256=sha256, original=name, size=size, pages=pages)
    if preview:
        row.preview.name = kept_picture(row, preview)
    CheckedFile.objects.bulk_create([row], ignore_conflicts=True)


def kept_picture(row: CheckedFile, picture: bytes) -> str:
    """Keep the picture of page one under its name, which is given back."""
    name = preview_name(row)
    hold(name)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(picture))
    return name


def state_of(shas: Iterable[str]) -> dict[str, CheckedFile]:
    """What is known of each of these files, in one query."""
    return {row.sha256: row for row in CheckedFile.objects.filter(sha256__in=set(shas))}


def check_due(seconds: float = RUN_SECONDS) -> int:
    """Check what waits, one file after the other, for about so long; how many were taken."""
    return work_through(take, check, seconds=seconds)


def take() -> CheckedFile | None:
    """The file that waits longest, for us alone until its lease ends."""
    return leased(CheckedFile.objects.due(), LEASE)


def check(row: CheckedFile) -> None:
    """Scan and clean one file that we took, and write what came of it."""
    try:
        with tempfile.TemporaryDirectory(prefix="check-") as folder:
            original = fetched(row, Path(folder))
            settle(row, **outcome(row, original, Path(folder) / "clean.pdf"))
    except (
        Exception
    ) as problem:  # a scanner, a disk or a bucket that is away: the file waits, the others go on
        waiting = CheckedFile.objects.filter(pk=row.pk, state=State.WAITING)
        waiting.update(due_at=Now() + pause(row.tries))
        logger.warning("File %s is not checked yet: %s", row.pk, type(problem).__name__)


def fetched(row: CheckedFile, folder: Path) -> Path:
    """The sealed original, on a disk of ours. Raises OSError when its bytes are not what was received."""
    path = folder / "original.pdf"
    with default_storage.open(row.original) as kept, path.open("wb") as copy:
        for chunk in kept.chunks():
            copy.write(chunk)
    with path.open("rb") as copy:
        if hashlib.file_digest(copy, "sha256").hexdigest() != row.sha256:
            raise OSError("The stored file is not what was received.")
    return path


def outcome(row: CheckedFile, original: Path, out: Path) -> dict[str, Any]:
    """What the scanner and the cleaning say. Raises Away and NotNow."""
    scanner = settings.CLAMAV_URL
    scanned_by = clamav.version(scanner) if scanner else ""
    if scanner:
        with original.open("rb") as file:
            if virus := clamav.virus_in(iter(lambda: file.read(clamav.CHUNK), b""), scanner):
                logger.warning("File %s is refused by the scanner: %s", row.pk, virus)
                return {"problem": "virus", "scanned_by": scanned_by}
    said = inspector().ask(str(original), SECONDS_TO_CLEAN, do="clean", out=str(out))
    if said.problem:
        if said.problem == "slow" or row.tries < MOST_TRIES:
            raise NotNow(said.problem)
        return {"problem": said.problem, "scanned_by": scanned_by}
    return {
        "copy": out,
        "scanned_by": scanned_by,
        "picture": b"" if row.preview else drawn(str(out)),
    }


@transaction.atomic
def settle(
    row: CheckedFile,
    *,
    scanned_by: str,
    problem: str = "",
    copy: Path | None = None,
    picture: bytes = b"",
) -> None:
    """Write that the check is over, and how; the copy is kept before the row that says so."""
    kept = kept_copy(row, copy) if copy else {"state": State.REFUSED, "problem": problem}
    if picture:
        kept["preview"] = kept_picture(row, picture)
    changed = CheckedFile.objects.filter(pk=row.pk, state=State.WAITING).update(
        **kept, scanned_by=scanned_by, checked_at=Now()
    )
    if changed and problem:
        record("refuse_file", row, by=None, problem=problem)


def kept_copy(row: CheckedFile, copy: Path) -> dict[str, Any]:
    """Keep the cleaned copy, over what an earlier try may have left; what to write of it."""
    name = cleaned_name(row)
    hold(name)
    with copy.open("rb") as cleaned:
        digest = hashlib.file_digest(cleaned, "sha256").hexdigest()
        cleaned.seek(0)
        default_storage.save(name, File(cleaned))
    return {"state": State.CLEAN, "cleaned": name, "cleaned_sha256": digest}


def again(problem: str = "") -> int:
    """Have the refused (all, or for one problem) checked once more, as after a false alarm; how many."""
    rows = CheckedFile.objects.filter(state=State.REFUSED)
    return (rows.filter(problem=problem) if problem else rows).update(
        state=State.WAITING, problem="", checked_at=None, tries=0, due_at=Now()
    )
