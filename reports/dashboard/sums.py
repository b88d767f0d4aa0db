"""How far the files of a cycle are, program by program, in one query over its files.

A file counts once, under its first choice; so the columns add up. What is offered counts there too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Case, Count, F, FilteredRelation, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from applications.models import Application
from applications.models.application import FILED, GONE
from committee.progress import Totals
from cycles.models import Cycle
from desk.models import Check, Request
from followup.models import Filing, Reply
from reviews.models import Decision, Outcome


@dataclass(frozen=True)
class Sums:
    """Files by how far they are, each number including those that went further; then readings."""

    started: int = 0
    submitted: int = 0
    complete: int = 0
    read: int = 0
    read_enough: int = 0
    decided: int = 0
    offered: int = 0
    accepted: int = 0
    filed: int = 0
    registered: int = 0
    # What is to do.
    to_check: int = 0
    to_assign: int = 0
    to_assign_unread: int = 0
    # Readings.
    asked: int = 0
    handed_in: int = 0
    lacking: int = 0
    unread: int = 0
    short: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Sums)))

    @property
    def totals(self) -> Totals:
        """The same as the pages about the reading say it."""
        return Totals(
            self.submitted, self.asked, self.handed_in, self.lacking, self.unread, self.short
        )


def added(rows: Iterable[Sums]) -> Sums:
    """All of them together."""
    return sum(rows, Sums())


def in_program(program: int | None, to_file: str = "") -> Q:
    """The files whose first choice this program is; without one, all. `to_file` leads to the application."""
    if program is None:
        return Q()
    return Q(**{f"{to_file}choices__rank": 1, f"{to_file}choices__program": program})


def sums_of(cycle: Cycle, hidden: set[int]) -> dict[int | None, Sums]:
    """By the key of a program; None for files that name none yet. `hidden`: the files that do not count for the reader."""
    rows = (
        Application.objects.filter(cycle=cycle)
        .exclude(pk__in=hidden)
        .annotate(
            first=FilteredRelation("choices", condition=Q(choices__rank=1)),
            current=FilteredRelation("decisions", condition=Q(decisions__is_current=True)),
        )
    )
    told = rows.order_by().values("first__program").annotate(**_counts(cycle.reviews_per_file))
    found: list[Any] = list(told)
    return {row.pop("first__program"): Sums(**row) for row in found}


def _counts(wanted: int) -> dict[str, Any]:
    """What is counted, by the names of `Sums`."""
    filed = Q(status__in=FILED)
    asked, sent = Coalesce(F("standing__asked"), 0), Coalesce(F("standing__handed_in"), 0)
    mine = Case(When(filed, then=asked), default=0)
    gap = Case(When(filed, then=Greatest(Value(wanted) - asked, Value(0))), default=0)
    # As `Check.objects.standing` says it; whoever was read or has an offer was found complete, whatever was ticked.
    checked = Q(
        office_check__status=Check.Status.COMPLETE,
        office_check__checked_at__gte=F("submitted_at"),
    )
    enough = Q(standing__handed_in__gte=wanted)
    waits = Q(pk__in=Request.objects.waiting().order_by().values("application"))
    few = filed & Q(current=None) & (Q(standing=None) | Q(standing__asked__lt=wanted))
    none = Q(standing=None) | Q(standing__asked=0)
    return {
        "started": Count("pk"),
        "submitted": Count("pk", filter=filed),
        "complete": Count("pk", filter=filed & (checked | enough | _offered())),
        "to_check": Count("pk", filter=filed & ~_true(checked) & ~waits),
        "read": Count("pk", filter=filed & Q(standing__handed_in__gte=1)),
        "read_enough": Count("pk", filter=filed & enough),
        **_outcomes(),
        "to_assign": Count("pk", filter=few),
        "to_assign_unread": Count("pk", filter=few & none),
        "asked": Coalesce(Sum(mine), 0),
        "handed_in": Coalesce(Sum(Case(When(filed, then=sent), default=0)), 0),
        "lacking": Coalesce(Sum(gap), 0),
        "unread": Count("pk", filter=filed & none),
        "short": Count("pk", filter=filed & (Q(standing=None) | Q(standing__asked__lt=wanted))),
    }


def _true(condition: Q) -> Q:
    """The condition as a yes or a no: without a check it is a no, where SQL alone would not know."""
    return Q(Case(When(condition, then=Value(True)), default=Value(False)))


def _offered() -> Q:
    """Whoever was offered a place, on the day of the answers or from the waitlist."""
    released = Q(current__status=Decision.Status.RELEASED)
    return Q(current__offer__called_at__isnull=False) | (
        released & Q(current__outcome=Outcome.ACCEPT)
    )


def _outcomes() -> dict[str, Any]:
    """From a decision to the registration. Whoever left counts up to the place where they left."""
    offered = _offered()
    accepted = Q(current__offer__status=Reply.ACCEPTED)
    at_udem = accepted & ~Q(current__offer__udem_file__status=Filing.TO_FILE)
    registered = accepted & Q(current__offer__udem_file__status=Filing.REGISTERED)
    here = ~Q(status__in=GONE)
    return {
        "decided": Count("pk", filter=Q(current__isnull=False) & Q(status__in=FILED)),
        "offered": Count("pk", filter=offered),
        "accepted": Count("pk", filter=accepted & here),
        "filed": Count("pk", filter=at_udem & Q(current__offer__udem_file__isnull=False) & here),
        "registered": Count("pk", filter=registered & here),
    }
