"""Each opening of a file by staff leaves a line on the trail."""

from collections.abc import Iterable
from typing import Any

from applications.models import Application, Submission
from audit.models import AuditEntry, subject_of
from audit.moves import record

OPENED = "open"


def opened(thing: Submission | Application | None, *, by: Any, **details: str) -> None:
    """Somebody looks now at this submission or one of its documents, or at a file that has none yet."""
    if thing:
        record(OPENED, thing, by=by, **details)


def opened_all(submissions: Iterable[Submission], *, by: Any) -> None:
    """Somebody looks now at several submissions side by side; one statement."""
    AuditEntry.objects.bulk_create(
        AuditEntry(actor_id=by.pk, verb=OPENED, subject=subject_of(row), details={})
        for row in submissions
    )
