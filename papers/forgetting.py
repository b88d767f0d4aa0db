"""Removing a file for good, when the last row that holds its content is gone."""

from collections.abc import Callable

from django.core.files.storage import default_storage
from django.db import connection, transaction

from papers.models import CheckedFile


def settle(sha256: str) -> None:
    """Until this transaction ends, nobody else keeps or forgets this content.

    A content is shared: somebody may send it at the very moment when the last other holder lets it go.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])


def forget(sha256: str, name: str, *, held: Callable[[str], bool]) -> bool:
    """Remove the original, its cleaned copy and its picture, unless a row still holds the content; whether it did.

    What is known of the file goes first: killed in between, this leaves a file that nothing names, never a name
    without its file.
    """
    with transaction.atomic():
        settle(sha256)
        if held(sha256):
            return False
        check = CheckedFile.objects.filter(sha256=sha256).first()
        CheckedFile.objects.filter(sha256=sha256).delete()
    with transaction.atomic():
        settle(sha256)
        if held(sha256):
            return False
        for one in (name, str(check.cleaned) if check else "", str(check.preview) if check else ""):
            if one:
                default_storage.delete(one)
    return True
