"""The ranked list of a program: means, ranges, the line of the seats.

A rank is an aid to a discussion: people decide.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q

from accounts.models import User
from applications.models import Application, Choice
from applications.models.application import FILED
from cycles.models import Cycle, Intake, Program
from reviews.models import Assignment, Decision, Outcome, Review, Standing
from reviews.models.assignment import conflicting
from reviews.models.review import HIGHEST, LOWEST

APART = Decimal("1.5")
NEAR = 12
WIDTH, MARGIN = 300, 10
ALL, CLOSE, DISAGREE, TO_PROPOSE, TO_APPROVE, UNSCORED = (
    *("all", "near", "apart", "to_propose", "to_approve"),
    "unscored",
)
SHOWS = (ALL, CLOSE, DISAGREE, TO_PROPOSE, TO_APPROVE, UNSCORED)


def ranked(
    cycle: Cycle, program: Program, user: User, show: str = ALL
) -> "models.QuerySet[Application]":
    """The filed applications that ask for this program, best mean first; without one's conflicts.

    `unscored` gives those that nobody has marked yet, which have no place in the list.
    """
    asks = Choice.objects.filter(application=OuterRef("pk"), program=program)
    current = Decision.objects.filter(application=OuterRef("pk"), is_current=True)
    rows = Application.objects.filter(Exists(asks), cycle=cycle, status__in=FILED)
    rows = rows.exclude(pk__in=conflicting(user))
    if show == UNSCORED:
        marked = Standing.objects.filter(application=OuterRef("pk"), mean__isnull=False)
        return _with_facts(rows.filter(~Exists(marked))).order_by("pk")
    rows = rows.filter(standing__cycle=cycle, standing__mean__isnull=False)
    if show == DISAGREE:
        rows = rows.filter(standing__highest__gte=F("standing__lowest") + APART)
    elif show == TO_PROPOSE:
        rows = rows.filter(~Exists(current))
    elif show == TO_APPROVE:
        rows = rows.filter(Exists(current.filter(status=Decision.Status.PROPOSED)))
    return _with_facts(rows).order_by(F("standing__mean").desc(), "standing__application")


def _with_facts(rows: "models.QuerySet[Application]") -> "models.QuerySet[Application]":
    """With all that one line shows, in a number of queries that does not grow."""
    decisions = Decision.objects.filter(is_current=True).select_related(
        "program", "proposed_by", "approved_by"
    )
    return (
        rows.select_related("standing")
        .only("number", "first_names", "last_names", "status", "standing")
        .prefetch_related(Prefetch("decisions", decisions, to_attr="current_decisions"))
    )


@dataclass(frozen=True)
class Bar:
    """A drawing of marks on the scale, in SVG units as text: `156.3`, whatever the language."""

    low: str
    high: str
    mean: str
    readers: list[str]


@dataclass(frozen=True)
class Line:
    """One line of the ranked list."""

    application: Application
    standing: Standing | None
    decision: Decision | None
    rank: int
    bar: Bar | None
    is_apart: bool
    is_last_seat: bool


def place_of(mark: Decimal | int) -> str:
    """Where a mark stands on the drawing."""
    share = (Decimal(mark) - LOWEST) / (HIGHEST - LOWEST)
    return f"{MARGIN + share * WIDTH:.1f}"


def lines(
    applications: Iterable[Application], *, start: int | None, seats: int | None
) -> list[Line]:
    """The lines of one page. `start`: how many stand before; None when the list is not in order of rank."""
    rows = list(applications)
    marks = _marks(rows)
    made = []
    for index, row in enumerate(rows):
        standing: Standing | None = getattr(row, "standing", None)
        current: list[Decision] = row.current_decisions  # type: ignore[attr-defined]
        rank = 0 if start is None else start + index + 1
        made.append(
            Line(
                application=row,
                standing=standing,
                decision=current[0] if current else None,
                rank=rank,
                bar=_bar(standing, marks[row.pk]),
                is_apart=bool(standing and standing.apart >= APART),
                is_last_seat=bool(seats and rank == seats),
            )
        )
    return made


def _marks(rows: list[Application]) -> dict[int, list[Decimal]]:
    """Each reader's mark, by file."""
    marks: dict[int, list[Decimal]] = defaultdict(list)
    found = Review.objects.filter(
        assignment__application__in=[row.pk for row in rows],
        assignment__status=Assignment.Status.HANDED_IN,
        mark__isnull=False,
    ).values_list("assignment__application", "mark")
    for pk, mark in found:
        marks[pk].append(mark or Decimal(0))
    return marks


def _bar(standing: Standing | None, marks: list[Decimal]) -> Bar | None:
    if standing is None or standing.mean is None or not marks:
        return None
    return Bar(
        low=place_of(min(marks)),
        high=place_of(max(marks)),
        mean=place_of(standing.mean),
        readers=[place_of(mark) for mark in marks],
    )


@dataclass(frozen=True)
class Tally:
    """How the seats of a program stand. `declines` counts the whole cycle: a decline is for no program."""

    seats: int | None
    accepted: int
    accepted_approved: int
    waitlisted: int
    declines: int

    @property
    def left(self) -> int | None:
        """Seats that no proposal takes; negative when there are too many proposals."""
        return None if self.seats is None else self.seats - self.accepted


def tally(cycle: Cycle, program: Program, user: User) -> Tally:
    """Counted in two queries; without one's conflicts, whose answer a difference would tell."""
    intake = Intake.objects.filter(cycle=cycle, program=program).first()
    mine = Q(program=program)
    settled = Q(status__in=(Decision.Status.APPROVED, Decision.Status.RELEASED))
    counts = (
        Decision.objects.current()
        .filter(application__cycle=cycle)
        .exclude(application__in=conflicting(user))
        .aggregate(
            accepted=Count("pk", filter=mine & Q(outcome=Outcome.ACCEPT)),
            accepted_approved=Count("pk", filter=mine & settled & Q(outcome=Outcome.ACCEPT)),
            waitlisted=Count("pk", filter=mine & Q(outcome=Outcome.WAITLIST)),
            declines=Count("pk", filter=Q(outcome=Outcome.DECLINE)),
        )
    )
    return Tally(seats=intake.seats if intake else None, **counts)


def waiting(cycle: Cycle, user: User) -> "models.QuerySet[Decision]":
    """The proposals of a cycle that this director may approve: other people's, without conflicts."""
    rows = Decision.objects.proposed().filter(application__cycle=cycle)
    return rows.exclude(proposed_by=user).exclude(application__in=conflicting(user))
