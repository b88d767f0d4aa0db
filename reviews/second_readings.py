"""The files that most need another reading, and how much: what a second round of assignment serves first."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Exists, OuterRef

from applications.models import Choice
from applications.models.application import FILED
from cycles.models import Cycle, Intake
from reviews.models import Decision, Standing
from reviews.ranking import APART, NEAR

DISAGREEING, CLOSE, HEARD_ONCE = 1000, 500, 300
Mean = tuple[int, Decimal]


def wanted(cycle: Cycle) -> dict[int, int]:
    """Application's id → weight, from 1 up, heavier where another reading changes more; three queries.

    Only files that everyone asked has read, and without an answer on its way. Readers who are 1.5 points
    apart or more weigh most, then a mean near the line of the seats, then a single review; they add up.
    """
    rows = _marked(cycle)
    close = near_the_line(cycle, [(row.pk, row.mean or Decimal(0)) for row in rows])
    weights = {row.pk: _own(row, cycle) + close.get(row.pk, 0) for row in rows if _is_free(row)}
    return {pk: weight for pk, weight in weights.items() if weight}


def _marked(cycle: Cycle) -> list[Standing]:
    """Where the files that have a mean stand; `decided` on each says whether an answer is on its way."""
    decided = Decision.objects.filter(application=OuterRef("pk"), is_current=True)
    rows = Standing.objects.filter(cycle=cycle, mean__isnull=False, application__status__in=FILED)
    return list(rows.annotate(decided=Exists(decided)))


def _is_free(row: Standing) -> bool:
    """Whether nobody still reads it and nothing is decided."""
    return row.asked == row.handed_in and not row.decided  # type: ignore[attr-defined]


def _own(row: Standing, cycle: Cycle) -> int:
    """What its own marks say, without those of the others."""
    apart = DISAGREEING + int(row.apart * 100) if row.apart >= APART else 0
    return apart + (HEARD_ONCE if row.handed_in < min(cycle.reviews_per_file, 2) else 0)


def near_the_line(cycle: Cycle, means: list[Mean]) -> dict[int, int]:
    """Application's id → weight for those within twelve ranks of a program's last seat, by mean; two queries."""
    seats = {row.program_id: row.seats or 0 for row in Intake.objects.filter(cycle=cycle)}
    asks: dict[int, set[int]] = defaultdict(set)
    for program, application in Choice.objects.filter(
        application__cycle=cycle, program__in=seats
    ).values_list("program", "application"):
        asks[program].add(application)
    weights: dict[int, int] = {}
    for program, last in seats.items():
        ranked = sorted((row for row in means if row[0] in asks[program]), key=_best_first)
        for rank, (pk, _mean) in enumerate(ranked, 1):
            far = last - rank if rank <= last else rank - last - 1
            # Without seats, or with seats for everybody, there is no line to be near to.
            if last and far < NEAR and len(ranked) > last:
                weights[pk] = max(weights.get(pk, 0), CLOSE * (NEAR - far) // NEAR)
    return weights


def _best_first(row: Mean) -> tuple[Decimal, int]:
    return -row[1], row[0]
