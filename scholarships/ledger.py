"""The money of a round, worked out from its rows each time: budget = free + offered + committed + paid.

Whoever promises money holds the round meanwhile (`hold`), so that two who call at once cannot promise the same dollar twice.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, DecimalField, F, QuerySet, Sum, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import directs
from audit.moves import Refused, record
from cycles.models import Cycle
from scholarships.models import Award, Payment, Result, Round, Standing

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Ledger:
    """The money of one round, or of several together. Without a budget nothing can be offered."""

    budget: Decimal | None = None
    offered: Decimal = NOTHING
    committed: Decimal = NOTHING
    paid: Decimal = NOTHING
    awards: int = 0
    waiting: int = 0

    @property
    def used(self) -> Decimal:
        """What is promised or gone."""
        return self.offered + self.committed + self.paid

    @property
    def free(self) -> Decimal:
        """What can still be offered; below nothing where somebody wrote a smaller budget past this house's rules."""
        return (self.budget or NOTHING) - self.used

    def __add__(self, other: "Ledger") -> "Ledger":
        known = [one.budget for one in (self, other) if one.budget is not None]
        return Ledger(
            sum(known, NOTHING) if known else None,
            self.offered + other.offered,
            self.committed + other.committed,
            self.paid + other.paid,
            self.awards + other.awards,
            self.waiting + other.waiting,
        )


@dataclass(frozen=True)
class Line:
    """A round with its money."""

    round: Round
    ledger: Ledger


def budget_of(row: Round) -> Decimal | None:
    """What the round has: as written, or as many awards as there are of one amount each."""
    if row.budget is not None or row.amount is None or row.awards is None:
        return row.budget
    return row.amount * row.awards


def of_cycle(cycle: Cycle) -> tuple[list[Line], Ledger]:
    """Every round of a cycle, and all of them together; two queries."""
    rounds = list(Round.objects.filter(cycle=cycle).order_by("category", "opens_at", "pk"))
    ledgers = of_rounds(rounds)
    lines = [Line(row, ledgers[row.pk]) for row in rounds]
    return lines, sum((line.ledger for line in lines), Ledger())


def of_round(row: Round) -> Ledger:
    """The money of one round; one query."""
    return of_rounds([row])[row.pk]


def of_rounds(rounds: Sequence[Round]) -> dict[int, Ledger]:
    """The money of each of these rounds, by its key; one query for all."""
    ids = [row.pk for row in rounds]
    promised = Award.objects.standing().filter(candidacy__round__in=ids)
    paid = Payment.objects.paid().filter(award__candidacy__round__in=ids)
    waiting = waitlist().filter(candidacy__round__in=ids)
    nothing = Cast(Value(None), DecimalField(max_digits=12, decimal_places=2))
    sums = _summed("promised", promised, "candidacy__round", "status", Sum("amount")).union(
        _summed("paid", paid, "award__candidacy__round", "award__status", Sum("amount")),
        _summed("waiting", waiting, "candidacy__round", "status", nothing),
        all=True,
    )
    amounts: dict[tuple[int, str], Decimal] = {}
    gone: dict[tuple[int, str], Decimal] = {}
    awards, waits = Counter[int](), Counter[int]()
    for kind, row, status, amount, count in sums if ids else []:
        if kind == "waiting":
            waits[row] += count
            continue
        (amounts if kind == "promised" else gone)[row, status] = amount
        awards[row] += count if kind == "promised" else 0

    def still(row: int, *statuses: str) -> Decimal:
        """What is promised and not paid."""
        return sum(
            (amounts.get((row, one), NOTHING) - gone.get((row, one), NOTHING) for one in statuses),
            NOTHING,
        )

    return {
        row.pk: Ledger(
            budget_of(row),
            still(row.pk, Award.Status.OFFERED),
            still(row.pk, *Award.KEPT),
            sum((amount for (one, _status), amount in gone.items() if one == row.pk), NOTHING),
            awards[row.pk],
            waits[row.pk],
        )
        for row in rounds
    }


def _summed(
    kind: str, rows: QuerySet[Any, Any], round_: str, status: str, amount: Any
) -> QuerySet[Any, Any]:
    """Lines of one kind: round, status, amount, and how many."""
    told = rows.order_by().annotate(kind=Value(kind), of=F(round_), state=F(status))
    told = told.values("kind", "of", "state").annotate(sum=amount, count=Count("pk"))
    return told.values_list("kind", "of", "state", "sum", "count")


def waitlist() -> QuerySet[Result]:
    """Who was told that they wait, and was not called."""
    return Result.objects.filter(
        outcome=Result.Outcome.WAITLISTED,
        status=Result.Status.SHOWN,
        candidacy__status=Standing.SUBMITTED,
        candidacy__award=None,
    )


def hold(rounds: Iterable[int]) -> dict[int, Round]:
    """The rounds, locked and fresh: whoever promises money of them waits for the one before."""
    held = Round.objects.select_for_update(of=("self",)).filter(pk__in=set(rounds)).order_by("pk")
    return {row.pk: row for row in held}


def refuse_beyond(row: Round, amount: Decimal) -> None:
    """Raise Refused where a round that is held cannot promise this much to one more person."""
    if reasons := list(_what_lacks(row, amount)):
        raise Refused(_("The round cannot offer this award."), reasons)


def _what_lacks(row: Round, amount: Decimal) -> Iterator[str]:
    ledger = of_round(row)
    if ledger.budget is None:
        yield _("The round has no budget yet.")
    elif amount > ledger.free:
        yield _("The budget does not suffice: an award must end first, or the budget grow.")
    if row.awards is not None and ledger.awards >= row.awards:
        yield _("All awards of the round are given.")


def too_little(row: Round, budget: Decimal | None, awards: int | None) -> Iterator[tuple[str, str]]:
    """Why a round that is held cannot have this budget or so many awards: the field, and a sentence."""
    ledger = of_round(row)
    if (budget or NOTHING) < ledger.used:
        yield "budget", _("More than this is offered, committed or paid.")
    if awards is not None and awards < ledger.awards:
        yield "awards", _("More awards than this stand.")


@transaction.atomic
def change_budget(row: Round, *, budget: Decimal, awards: int | None, by: User) -> Round:
    """Write another budget and number of awards, never below what is promised. Raises Refused."""
    if not directs(by):
        raise Refused(_("You may not do this."), forbidden=True)
    held = hold([row.pk])[row.pk]
    if reasons := [text for _name, text in too_little(held, budget, awards)]:
        raise Refused(_("The budget cannot become smaller than what it holds."), reasons)
    if (held.budget, held.awards) != (budget, awards):
        held.budget, held.awards = budget, awards
        held.save(update_fields=["budget", "awards"])
        record("change_budget", held, by=by)
    return held
