"""What must be true of bound dossiers and of blind reading at any moment."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from audit.invariants import invariant, off_the_trail
from audit.models import AuditEntry
from dossiers.models import Edition, Redaction


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


@invariant
def statuses_follow_the_trail() -> list[str]:
    """No status was written but by a move."""
    return [
        f"Redaction {row.pk}: its status is not its last move."
        for row in off_the_trail(Redaction.objects.all())
    ]


@invariant
def a_person_let_it_show() -> list[str]:
    """Nothing that was found shows to readers but by somebody's act."""
    subject = Concat(
        Value(f"{Redaction._meta.label_lower}:"), Cast(OuterRef("pk"), models.CharField())
    )
    acts = AuditEntry.objects.filter(subject=subject, new=Redaction.Status.SHOWN, actor_id__gt=0)
    shown = Redaction.objects.filter(~Exists(acts), status=Redaction.Status.SHOWN)
    return [f"Redaction {row.pk} shows to readers, and nobody let it." for row in shown]
