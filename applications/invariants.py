"""What must be true of the intake at any moment."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from applications.models import Application, Document, Referee, Submission
from applications.models.application import FILED
from applications.snapshot import fingerprint_of
from audit.invariants import invariant, off_the_trail
from notifications.models import OutgoingEmail
from papers.models import CheckedFile


@invariant
def statuses_follow_the_trail() -> list[str]:
    """No status was written but by a move."""
    return [
        f"Application {row}: its status is not its last move."
        for row in off_the_trail(Application.objects.all())
    ]


@invariant
def filed_applications_have_a_submission() -> list[str]:
    """Whatever counts as submitted has what was submitted."""
    bare = Application.objects.filter(status__in=FILED, submissions__isnull=True)
    return [f"Application {row} is filed without a submission." for row in bare]


@invariant
def submissions_are_what_was_received() -> Iterator[str]:
    """Each snapshot still has the fingerprint on its receipt, and lists the documents that it holds."""
    rows = Submission.objects.annotate(held=Count("documents"))
    for row in rows.iterator(chunk_size=500):
        if fingerprint_of(row.content) != row.sha256:
            yield f"Submission {row}: its content is not what was received."
        if len(row.content["documents"]) != row.held:
            yield f"Submission {row}: it does not hold the documents that it lists."


@invariant
def each_submission_is_acknowledged_once() -> list[str]:
    """A receipt has its letter."""
    letter = OutgoingEmail.objects.filter(
        key=Concat(Value("acknowledgement:"), OuterRef("receipt"))
    )
    silent = Submission.objects.filter(~Exists(letter))
    return [f"Submission {row} has no acknowledgement." for row in silent]


@invariant
def documents_can_be_read_back() -> Iterator[str]:
    """Every file that a row points at is there, whole."""
    yield from _unreadable("Document", Document.objects.all())


@invariant
def letters_of_reference_can_be_read_back() -> Iterator[str]:
    """Every letter that was received is there, whole."""
    yield from _unreadable("Letter of reference", Referee.objects.exclude(file=""))


def _unreadable(what: str, rows: QuerySet[Any]) -> Iterator[str]:
    for name, expected in rows.values_list("file", "sha256").distinct().iterator():
        if not default_storage.exists(name):
            yield f"{what} {name}: the file is not there."
            continue
        with default_storage.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                yield f"{what} {name}: the file is not what was received."


@invariant
def referees_follow_the_trail() -> list[str]:
    """No referee's status was written but by a verb."""
    wrong = off_the_trail(Referee.objects.all())
    return [f"Referee {row.pk}: the status is not the last move." for row in wrong]


@invariant
def referees_are_written_to_once_an_address() -> list[str]:
    """Each address that a file names has its invitation; its key makes it the only one."""
    key = Concat(
        Value("reference_request:"),
        Cast(OuterRef("pk"), CharField()),
        Value(":"),
        Cast(OuterRef("address_version"), CharField()),
    )
    silent = Referee.objects.filter(~Exists(OutgoingEmail.objects.filter(key=key)))
    return [f"Referee {row.pk} was never invited at their present address." for row in silent]


@invariant
def letters_of_reference_are_checked() -> list[str]:
    """Every letter that was received has been checked, or waits for it."""
    checks = CheckedFile.objects.filter(sha256=OuterRef("sha256"))
    bare = Referee.objects.exclude(sha256="").filter(~Exists(checks))
    return [f"Referee {row.pk}: nobody asked for the check of the letter." for row in bare]


@invariant
def documents_are_checked() -> list[str]:
    """Every document has been checked, or waits for it."""
    checks = CheckedFile.objects.filter(sha256=OuterRef("sha256"))
    return [
        f"Document {row.pk}: nobody asked for its check."
        for row in Document.objects.filter(~Exists(checks))
    ]
