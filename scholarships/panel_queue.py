"""A panelist's queue: the numbers of a round, whether each is eligible, how far one's own reading is."""

from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from scholarships.eligible import eligible
from scholarships.judging import mark_of
from scholarships.models import Candidacy, Reading, Recusal, Result, Round


@dataclass(frozen=True)
class Line:
    """One application in a panelist's queue."""

    candidacy: Candidacy
    is_eligible: bool
    reading: Reading | None
    mark: Decimal | None = None
    is_settled: bool = False

    @property
    def number(self) -> str:
        """All that a list tells of somebody."""
        return self.candidacy.number

    @property
    def is_handed_in(self) -> bool:
        """Whether one's own reading counts."""
        return self.reading is not None and self.reading.status == Reading.Status.HANDED_IN

    @property
    def is_left(self) -> bool:
        """Whether this one waits for one's reading."""
        return self.is_eligible and not self.is_handed_in and not self.is_settled

    @property
    def is_closed(self) -> bool:
        """Whether no score is asked for: not eligible, or a result was proposed without it."""
        return not self.is_handed_in and not self.is_left


@dataclass(frozen=True)
class Queue:
    """The lines of one round, in the order of their numbers, which follow neither names nor time."""

    round: Round
    lines: list[Line]

    @property
    def asked(self) -> int:
        """How many are to be scored, or were."""
        return sum(not line.is_closed for line in self.lines)

    @property
    def scored(self) -> int:
        """How many of them this panelist handed in."""
        return sum(line.is_handed_in for line in self.lines)

    @property
    def left(self) -> int:
        """How many wait."""
        return self.asked - self.scored

    @property
    def following(self) -> Line | None:
        """What to read next: the first that was begun, else the first that waits."""
        waiting = [line for line in self.lines if line.is_left]
        return next((line for line in waiting if line.reading), next(iter(waiting), None))

    def of(self, candidacy: Candidacy) -> Line:
        """The line of this application."""
        return next(line for line in self.lines if line.candidacy.pk == candidacy.pk)

    def after(self, number: str) -> Line | None:
        """The next that waits after this one, then from the top."""
        waiting = [line for line in self.lines if line.is_left and line.number != number]
        return next((line for line in waiting if line.number > number), next(iter(waiting), None))


def queue_of(row: Round, reader: User) -> Queue:
    """What this panelist reads in a round; five queries, one of them the vault's."""
    rows = Candidacy.objects.panel_of(reader).filter(round=row)
    found = list(rows.select_related("round", "application").order_by("number"))
    may, measures = eligible(found), list(row.measures.all())
    own = Reading.objects.filter(person=reader, candidacy__in=found)
    results = Result.objects.filter(candidacy__in=found).exclude(status=Result.Status.SET_ASIDE)
    settled = set(results.values_list("candidacy_id", flat=True))
    written = {reading.candidacy_id: reading for reading in own}
    return Queue(
        row,
        [
            Line(
                one,
                one.pk in may,
                reading,
                mark_of(reading, measures) if reading else None,
                is_settled=one.pk in settled,
            )
            for one in found
            for reading in [written.get(one.pk)]
        ],
    )


def stayed_away(row: Round, reader: User) -> list[Recusal]:
    """What this panelist said they are too close to, in this round."""
    rows = Recusal.objects.filter(person=reader, candidacy__round=row)
    return list(rows.select_related("candidacy").order_by("candidacy__number"))
