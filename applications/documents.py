"""The verbs of documents: upload a version, remove it from the draft."""

import hashlib
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from applications.lifecycle import editable, touch
from applications.models import Application, Document
from applications.models.document import address_of
from audit.moves import Refused, record
from papers import checking
from papers.forgetting import settle
from papers.keeping import keep

MOST_FILES = 30
MOST_BYTES = 100 * 1024 * 1024
# As long as config.middleware believes the stamp of the front server.
LONGEST_SENDING = timedelta(minutes=10)


def fingerprint(file: UploadedFile) -> str:
    """SHA-256 of the content, in hexadecimal; the file is left rewound."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def room_for(size: int, *, by: User) -> None:
    """Raise Refused when the person's account holds too many files or bytes for one more."""
    held = Document.objects.filter(application__applicant=by).aggregate(
        n=Count("pk"), bytes=Sum("size")
    )
    if held["n"] >= MOST_FILES or (held["bytes"] or 0) + size > MOST_BYTES:
        raise Refused(
            _("Your account already holds 30 files or 100 MB. Write to us if you need more room.")
        )


def on_disk(
    application: Application, kind: str, file: UploadedFile, *, pages: int, slot: str = ""
) -> Document:
    """A version of a document whose bytes are on disk, synced, before the row that points at them exists."""
    document = Document(
        application=application,
        kind=kind,
        slot=slot or kind,
        sha256=fingerprint(file),
        size=file.size or 0,
        pages=pages,
        label=file.name or "",
    )
    document.file.name = address_of(document, "")
    keep(document.file.name, file)
    return document


def enter(document: Document, *, preview: bytes = b"") -> None:
    """Write the row of a document, and ask for its second check in the same transaction.

    Raises Refused when somebody's erasure let go of the very same bytes since they were found on disk.
    """
    settle(document.sha256)
    if not default_storage.exists(document.file.name or ""):
        raise Refused(_("This file could not be kept this time. Send it again."))
    document.save()
    checking.ask(
        str(document.file),
        sha256=document.sha256,
        size=document.size,
        pages=document.pages,
        preview=preview,
    )


def purpose_of(application: Application, slot: str = "") -> str:
    """What a file on its way is sent for, as papers.Upload keeps it; without a slot, how all of them begin."""
    return f"documents/{application.number}/{slot}"


def ready_for(application: Application, size: int, *, by: User, at: datetime) -> None:
    """Raise Refused now for a file that would be refused at its end: the draft is closed, or there is no room."""
    with transaction.atomic():
        editable(application, by=by, at=at)
    room_for(size, by=by)


def upload(
    application: Application,
    kind: str,
    file: UploadedFile,
    *,
    pages: int,
    by: User,
    at: datetime,
    slot: str = "",
    preview: bytes = b"",
) -> Document:
    """Keep a checked PDF as the current version of its slot; the version before stays in what was submitted.

    A kind that is asked once is its own slot.
    """
    room_for(file.size or 0, by=by)
    document = on_disk(application, kind, file, pages=pages, slot=slot)
    with transaction.atomic():
        locked = editable(application, by=by, at=at)
        locked.documents.filter(slot=document.slot).leave()
        enter(document, preview=preview)
        touch(locked)
        record("upload", application, by=by, document=document.pk, kind=kind, slot=document.slot)
    return document


@transaction.atomic
def remove(document: Document, *, by: User, at: datetime) -> None:
    """Take a document out of the draft; submissions that hold it keep it."""
    locked = editable(document.application, by=by, at=at)
    if locked.documents.filter(pk=document.pk).leave():
        touch(locked)
        record(
            "remove_document",
            locked,
            by=by,
            document=document.pk,
            kind=document.kind,
            slot=document.slot,
        )


@transaction.atomic
def restore(document: Document, *, by: User, at: datetime) -> None:
    """Put a version of before back into the draft; what it replaces stays among the versions."""
    locked = editable(document.application, by=by, at=at)
    past = locked.documents.filter(pk=document.pk, replaced_at__isnull=False)
    if not past.exists():
        return
    locked.documents.filter(slot=document.slot).leave()
    past.update(replaced_at=None)
    touch(locked)
    record(
        "restore_document",
        locked,
        by=by,
        document=document.pk,
        kind=document.kind,
        slot=document.slot,
    )


def moment_of(begun: datetime, arrived: datetime) -> datetime:
    """When a file sent part by part counts as sent: up to ten minutes before its end, never before it began.

    A file sent whole counts from its first byte, which is when the front server stamps the request. The same
    minutes are given here, so that a slow line costs nobody a document begun in time; after them the end counts.
    """
    return max(begun, arrived - LONGEST_SENDING)
