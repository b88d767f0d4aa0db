"""What must be true of files at any moment."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage

from audit.invariants import invariant
from papers.models import CheckedFile


@invariant
def cleaned_copies_can_be_read_back() -> Iterator[str]:
    """Every checked file has its copy, whole, and its picture if it ever had one."""
    for check in CheckedFile.objects.iterator():
        if check.preview and not default_storage.exists(str(check.preview)):
            yield f"File {check.pk}: the picture of its first page is not there."
        if check.state != CheckedFile.State.CLEAN:
            continue
        if not default_storage.exists(str(check.cleaned)):
            yield f"File {check.pk}: its cleaned copy is not there."
            continue
        with default_storage.open(str(check.cleaned)) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != check.cleaned_sha256:
                yield f"File {check.pk}: its cleaned copy is not what was made."
