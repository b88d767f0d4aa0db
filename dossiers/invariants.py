"""What must be true of blind reading at any moment."""

from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from audit.invariants import invariant, off_the_trail
from audit.models import AuditEntry
from dossiers.models import Redaction


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
