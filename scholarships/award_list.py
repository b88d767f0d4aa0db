"""The awards of a round as the coordination reads them: each with its state and its payments, and who waits."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from applications.sight import unhidden
from cycles.clock import day_of
from scholarships.awarding import is_reduced
from scholarships.calling import passed_over, waiting
from scholarships.ledger import Ledger, of_round
from scholarships.left_out import left_out
from scholarships.models import Award, Payment, Result, Round, decided
from scholarships.money import money_text

TONES = {
    Award.Status.OFFERED: ("time", "clock"),
    Award.Status.ACCEPTED: ("info", "check"),
    Award.Status.CONFIRMED: ("ok", "check"),
    Award.Status.DECLINED: ("", "x"),
    Award.Status.LAPSED: ("", "x"),
}


@dataclass(frozen=True)
class Line:
    """An award."""

    award: Award
    payments: list[Payment]

    @property
    def is_reduced(self) -> bool:
        """Whether it is a top-up, because of what its person holds besides."""
        return is_reduced(self.award)

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES[Award.Status(self.award.status)][0]

    @property
    def icon(self) -> str:
        """The sign of its state."""
        return TONES[Award.Status(self.award.status)][1]

    @property
    def paid(self) -> str:
        """What was paid of it, in words."""
        return money_text(sum((row.amount for row in self.payments if row.paid_on), Ledger().paid))

    @property
    def is_kept(self) -> bool:
        """Whether its person said yes."""
        return self.award.status in Award.KEPT

    @property
    def is_over(self) -> bool:
        """Whether it ended."""
        return self.award.status not in Award.STANDING


@dataclass(frozen=True)
class Waiting:
    """A person on the waitlist; `blocked` says why they cannot be called."""

    result: Result
    blocked: str
    is_next: bool


@dataclass(frozen=True)
class Listing:
    """All of a round, for one person of the staff. `hidden_next`: the next is kept from them."""

    money: Ledger
    lines: list[Line]
    queue: list[Waiting]
    hidden_next: bool
    to_pay: list[Payment] = field(default_factory=list)
    paid: list[Payment] = field(default_factory=list)
    left_out: list[tuple[Result, str]] = field(default_factory=list)

    @property
    def next(self) -> Result | None:
        """Who is called next, where this person may see them."""
        return next((one.result for one in self.queue if one.is_next), None)


def seen_results(user: Any, rows: QuerySet[Result]) -> QuerySet[Result]:
    """The results of files that are decided, and that nothing keeps from this person."""
    known = rows.filter(decided("candidacy__application"))
    return unhidden(known, user, "candidacy__application")


def listing(row: Round, user: Any, at: datetime) -> Listing:
    """What the page shows, in a number of queries that does not grow with the awards."""
    awards = list(
        Award.objects.visible_to(user)
        .filter(candidacy__round=row)
        .select_related(
            "candidacy__application__applicant", "candidacy__result", "candidacy__round"
        )
        .prefetch_related("payments")
        .order_by("candidacy__number")
    )
    everybody = list(waiting(row))
    blocked = passed_over(everybody, day_of(at))
    following = next((one.pk for one in everybody if one.pk not in blocked), None)
    seen = list(seen_results(user, waiting(row)))
    gone = left_out(row)
    told = set(seen_results(user, Result.objects.filter(candidacy__in=gone)) if gone else ())
    lines = [Line(award, list(award.payments.all())) for award in awards]
    for line in lines:
        for payment in line.payments:
            payment.award = line.award
    payments = sorted(
        (payment for line in lines for payment in line.payments),
        key=lambda one: (one.due_on, one.award.candidacy.number),
    )
    return Listing(
        money=of_round(row),
        lines=lines,
        queue=[Waiting(one, blocked.get(one.pk, ""), one.pk == following) for one in seen],
        hidden_next=following is not None and following not in {one.pk for one in seen},
        to_pay=[one for one in payments if not one.paid_on],
        paid=[one for one in payments if one.paid_on],
        left_out=[(one, why) for one, why in gone.values() if one in told],
    )
