"""How many may register, by plain arithmetic: of the people of earlier years who were as far, how many registered.

No model, no person: for each step, a share of earlier cycles with its 90% interval (Wilson's), times the people who are
there now. The ends of the sum add up the ends of the shares, which is wider than need be and promises less.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor, sqrt

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cycles.clock import day_of
from cycles.models import Cycle
from enrolment.listing import Entry
from followup.models import Filing, UdemFile

# So few say nothing: no share is made of less.
FEWEST = 10
Z = 1.645  # 90%, both ends
YES, FILED, DECIDED, ACCEPTED = "yes", "filed", "decided", "accepted"
STEPS: dict[str, Promise] = {
    YES: _("Said yes, not filed yet"),
    FILED: _("Filed at UdeM"),
    DECIDED: _("Admitted by UdeM"),
    ACCEPTED: _("Accepted UdeM’s offer"),
}


@dataclass(frozen=True)
class Line:
    """One step: who is there now; of earlier people who came as far, how many registered."""

    key: str
    here: int
    reached: int
    registered: int

    @property
    def label(self) -> Promise:
        """The step in words."""
        return STEPS[self.key]

    @property
    def share(self) -> float:
        """Those who registered, of one."""
        return self.registered / self.reached if self.reached else 0.0

    @property
    def percent(self) -> int:
        """The same, of a hundred."""
        return round(100 * self.share)

    @property
    def ends(self) -> tuple[float, float]:
        """Wilson's interval of the share."""
        n, p = self.reached, self.share
        middle, width = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return (middle - width) / (1 + Z * Z / n), (middle + width) / (1 + Z * Z / n)


@dataclass(frozen=True)
class Forecast:
    """The sum; `certain` are registered already. Without enough earlier people there is none."""

    certain: int
    lines: list[Line]
    cycles: int
    reached: int

    @property
    def is_known(self) -> bool:
        """Whether there were enough people before to make shares of."""
        return all(line.reached >= FEWEST for line in self.lines if line.here)

    @property
    def expected(self) -> int:
        """How many may register, those who have included."""
        return self.certain + round(sum(line.here * line.share for line in self.lines))

    @property
    def low(self) -> int:
        """The lower end."""
        return self.certain + floor(
            sum(line.here * line.ends[0] for line in self.lines if line.here)
        )

    @property
    def high(self) -> int:
        """The upper end."""
        total = sum(line.here * line.ends[1] for line in self.lines if line.here)
        return min(self.certain + ceil(total), self.certain + sum(line.here for line in self.lines))


def step_of(filing: str) -> str:
    """The step at which somebody who said yes is now."""
    if filing == Filing.ACCEPTED:
        return ACCEPTED
    if filing in (Filing.ADMITTED, Filing.CONDITIONAL):
        return DECIDED
    return YES if filing == Filing.TO_FILE else FILED


def forecast(
    cycle: Cycle,
    rows: Iterable[Entry],
    before: "Counter[tuple[int, str, bool]]",
    *,
    program: int,
    cycles: int,
) -> Forecast:
    """What the people of one program may come to; costs no query."""
    mine = [row.place for row in rows if row.place.program == program and row.place.said_yes]
    here = Counter(step_of(place.filing) for place in mine if not place.is_over)
    lines = [
        Line(
            key,
            here[key],
            before[program, key, True] + before[program, key, False],
            before[program, key, True],
        )
        for key in STEPS
    ]
    certain = sum(place.filing == Filing.REGISTERED for place in mine)
    return Forecast(certain, lines, cycles, lines[0].reached)


def earlier(cycle: Cycle, at: datetime) -> tuple["Counter[tuple[int, str, bool]]", int]:
    """Of the cycles before whose studies have begun: who came how far, and registered or not; and how many cycles."""
    past = UdemFile.objects.filter(
        offer__decision__application__cycle__opens_at__lt=cycle.opens_at,
        offer__decision__application__cycle__starts_on__lte=day_of(at),
    )
    counted: Counter[tuple[int, str, bool]] = Counter()
    cycles = set()
    columns = ("program", "status", "filed_on", "decided_on", "accepted_on")
    for *facts, of in past.values_list(*columns, "offer__decision__application__cycle"):
        program, status, filed_on, decided_on, accepted_on = facts
        cycles.add(of)
        registered = status == Filing.REGISTERED
        admitted = decided_on is not None and status not in (Filing.REFUSED, Filing.CLOSED)
        came = {
            YES: True,
            FILED: registered or filed_on is not None,
            DECIDED: registered or admitted or accepted_on is not None,
            ACCEPTED: registered or accepted_on is not None,
        }
        counted.update((program, key, registered) for key, so_far in came.items() if so_far)
    return counted, len(cycles)
