"""What must be true of bound dossiers at any moment."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage

from audit.invariants import invariant
from dossiers.models import Edition


@invariant
def bound_dossiers_can_be_read_back() -> Iterator[str]:
    """Every dossier that is ready has its bytes, whole."""
    for row in Edition.objects.filter(state=Edition.State.READY).iterator():
        if not default_storage.exists(str(row.file)):
            yield f"Dossier {row.pk}: its file is not there."
            continue
        with default_storage.open(str(row.file)) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != row.sha256:
                yield f"Dossier {row.pk}: its file is not what was made."
