"""What the board says of UdeM's lists, in one line and without anything of a person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cycles.models import Cycle
from reconciliation.models import Change, Line, UdemList
from reconciliation.models.udem_list import UdemListQuerySet

Status = UdemList.Status


@dataclass(frozen=True)
class Latest:
    """The last list of a cycle: when it came, how many people it was matched with, how many wait for a hand."""

    pk: int
    received_at: datetime
    as_of: date
    status: str
    label: str
    matched: int
    to_settle: int


def latest(cycle: Cycle | None) -> Latest | None:
    """The last list that was compared, not undone; None when there is none. One query."""
    rows = counted(
        UdemList.objects.filter(cycle=cycle, status__in=("compared", "queued", "applied"))
    )
    row = rows.order_by("-received_at", "-pk").first()
    if row is None:
        return None
    return Latest(
        row.pk,
        row.received_at,
        row.as_of,
        row.status,
        str(row.get_status_display()),
        row.matched,
        row.to_settle,
    )


def counted(rows: UdemListQuerySet) -> Any:
    """With `matched` people, and `to_settle`: doubtful lines, open conflicts, facts that lack or moved."""
    of_list = {"udem_list": OuterRef("pk")}
    waiting = Change.objects.filter(undone_at=None, **of_list).to_settle()
    told: dict[str, Any] = {
        "matched": _number(Line.objects.filter(udem_file__isnull=False, **of_list)),
        "to_settle": _number(Line.objects.filter(**of_list).asked()) + _number(waiting),
    }
    return rows.annotate(**told)


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    """How many, as a part of another query."""
    counted = rows.order_by().values("udem_list").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
