"""What must be true of permits, whatever was killed."""

from audit.invariants import invariant, off_the_trail
from audit.models import AuditEntry, subject_of
from followup.models import Reply, UdemFile
from permits.models import PermitPath, PermitStep


@invariant
def permits_follow_acceptances() -> list[str]:
    """Nobody was asked about permits before they accepted an offer."""
    files = UdemFile.objects.filter(offer__status=Reply.ACCEPTED)
    accepted = files.values("offer__decision__application")
    rows = [
        *PermitStep.objects.exclude(application__in=accepted),
        *PermitPath.objects.exclude(application__in=accepted),
    ]
    return [f"{subject_of(row)}: no offer was accepted." for row in rows]


@invariant
def steps_agree_with_the_trail() -> list[str]:
    """The status of a step is the one that its last move left, and each step has one."""
    strange = list(off_the_trail(PermitStep.objects.all()))
    rows = {subject_of(row) for row in PermitStep.objects.all()}
    known = set(AuditEntry.objects.filter(subject__in=rows).values_list("subject", flat=True))
    return [
        *(f"{subject_of(row)}: its status is not the trail's." for row in strange),
        *(f"{name}: nobody reported it." for name in sorted(rows - known)),
    ]
