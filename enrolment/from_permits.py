"""What the room of permits tells the board of people on the way."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.functional import Promise

from applications.models import Application
from cycles.models import Cycle
from enrolment.permitting import NONE, Permits, Pip, tells_permits
from enrolment.places import Place
from permits import standing
from permits.models import Kind, State
from permits.standing import OnTheWay, Standing, StepStanding

PIPS = {
    State.TO_DO: Pip.NOT_YET,
    State.READY: Pip.UNDER_WAY,
    State.ASKED: Pip.UNDER_WAY,
    State.MORE: Pip.UNDER_WAY,
    State.OBTAINED: Pip.DONE,
    State.REFUSED: Pip.REFUSED,
    State.NOT_NEEDED: Pip.NOT_NEEDED,
}


@tells_permits
def permits(
    places: Sequence[Place], cycle: Cycle, at: datetime, internships: frozenset[int]
) -> Mapping[int, Permits]:
    """The permits of these people; the board has read what is asked of their files already."""
    people = [
        OnTheWay(
            Application(
                pk=place.application,
                cycle_id=cycle.pk,
                status=place.status,
                canada_status=place.canada,
                start_on=place.start_on,
            ),
            place.filing,
            place.program in internships,
        )
        for place in places
    ]
    return {pk: _told(row) for pk, row in standing.of(people, cycle, at).items()}


def _told(row: Standing) -> Permits:
    """A pip each, and the first step that is open to the person."""
    if not row.needed:
        return NONE
    by_kind = {step.kind: step for step in row.steps}
    pips = [_pip(by_kind.get(kind)) for kind in (Kind.CAQ, Kind.STUDY, Kind.COOP)]
    opened = (step for step in row.steps if step.is_open and step.state == State.TO_DO)
    first = next(opened, None)
    words: str | Promise = Kind(first.kind).label if first else ""
    return Permits(pips[0], pips[1], pips[2], row.next_due, words)


def _pip(step: StepStanding | None) -> Pip:
    """How far one permit is; a step that the person's path does not have is not needed."""
    if step is None:
        return Pip.NOT_NEEDED
    return Pip.LATE if step.is_late else PIPS[State(step.state)]
