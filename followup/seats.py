"""The seats of a program: how many are held, how many are free, and who is called next.

A seat is held by an offer that waits for a reply or was accepted, until something else is recorded: a no, a lapse, a
withdrawal, or an end at UdeM that the office confirmed. Without a number of seats, a program has as many as it made
offers in its answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from applications.models.application import FILED, GONE
from cycles.models import Cycle, Intake, Program
from followup.models import STANDING, Filing, Reply
from followup.offers import OFFERING
from reviews.decisions import UNRELEASED
from reviews.models import Decision, Outcome

# At UdeM, and not coming this year.
LEFT = (Filing.REFUSED, Filing.CLOSED, Filing.DEFERRED, Filing.NOT_REGISTERED)
STANDS = Q(offer=None) | Q(offer__status__in=STANDING)
# Whoever is registered has the seat, whatever is written of the application since.
THERE = ~Q(application__status__in=GONE) | Q(offer__udem_file__status=Filing.REGISTERED)
GONE_AT_UDEM = Q(offer__udem_file__status__in=LEFT, offer__udem_file__confirmed_at__isnull=False)
HOLDS = OFFERING & STANDS & THERE


@dataclass(frozen=True)
class Seats:
    """Of one program of a cycle. `planned` is None where nobody wrote a number of seats."""

    program: Program
    planned: int | None
    offered: int
    held: int
    accepted: int

    @property
    def all(self) -> int:
        """How many there are."""
        return self.offered if self.planned is None else self.planned

    @property
    def free(self) -> int:
        """How many can be called for."""
        return max(0, self.all - self.held)

    @property
    def beyond(self) -> int:
        """How many more offers stand than there are seats."""
        return max(0, self.held - self.all)


def holding() -> QuerySet[Decision]:
    """The released answers whose person holds a seat."""
    ended = Decision.objects.filter(GONE_AT_UDEM).values("pk")
    return Decision.objects.released().filter(HOLDS).exclude(pk__in=ended)


def seats_of(cycle: Cycle) -> list[Seats]:
    """Every program of a cycle, in their order; three queries."""
    held = _counts(holding().filter(application__cycle=cycle))
    rows = Decision.objects.released().filter(application__cycle=cycle)
    first = dict(
        rows.filter(outcome=Outcome.ACCEPT).order_by().values_list("program").annotate(Count("pk"))
    )
    intakes = Intake.objects.filter(cycle=cycle).select_related("program")
    return [
        Seats(
            row.program, row.seats, first.get(row.program_id, 0), *held.get(row.program_id, (0, 0))
        )
        for row in intakes.order_by("program__position", "program")
    ]


def _counts(rows: QuerySet[Decision]) -> dict[int | None, tuple[int, int]]:
    """By program: how many, and how many of them said yes."""
    told = (
        rows.order_by()
        .values_list("program")
        .annotate(held=Count("pk"), said_yes=Count("pk", filter=Q(offer__status=Reply.ACCEPTED)))
    )
    return {program: (held, accepted) for program, held, accepted in told}


def of_program(cycle: Cycle, program: Program) -> Seats:
    """One of them."""
    found = [row for row in seats_of(cycle) if row.program == program]
    return found[0] if found else Seats(program, None, 0, 0, 0)


def to_call(cycle: Cycle) -> QuerySet[Decision]:
    """Everybody on the released waitlists of a cycle who can be called, in the order of the calls.

    Not those who left, who were called once, or whose answer is being corrected.
    """
    correction = Decision.objects.filter(corrects=OuterRef("pk"), status__in=UNRELEASED)
    return (
        Decision.objects.released()
        .filter(
            ~Exists(correction),
            outcome=Outcome.WAITLIST,
            offer=None,
            application__cycle=cycle,
            application__status__in=FILED,
            application__applicant__is_active=True,
        )
        .select_related("application__applicant", "application__cycle", "program")
        .order_by("program", F("rank").asc(nulls_last=True), "pk")
    )


def next_of(cycle: Cycle, program: Program) -> Decision | None:
    """Who is called next, whoever looks."""
    return to_call(cycle).filter(program=program).first()


def to_fill(cycle: Cycle) -> Iterator[Seats]:
    """The programs with a free seat and somebody to call for it."""
    waiting = set(to_call(cycle).order_by().values_list("program", flat=True))
    yield from (row for row in seats_of(cycle) if row.free and row.program.pk in waiting)
