"""A cycle that is being played: the stage, its people, the dice, and what was seen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from rehearsal.clock import Clock
from rehearsal.person import Person
from rehearsal.seen import Seen
from rehearsal.stage import Stage


def silent(line: str) -> None:
    """Nobody listens."""


@dataclass
class Play:
    """One rehearsal. `staff` by role: coordinator, director, reader, panelist, edi_officer, administrator."""

    stage: Stage
    cycle_code: str
    dice: Random
    applicants: list[Person] = field(default_factory=list)
    staff: dict[str, list[Person]] = field(default_factory=dict)
    seen: Seen = field(default_factory=Seen)
    faults: bool = True
    plants: frozenset[str] = frozenset()  # which promises this rehearsal breaks on purpose
    say: Callable[[str], None] = silent
    today: str = ""  # the day that is played

    @property
    def clock(self) -> Clock:
        """The clock of the stage."""
        return self.stage.clock

    @property
    def submitted(self) -> list[Person]:
        """The applicants who saw a receipt."""
        return [person for person in self.applicants if person.receipt]

    def cycle(self, name: str) -> datetime:
        """A date or moment of the cycle, by the name of its column (`closes_at`, `release_on`, …)."""
        ((value,),) = self.stage.sql(
            f"SELECT {name} FROM cycles_cycle WHERE code = %s",  # noqa: S608
            [self.cycle_code],
        )
        assert value is not None
        return value


Day = Callable[[Play], None]
