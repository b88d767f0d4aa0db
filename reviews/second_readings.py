"""The files that most need another reading, and how much: what a second round of assignment serves first."""

from django.db.models import Exists, OuterRef

from applications.models.application import FILED
from cycles.models import Cycle
from reviews.deserving import APART
from reviews.models import Decision, Standing

DISAGREEING, CLOSE, HEARD_ONCE = 1000, 500, 300


def wanted(cycle: Cycle) -> dict[int, int]:
    """Application's id → weight, from 1 up, heavier where another reading changes more; one query.

    Only files that everyone asked has read, and without an answer on its way. Readers who are 1.5 points
    apart or more weigh most, then a chance of a seat that is nearly even, then a single review; they add up.
    """
    decided = Decision.objects.filter(application=OuterRef("pk"), is_current=True)
    rows = Standing.objects.filter(cycle=cycle, mean__isnull=False, application__status__in=FILED)
    weights = {
        row.pk: _argued(row) + _open(row) + _heard_once(row, cycle)
        for row in rows.filter(~Exists(decided))
        if row.asked == row.handed_in
    }
    return {pk: weight for pk, weight in weights.items() if weight}


def _argued(row: Standing) -> int:
    return DISAGREEING + int(row.apart * 100) if row.apart >= APART else 0


def _open(row: Standing) -> int:
    """Whole when the chance of a seat is even, nothing where it is settled; of the program that is closest."""
    if not row.near:
        return 0
    thousandths = (row.chances or {}).values()
    return max((CLOSE * 4 * share * (1000 - share) // 10**6 for share in thousandths), default=0)


def _heard_once(row: Standing, cycle: Cycle) -> int:
    return HEARD_ONCE if row.handed_in < min(cycle.reviews_per_file, 2) else 0
