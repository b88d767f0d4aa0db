"""What must be true of the intake at any moment."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db.models import Count, Exists, OuterRef, Value
from django.db.models.functions import Concat

from applications.models import Application, Document, Submission
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
    for name, expected in Document.objects.values_list("file", "sha256").distinct().iterator():
        if not default_storage.exists(name):
            yield f"Document {name}: the file is not there."
            continue
        with default_storage.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                yield f"Document {name}: the file is not what was received."


@invariant
def documents_are_checked() -> list[str]:
    """Every document has been checked, or waits for it."""
    checks = CheckedFile.objects.filter(sha256=OuterRef("sha256"))
    return [
        f"Document {row.pk}: nobody asked for its check."
        for row in Document.objects.filter(~Exists(checks))
    ]
