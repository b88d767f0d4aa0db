"""What the board knows of permits: whether they are needed, how far each is, what is due.

The room of permits knows the rest and tells it here, for many people at once; without it, only the need is known.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise

from applications.models.application import CanadaStatus
from cycles.models import Cycle
from enrolment.places import Place

SETTLED = (CanadaStatus.CITIZEN, CanadaStatus.RESIDENT)


class Pip(StrEnum):
    """How far one step is."""

    DONE = "done"
    UNDER_WAY = "under_way"
    LATE = "late"
    NOT_YET = "not_yet"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"
    NEVER = "never"


class Permits(NamedTuple):
    """One person's permits: a pip each, and the next thing due from them, if something is."""

    caq: Pip
    study: Pip
    coop: Pip
    due: date | None = None
    step: str | Promise = ""

    @property
    def needed(self) -> bool:
        """Whether one of them at least is needed."""
        return any(pip != Pip.NOT_NEEDED for pip in self[:3])

    @property
    def under_way(self) -> bool:
        """Whether one was asked for, and not all that are needed are there."""
        pips = [pip for pip in self[:3] if pip != Pip.NOT_NEEDED]
        begun = any(pip in (Pip.UNDER_WAY, Pip.DONE) for pip in pips)
        return begun and any(pip != Pip.DONE for pip in pips)

    @property
    def are_missing(self) -> bool:
        """Whether one that is needed is not there."""
        return any(pip not in (Pip.NOT_NEEDED, Pip.DONE) for pip in self[:3])


Finder = Callable[[Sequence[Place], Cycle, datetime, frozenset[int]], Mapping[int, Permits]]
_finders: list[Finder] = []
NONE = Permits(Pip.NOT_NEEDED, Pip.NOT_NEEDED, Pip.NOT_NEEDED)
NOT_BEGUN = Permits(Pip.NOT_YET, Pip.NOT_YET, Pip.NOT_NEEDED)
WITH_INTERNSHIP = Permits(Pip.NOT_YET, Pip.NOT_YET, Pip.NOT_YET)


def tells_permits(find: Finder) -> Finder:
    """Decorate: this finds the permits of many people by application, in a number of queries that does not grow.

    It is given those on the way, their cycle, the moment, and the programs whose internship is compulsory.
    """
    _finders.append(find)
    return find


def permits_of(
    places: Sequence[Place], cycle: Cycle, at: datetime, *, internships: frozenset[int]
) -> dict[int, Permits]:
    """The permits of each person by application; `internships`: the programs whose internship is compulsory."""
    found: dict[int, Permits] = {place.application: by_need(place, internships) for place in places}
    on_the_way = [place for place in places if place.said_yes and not place.is_over]
    for find in _finders:
        found.update(find(on_the_way, cycle, at, internships))
    return found


def by_need(place: Place, internships: frozenset[int]) -> Permits:
    """What the person's own word about their status in Canada means."""
    if not place.canada or place.canada in SETTLED:
        return NONE
    return WITH_INTERNSHIP if place.program in internships else NOT_BEGUN
