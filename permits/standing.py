"""How far people are with their permits, for whoever lists many of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from applications.models import Application
from cycles.models import Cycle, Program
from followup.models import UdemFile
from permits.facts import Facts, facts_in
from permits.models import Kind, State
from permits.plan import Lateness


@dataclass(frozen=True)
class StepStanding:
    """One step of a person: `due` is the latest day to ask for it, None where no delay is known."""

    kind: Kind
    state: State
    due: date | None
    is_late: bool
    lateness: Lateness
    # Whether the person can do something for it now, and does not wait for UdeM's letter or for another step.
    is_open: bool


@dataclass(frozen=True)
class Standing:
    """A person's permits. `needed` is False for citizens and permanent residents.

    `steps` is empty before the offer is accepted, and once the file at UdeM came to nothing.
    """

    needed: bool
    steps: list[StepStanding] = field(default_factory=list)

    @property
    def next_due(self) -> date | None:
        """The first latest day of a step that is not asked for yet, passed or to come."""
        counts = (Lateness.LATE, Lateness.SOON, Lateness.ON_TIME)
        days = [step.due for step in self.steps if step.due and step.lateness in counts]
        return min(days, default=None)

    @property
    def is_late(self) -> bool:
        """Whether one of the steps is late."""
        return any(step.is_late for step in self.steps)


@dataclass(frozen=True)
class OnTheWay:
    """Somebody as far as whoever lists them has read already; `filing` is empty without an accepted offer."""

    application: Application
    filing: str
    internship: bool


def of(people: Sequence[OnTheWay], cycle: Cycle, at: datetime) -> dict[int, Standing]:
    """The standing of each file of a cycle by its id, in two queries however many there are."""
    programs = {known: Program(internship_required=known) for known in (True, False)}
    files = {
        one.application.pk: UdemFile(status=one.filing, program=programs[one.internship])
        for one in people
        if one.filing
    }
    found = facts_in(cycle, [one.application for one in people], files)
    return {pk: _standing(facts, at) for pk, facts in found.items()}


def _standing(facts: Facts, at: datetime) -> Standing:
    return Standing(
        needed=facts.needs_any,
        steps=[
            StepStanding(
                line.kind,
                line.state,
                line.due,
                line.lateness == Lateness.LATE,
                line.lateness,
                line.is_open,
            )
            for line in facts.lines(at)
        ],
    )
