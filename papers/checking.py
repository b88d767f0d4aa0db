"""The second check of a file: asked for with the row that holds it, done later by a worker."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from papers.models import CheckedFile
from papers.models.checked_file import preview_name


def ask(name: str, *, sha256: str, size: int, pages: int, preview: bytes = b"") -> None:
    """Have the file of this name checked; asked again for the same content, it is the same check.

    Raises TransactionManagementError outside the transaction of the row that holds the file.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "A check is asked for in the same transaction as the row that holds the file."
        )
    row = CheckedFile(sha256=sha256, original=name, size=size, pages=pages)
    if preview:
        picture = preview_name(row)
        if not default_storage.exists(picture):
            default_storage.save(picture, ContentFile(preview))
        row.preview.name = picture
    CheckedFile.objects.bulk_create([row], ignore_conflicts=True)


def state_of(shas: Iterable[str]) -> dict[str, CheckedFile]:
    """What is known of each of these files, in one query."""
    return {row.sha256: row for row in CheckedFile.objects.filter(sha256__in=set(shas))}
