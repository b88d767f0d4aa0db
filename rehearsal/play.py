"""A cycle that is being played: the stage, its people, the dice, and what was seen."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from rehearsal.clock import Clock
from rehearsal.person import Person
from rehearsal.seen import Seen
from rehearsal.stage import Stage

AT_ONCE = 6


def silent(line: str) -> None:
    """Nobody listens."""


def nothing(done: Callable[[], bool]) -> None:
    """Meanwhile nothing else happens."""


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

    @property
    def last_moment(self) -> datetime:
        """The close with its silent grace: what arrives later is refused."""
        ((minutes,),) = self.stage.sql(
            "SELECT grace_minutes FROM cycles_cycle WHERE code = %s", [self.cycle_code]
        )
        return self.cycle("closes_at") + timedelta(minutes=minutes)

    def during(self, share: float) -> datetime:
        """A moment of the weeks in which people apply: 0 is the opening, 1 the close."""
        opens = self.cycle("opens_at")
        return opens + (self.cycle("closes_at") - opens) * share

    def with_temper(self, *tempers: str) -> list[Person]:
        """The applicants who go about it in one of these ways."""
        return [person for person in self.applicants if person.temper in tempers]

    def together(
        self,
        act: Callable[[Person], object],
        people: Iterable[Person],
        meanwhile: Callable[[Callable[[], bool]], None] = nothing,
    ) -> None:
        """Several do the same at once; what goes wrong for one of them is written down, and the others go on.

        `meanwhile` runs in this very thread, which outlasts what it starts, and is told how to ask whether they are done.
        """

        def one(person: Person) -> None:
            try:
                act(person)
            except Exception as error:
                self.seen.wrong("story", f"{self.today}: {person.key}: {error!r:.300}")

        with ThreadPoolExecutor(AT_ONCE) as crew:
            working = [crew.submit(one, person) for person in people]
            meanwhile(lambda: all(work.done() for work in working))

    def until(self, moment: datetime) -> None:
        """It is at least that moment."""
        if self.clock.now < moment:
            self.clock.move_to(moment)


Day = Callable[[Play], None]
