"""A round's ranking, derived from the panel's readings each time that somebody looks.

The mark of a reading is the weighted mean of what could be judged, from 1 to 5: the weights are those of the measures that were
judged, so that "cannot judge" takes nothing away. An application's mean is that of its marks. Equal means share a place.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import Exists, OuterRef

from accounts.models import User
from reviews.models import Decision, Outcome
from reviews.scoring import THOUSANDTH
from scholarships.eligible import eligible
from scholarships.judging import mark_of
from scholarships.models import Candidacy, Reading, Recusal, Result, Round, Seat


@dataclass(frozen=True)
class Line:
    """One application of a round, as the panel left it."""

    candidacy: Candidacy
    is_eligible: bool
    marks: tuple[Decimal, ...]
    wanted: int
    result: Result | None
    is_declined: bool = False
    place: int | None = None
    is_tied: bool = False

    @property
    def mean(self) -> Decimal | None:
        """The mean of the marks, to three decimals; None while nobody has handed in a mark."""
        if not self.marks:
            return None
        return (sum(self.marks, Decimal(0)) / len(self.marks)).quantize(THOUSANDTH)

    @property
    def spread(self) -> Decimal | None:
        """How far the highest mark is from the lowest; None with fewer than two."""
        return max(self.marks) - min(self.marks) if len(self.marks) > 1 else None

    @property
    def is_complete(self) -> bool:
        """Whether as many have read it as the round asks."""
        return len(self.marks) >= self.wanted

    @property
    def is_shown(self) -> bool:
        """Whether its person can read the result: nothing of it can change any more."""
        return self.result is not None and self.result.status == Result.Status.SHOWN

    @property
    def standing(self) -> Result | None:
        """The result, unless it was set aside."""
        gone = self.result is None or self.result.status == Result.Status.SET_ASIDE
        return None if gone else self.result


@dataclass(frozen=True)
class Ranking:
    """The lines in order, those apart, and how many awards there are; None where the round does not say."""

    round: Round
    lines: list[Line]
    apart: list[Line]
    awards: int | None

    @property
    def all(self) -> list[Line]:
        """Everybody."""
        return [*self.lines, *self.apart]

    def by_id(self) -> dict[int, Line]:
        """Each line by its application."""
        return {line.candidacy.pk: line for line in self.all}

    def seen_by(self, user: User) -> "Ranking":
        """The same places, without the lines that are kept from this person; one query."""
        rows = Candidacy.objects.visible_to(user).filter(round=self.round)
        seen = set(rows.values_list("pk", flat=True))
        lines = [line for line in self.lines if line.candidacy.pk in seen]
        apart = [line for line in self.apart if line.candidacy.pk in seen]
        return Ranking(self.round, lines, apart, self.awards)


def ranking(row: Round) -> Ranking:
    """Everybody whom the panel judges in a round; the number of queries does not grow."""
    found = list(_candidacies(row))
    may, marks = eligible(found), _marks(row)
    lines = [
        Line(
            one,
            one.pk in may,
            tuple(marks[one.pk]),
            row.panel_size,
            getattr(one, "result", None),
            is_declined=one.declined,  # type: ignore[attr-defined]
        )
        for one in found
    ]
    ranked = [line for line in lines if line.is_eligible]
    apart = [line for line in lines if not line.is_eligible]
    return Ranking(row, _placed(ranked), apart, awards_of(row))


def awards_of(row: Round) -> int | None:
    """How many awards the round can give: its number, or what its budget pays, whichever is less."""
    paid = int(row.budget // row.amount) if row.budget is not None and row.amount else None
    limits = [limit for limit in (row.awards, paid) if limit is not None]
    return min(limits) if limits else None


def _candidacies(row: Round) -> Iterable[Candidacy]:
    no = Decision.objects.filter(
        application=OuterRef("application"), is_current=True, outcome=Outcome.DECLINE
    )
    rows = Candidacy.objects.judged().filter(round=row).annotate(declined=Exists(no))
    return rows.select_related("round", "application", "result__proposed_by", "award").order_by(
        "number"
    )


def _marks(row: Round) -> dict[int, list[Decimal]]:
    """The marks that count, by application: handed in, by who still sits and did not stay away."""
    away = Recusal.objects.filter(candidacy=OuterRef("candidacy"), person=OuterRef("person"))
    seat = Seat.objects.filter(round=row, person=OuterRef("person"))
    readings = Reading.objects.filter(
        ~Exists(away), Exists(seat), candidacy__round=row, status=Reading.Status.HANDED_IN
    )
    measures, marks = list(row.measures.all()), defaultdict(list)
    for reading in readings.order_by("pk"):
        if (mark := mark_of(reading, measures)) is not None:
            marks[reading.candidacy_id].append(mark)
    return marks


def _placed(lines: Sequence[Line]) -> list[Line]:
    """The best first with its place; those that nobody has read come last, without one."""

    def key(line: Line) -> Decimal:
        return -(line.mean or Decimal(0))

    placed: list[Line] = []
    for mean, group in groupby(sorted(lines, key=key), key):
        same, place = list(group), len(placed) + 1
        placed += [
            Line(
                **{
                    **vars(line),
                    "place": place if mean else None,
                    "is_tied": bool(mean) and len(same) > 1,
                }
            )
            for line in same
        ]
    return placed
