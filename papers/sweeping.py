"""Files that no row names: left by an upload that broke off before its row was written. They go after a day.

Whoever writes a row that names a file holds the name first, and so does the sweep before it deletes: what a row is
about to name is never swept away.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import FileField
from django.utils import timezone

from papers.models import CheckedFile

KEPT_FOR = timedelta(hours=24)
AT_ONCE = 500


def hold(name: str) -> None:
    """Let nobody else write or sweep the file of this name until our transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"file:{name}"])


def named(names: Iterable[str]) -> set[str]:
    """Which of these files some row of some app names."""
    asked, found = list(names), set[str]()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                rows = model._default_manager.filter(**{f"{field.name}__in": asked})
                found |= set(rows.values_list(field.name, flat=True))
    return found


def sweep(before: datetime | None = None) -> int:
    """Delete what was kept before a day ago and nobody names, whatever the storage; how many files went."""
    storage: Any = default_storage
    before = before or timezone.now() - KEPT_FOR
    old = (name for name, kept_at in storage.kept() if kept_at < before)
    gone = 0
    while names := list(islice(old, AT_ONCE)):
        for name in set(names) - named(names):
            gone += forget(name)
    return gone


@transaction.atomic
def forget(name: str) -> bool:
    """Delete one file unless a row names it by now; what is known of its content goes with it."""
    hold(name)
    if named([name]):
        return False
    CheckedFile.objects.filter(original=name).delete()
    default_storage.delete(name)
    return True
