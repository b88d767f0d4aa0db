"""The ranked list of a program: which files, in which order, and the line of the seats.

A rank is an aid to a discussion: people decide.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Prefetch, Q

from accounts.models import User
from applications.models import Application, Choice
from applications.models.application import FILED
from applications.paging import Page, page_of
from cycles.models import Cycle, Program
from reviews.deserving import APART, deserving
from reviews.models import Decision, Outcome, Standing
from reviews.models.assignment import conflicting

NEAR = 12
ALL, CLOSE, DISAGREE, THIRD, TO_PROPOSE, TO_APPROVE, UNSCORED = (
    *("all", "near", "apart", "again", "to_propose", "to_approve"),
    "unscored",
)
APPROVED, CHANGED, FOR_ME, FOUND = "approved", "changed", "for_me", "found"
SHOWS = (
    *(ALL, CLOSE, DISAGREE, THIRD, TO_PROPOSE, TO_APPROVE, UNSCORED),
    *(APPROVED, CHANGED, FOR_ME, FOUND),
)
# Adds to the rows of a list what one line of it says.
Dress = Callable[["models.QuerySet[Application]"], "models.QuerySet[Application]"]
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
        return rows.order_by(F(column).desc(), "standing__application_id")

    def last_seats(self, seats: int | None) -> "models.QuerySet[Any, Any]":
        """What the file on the last seat has, as a query: of no row when there are more seats than files, or none."""
        figures = self.marked().values(f"standing__{self.column}")
        return figures[seats - 1 : seats] if seats else figures.none()

    def last_seat(self, seats: int | None) -> Decimal | None:
        """What the file on the last seat has; None when there are more seats than files, or none."""
        row = next(iter(self.last_seats(seats)), None)
        return row[f"standing__{self.column}"] if row else None

    def places(self, rows: Sequence[Application]) -> dict[int, int]:
        """The ranks of some files of the list, in its order: as many ids are read as stand before the last."""
        if not rows:
            return {}
        least = getattr(rows[-1].standing, self.column)
        before = self.marked().filter(**{f"standing__{self.column}__gte": least})
        ranks = {pk: index for index, pk in enumerate(before.values_list("pk", flat=True), 1)}
        return {row.pk: ranks[row.pk] for row in rows if row.pk in ranks}


def ranked(
    listing: Listing, show: str = ALL, among: "models.QuerySet[Application] | None" = None
) -> "models.QuerySet[Application]":
    """The files to show, best first; `among`: of these alone.

    `unscored` gives those that nobody has marked yet, which have no place in the list.
    """
    if show == UNSCORED:
        marked = Standing.objects.filter(application=OuterRef("pk"), mean__isnull=False)
        return _with_facts(listing.asking().filter(~Exists(marked))).order_by("pk")
    rows = listing.marked()
    if among is not None:
        rows = rows.filter(pk__in=among.order_by().values("pk"))
    elif show == CLOSE:
        rows = rows.filter(standing__near__contains=[listing.program.pk])
    elif show == THIRD:
        wanted = deserving(listing.cycle, listing.program)
        rows = rows.filter(pk__in=wanted.order_by().values("pk"))
    elif show == DISAGREE:
        rows = rows.filter(standing__highest__gte=F("standing__lowest") + APART)
    elif show in ANSWERED:
        rows = rows.filter(ANSWERED[show]())
    return _with_facts(rows)


def _answer(**facts: Any) -> Exists:
    """Whether a file has a decision like this."""
    return Exists(Decision.objects.filter(application=OuterRef("pk"), **facts))


ANSWERED: dict[str, Callable[[], Any]] = {
    TO_PROPOSE: lambda: ~_answer(is_current=True),
    TO_APPROVE: lambda: _answer(is_current=True, status=Decision.Status.PROPOSED),
    APPROVED: lambda: _answer(is_current=True, status=Decision.Status.APPROVED),
    # A director approved another answer before, and nobody has approved this one.
    CHANGED: lambda: (
        _answer(is_current=False, approved_by__isnull=False)
        & ~_answer(is_current=True, approved_by__isnull=False)
    ),
}


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
    listing: Listing,
    show: str,
    number: str,
    *,
    seats: int | None,
    estimated: bool,
    among: "models.QuerySet[Application] | None" = None,
    dress: Dress = lambda rows: rows,
) -> tuple[Page, dict[int, int]]:
    """The rows of a page, and the rank of each where the list is in order of rank.

    Before the first estimate the files around the last seat stand in for those near the line.
    """
    if show == CLOSE and not estimated:
        start = max(0, (seats or 0) - NEAR)
        around = dress(ranked(listing))[start : start + 2 * NEAR]
        return (page := Page(list(around), 1, more=False)), _numbered(page.rows, start)
    page = page_of(dress(ranked(listing, show, among)), number)
    if show == ALL:
        return page, _numbered(page.rows, page.start)
    return page, listing.places(page.rows) if show in (CLOSE, THIRD) else {}


def _numbered(rows: Sequence[Application], start: int) -> dict[int, int]:
    return {row.pk: start + index for index, row in enumerate(rows, 1)}


@dataclass(frozen=True)
class Tally:
    """How the answers of one list stand against its seats: `approved` are among those proposed.

    `elsewhere` has an answer for another program that it asks for; `released` is what applicants may see, `ended` the
    offers among it that were declined or lapsed, which take no seat any more.
    """

    seats: int | None
    accepted: int
    accepted_approved: int
    waitlisted: int
    waitlisted_approved: int
    declines: int
    declines_approved: int
    elsewhere: int
    unanswered: int
    released: int
    ended: int

    @property
    def left(self) -> int | None:
        """Seats that no proposal takes; negative when there are too many proposals."""
        return None if self.seats is None else self.seats - self.accepted

    @property
    def beyond(self) -> int:
        """Offers proposed beyond the seats; 0 while there are enough."""
        return max(0, -(self.left or 0))


def tally(
    listing: Listing,
    seats: int | None,
    *,
    ended: "models.QuerySet[Any, Any] | None" = None,
    called: "models.QuerySet[Any, Any] | None" = None,
) -> Tally:
    """Counted in one query; without one's conflicts, whose answer a difference would tell.

    `ended`: the decisions whose offer was declined or lapsed, as later apps know; `called`: those of the waitlist whose
    person was called, and counts among the offers.
    """
    over = Q(answer__in=Decision.objects.none() if ended is None else ended)
    up = Q(answer__in=Decision.objects.none() if called is None else called)
    here = Q(answer__program=listing.program)
    settled = Q(answer__status__in=(Decision.Status.APPROVED, Decision.Status.RELEASED))
    accept, waitlist, decline = (Q(answer__outcome=each) for each in Outcome.values)
    rows = listing.asking().annotate(
        answer=FilteredRelation("decisions", condition=Q(decisions__is_current=True))
    )
    counts = rows.aggregate(
        accepted=Count("pk", filter=here & (accept & ~over | up)),
        accepted_approved=Count("pk", filter=here & settled & (accept & ~over | up)),
        waitlisted=Count("pk", filter=here & waitlist & ~up),
        waitlisted_approved=Count("pk", filter=here & waitlist & settled & ~up),
        declines=Count("pk", filter=decline),
        declines_approved=Count("pk", filter=decline & settled),
        elsewhere=Count("pk", filter=~here & (accept | waitlist)),
        unanswered=Count("pk", filter=Q(answer__isnull=True)),
        released=Count("pk", filter=Q(answer__status=Decision.Status.RELEASED)),
        ended=Count("pk", filter=here & accept & over),
    )
    return Tally(seats=seats, **counts)


def waiting(cycle: Cycle, user: User) -> "models.QuerySet[Decision]":
    """The proposals of a cycle that this director may approve: other people's, without conflicts."""
    rows = Decision.objects.proposed().filter(application__cycle=cycle)
    return rows.exclude(proposed_by=user).exclude(application__in=conflicting(user))
