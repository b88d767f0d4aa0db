"""Whether people may still submit when answers are about to be frozen: allowed, as in a rehearsal, and never in silence."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.models import Application
from applications.models.application import EDITABLE
from audit.moves import Refused
from cycles.models import Cycle


@dataclass(frozen=True)
class StillOpen:
    """Until when a cycle accepts submissions, where it does; its drafts, and the late passes that are open."""

    until: datetime | None
    drafts: int
    passes: int

    def __bool__(self) -> bool:
        return self.until is not None or self.passes > 0


def still_open(cycle: Cycle) -> StillOpen:
    """Who may still submit in a cycle, at this moment; one query."""
    now = timezone.now()
    rows = Application.objects.filter(cycle=cycle, status__in=EDITABLE)
    told = rows.aggregate(
        drafts=Count("pk"),
        passes=Count("pk", filter=Q(late_until__gt=now)),
    )
    until = cycle.closes_at if cycle.accepts(now) else None
    return StillOpen(until, told["drafts"], told["passes"])


def refuse_while_open(cycle: Cycle) -> None:
    """Raise Refused while people may still submit."""
    if still_open(cycle):
        raise Refused(
            _(
                "People may still submit in this cycle: tick that you freeze the list all the same, or wait."
            )
        )
