"""Which cycle and which program an address asks for, and the cycle before, to compare with; one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cycles.models import Cycle, Intake, Phase, Program


@dataclass(frozen=True)
class Chosen:
    """What the page is about. Without a program: all of them."""

    cycle: Cycle
    cycles: list[Cycle]
    programs: list[Program]
    program: Program | None = None

    @property
    def before(self) -> Cycle | None:
        """The cycle that closed before this one."""
        earlier = [row for row in self.cycles if row.closes_at < self.cycle.closes_at]
        return max(earlier, key=lambda row: row.closes_at, default=None)

    @property
    def shown(self) -> list[Program]:
        """The columns of the figures."""
        return [self.program] if self.program else self.programs


def chosen(code: str, program: str, *, at: datetime) -> Chosen | None:
    """The published cycle of this code, else the current one; its program of this code, else all of them."""
    intakes = (
        Intake.objects.filter(cycle__is_published=True)
        .select_related("cycle", "program")
        .defer("cycle__notice_fr", "cycle__notice_en")
        .order_by("-cycle__opens_at", "program__position", "program__code")
    )
    cycles: dict[int, Cycle] = {}
    programs: dict[int, list[Program]] = {}
    for row in intakes:
        cycles.setdefault(row.cycle_id, row.cycle)
        programs.setdefault(row.cycle_id, []).append(row.program)
    listed = list(cycles.values())
    cycle = next((row for row in listed if row.code == code), None) or current_of(listed, at)
    if cycle is None:
        return None
    of_cycle = programs[cycle.pk]
    return Chosen(
        cycle, listed, of_cycle, next((row for row in of_cycle if row.code == program), None)
    )


def current_of(cycles: Sequence[Cycle], at: datetime) -> Cycle | None:
    """What `Cycle.objects.current()` answers, of published cycles that were fetched already; no query."""
    opened = [row for row in cycles if row.opens_at <= at]
    coming = [row for row in cycles if row.opens_at > at]
    last = max(opened, key=lambda row: row.opens_at, default=None)
    first = min(coming, key=lambda row: row.opens_at, default=None)
    return first if first and last and last.phase(at) == Phase.AFTER else last or first
