"""The seats of a cycle: filled, promised, free; and how many may register."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from cycles.models import Cycle, Program
from enrolment.figures import Figures, figures
from enrolment.forecast import Forecast, earlier, forecast
from enrolment.listing import Board
from enrolment.models import Deferral


@dataclass(frozen=True)
class Seats:
    """One program of a cycle. `promised`: places kept for people of earlier years."""

    program: Program
    seats: int | None
    promised: int
    taken: int
    figures: Figures
    forecast: Forecast

    @property
    def free(self) -> int | None:
        """Seats that nobody holds, may still take, or was promised; below zero when there are too many people."""
        return None if self.seats is None else self.seats - self.taken - self.promised

    @property
    def over(self) -> int:
        """How many people there are too many."""
        return max(-(self.free or 0), 0)


def seats_of(board: Board) -> list[Seats]:
    """Each program of the cycle, in two queries more than the board."""
    before, cycles = earlier(board.cycle, board.at)
    promised = promises(board.cycle)
    found = []
    for intake in board.intakes:
        rows = [row for row in board.entries if row.place.program == intake.program_id]
        told = forecast(board.cycle, rows, before, program=intake.program_id, cycles=cycles)
        taken = sum(row.place.takes_a_seat for row in rows)
        kept = promised[intake.program_id]
        found.append(Seats(intake.program, intake.seats, kept, taken, figures(rows), told))
    return found


def promises(cycle: Cycle) -> "Counter[int]":
    """How many places of each program were promised to people of earlier years."""
    rows = Deferral.objects.standing().filter(to_cycle=cycle).order_by()
    return Counter(dict(rows.values_list("program").annotate(n=Count("pk"))))
