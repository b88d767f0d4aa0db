"""Taking a file in, part by part: begin, append, finish. A lost line or a killed process starts nothing over.

Nothing of it is on a disk before it is whole, and the parts are in the database, so any web process can go on.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import subject_of
from audit.moves import Refused
from papers.fit import Unfit, problem_of
from papers.labels import printable
from papers.models import Upload, UploadPart

PART = 512 * 1024
MOST_UNDER_WAY = 12
MOST_A_DAY = 200
DROPPED = "dropped"
# The file is sound: the same bytes may be judged again.
NOT_ITS_FAULT = {"slow"}


class OutOfPlace(Exception):
    """The part does not go where the last one ended; `received` says where that is, in bytes."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


@transaction.atomic
def begin(
    *,
    owner: models.Model,
    purpose: str,
    name: str,
    size: int,
    head: bytes,
    at: datetime,
    sha256: str = "",
) -> Upload:
    """Announce a file of this name, size and first bytes; the same file again goes on where it stopped.

    `at` is when the request reached us. Raises Unfit for a file that would be refused whole, Refused when too
    many are under way.
    """
    label = printable(name)
    if problem := problem_of(label, size, head):
        raise Unfit(problem)
    mine = Upload.objects.visible_to(owner)
    here = mine.under_way().filter(purpose=purpose)
    if sha256 and (same := here.filter(sha256=sha256, size=size, name=label).first()):
        return same
    for other in here:
        drop(other)
    today = mine.filter(created_at__gt=timezone.now() - timedelta(days=1)).count()
    if today >= MOST_A_DAY or mine.under_way().count() >= MOST_UNDER_WAY:
        raise Refused(
            _("Many files are on their way already. Wait for one to end, then try again.")
        )
    return Upload.objects.create(
        owner=subject_of(owner), purpose=purpose, name=label, size=size, sha256=sha256, begun_at=at
    )


@transaction.atomic
def append(upload: Upload, *, start: int, content: bytes) -> int:
    """Add a part at its place; how many bytes are here now. A part that came twice changes nothing.

    Raises OutOfPlace when it begins elsewhere than where the last one ended, or goes past the announced size.
    """
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    received, end = locked.received, start + len(content)
    if end <= received:
        return received
    if start != received or end > locked.size or len(content) > PART:
        raise OutOfPlace(received)
    UploadPart.objects.create(upload=locked, start=start, size=len(content), content=content)
    return end


@transaction.atomic
def finish(upload: Upload, *, keep: Callable[[UploadedFile], models.Model]) -> Upload:
    """Hand the whole file to `keep`, once; asked again, the answer is the same row or the same problem.

    `keep` judges the file and gives the row that it became, or raises Unfit. Raises OutOfPlace while something
    lacks; what else `keep` raises leaves everything as it was.
    """
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if locked.is_over:
        return locked
    if locked.received < locked.size:
        raise OutOfPlace(locked.received)
    with assembled(locked) as (file, sha256):
        try:
            if locked.sha256 and locked.sha256 != sha256:
                raise Unfit("altered")
            locked.subject = subject_of(keep(file))
        except Unfit as unfit:
            if unfit.problem in NOT_ITS_FAULT:
                raise
            locked.problem = unfit.problem
    locked.parts.all().delete()
    locked.save(update_fields=["subject", "problem"])
    return locked


@contextmanager
def assembled(upload: Upload) -> Iterator[tuple[UploadedFile, str]]:
    """The parts as one file, without a name on the disk, and its SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with tempfile.TemporaryFile() as whole:
        # A few parts at a time: a web process never holds the whole file.
        for content in upload.parts.values_list("content", flat=True).iterator(chunk_size=2):
            digest.update(content)
            whole.write(content)
        whole.seek(0)
        yield (
            UploadedFile(whole, upload.name, "application/pdf", upload.size),
            digest.hexdigest(),
        )


@transaction.atomic
def drop(upload: Upload) -> None:
    """Forget an upload that its sender gives up; it still counts for the day."""
    if Upload.objects.under_way().filter(pk=upload.pk).update(problem=DROPPED):
        UploadPart.objects.filter(upload=upload).delete()


def forget(purposes: str) -> None:
    """Erase the uploads whose purpose begins so, with what arrived of them."""
    Upload.objects.filter(purpose__startswith=purposes).delete()


def sweep() -> int:
    """Forget what was begun a day ago, finished or not; how many."""
    return Upload.objects.expired().delete()[1].get("papers.Upload", 0)
