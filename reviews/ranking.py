"""The ranked list of a program: which files, in which order, and the line of the seats.

A rank is an aid to a discussion: people decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q

from accounts.models import User
from applications.models import Application, Choice
from applications.models.application import FILED
from applications.paging import Page, page_of
from cycles.models import Cycle, Intake, Program
from reviews.deserving import APART, deserving
from reviews.models import Decision, Outcome, Standing
from reviews.models.assignment import conflicting

NEAR = 12
ALL, CLOSE, DISAGREE, THIRD, TO_PROPOSE, TO_APPROVE, UNSCORED = (
    *("all", "near", "apart", "again", "to_propose", "to_approve"),
    "unscored",
)
SHOWS = (ALL, CLOSE, DISAGREE, THIRD, TO_PROPOSE, TO_APPROVE, UNSCORED)
SCORE, MEAN = "score", "mean"
COLUMNS = {SCORE: "adjusted", MEAN: "mean"}


@dataclass(frozen=True)
class Listing:
    """What is ranked: the submitted files that ask for a program, without the conflicts of who looks."""

    cycle: Cycle
    program: Program
    user: User
    order: str = SCORE

    @property
    def column(self) -> str:
        """What the order is by."""
        return COLUMNS[self.order]

    def asking(self) -> "models.QuerySet[Application]":
        """Every file of the list, marked or not, in no order."""
        asks = Choice.objects.filter(application=OuterRef("pk"), program=self.program)
        rows = Application.objects.filter(Exists(asks), cycle=self.cycle, status__in=FILED)
        return rows.exclude(pk__in=conflicting(self.user))

    def marked(self) -> "models.QuerySet[Application]":
        """Those with a mark, best first."""
        column = f"standing__{self.column}"
        rows = self.asking().filter(standing__cycle=self.cycle, **{f"{column}__isnull": False})
        return rows.order_by(F(column).desc(), "standing__application")

    def last_seat(self, seats: int | None) -> Decimal | None:
        """What the file on the last seat has; None when there are more seats than files, or none."""
        if not seats:
            return None
        figures = self.marked().values_list(f"standing__{self.column}", flat=True)
        return next(iter(figures[seats - 1 : seats]), None)

    def places(self, rows: Sequence[Application]) -> dict[int, int]:
        """The ranks of some files of the list, in its order: as many ids are read as stand before the last."""
        if not rows:
            return {}
        least = getattr(rows[-1].standing, self.column)
        before = self.marked().filter(**{f"standing__{self.column}__gte": least})
        ranks = {pk: index for index, pk in enumerate(before.values_list("pk", flat=True), 1)}
        return {row.pk: ranks[row.pk] for row in rows if row.pk in ranks}


def ranked(listing: Listing, show: str = ALL) -> "models.QuerySet[Application]":
    """The files to show, best first.

    `unscored` gives those that nobody has marked yet, which have no place in the list.
    """
    current = Decision.objects.filter(application=OuterRef("pk"), is_current=True)
    if show == UNSCORED:
        marked = Standing.objects.filter(application=OuterRef("pk"), mean__isnull=False)
        return _with_facts(listing.asking().filter(~Exists(marked))).order_by("pk")
    rows = listing.marked()
    if show == CLOSE:
        rows = rows.filter(standing__near__contains=[listing.program.pk])
    elif show == THIRD:
        wanted = deserving(listing.cycle, listing.program)
        rows = rows.filter(pk__in=wanted.order_by().values("pk"))
    elif show == DISAGREE:
        rows = rows.filter(standing__highest__gte=F("standing__lowest") + APART)
    elif show == TO_PROPOSE:
        rows = rows.filter(~Exists(current))
    elif show == TO_APPROVE:
        rows = rows.filter(Exists(current.filter(status=Decision.Status.PROPOSED)))
    return _with_facts(rows)


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


def page_for(
    listing: Listing, show: str, number: str, *, seats: int | None, estimated: bool
) -> tuple[Page, dict[int, int]]:
    """The rows of a page, and the rank of each where the list is in order of rank.

    Before the first estimate the files around the last seat stand in for those near the line.
    """
    if show == CLOSE and not estimated:
        start = max(0, (seats or 0) - NEAR)
        around = ranked(listing)[start : start + 2 * NEAR]
        return (page := Page(list(around), 1, more=False)), _numbered(page.rows, start)
    page = page_of(ranked(listing, show), number)
    if show == ALL:
        return page, _numbered(page.rows, page.start)
    return page, listing.places(page.rows) if show in (CLOSE, THIRD) else {}


def _numbered(rows: Sequence[Application], start: int) -> dict[int, int]:
    return {row.pk: start + index for index, row in enumerate(rows, 1)}


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
