"""How each reader uses the scale: seen by the coordination whole, by a reader for themselves alone."""

from dataclasses import dataclass

from accounts.models import User
from accounts.permissions import coordinates
from cycles.models import Cycle
from reviews.models import Estimate
from reviews.models.estimate import Scale


@dataclass(frozen=True)
class Line:
    """A reader, and how strict they are."""

    reader: User
    scale: Scale

    @property
    def points(self) -> float:
        """What they give beyond the average reader: negative for a strict one."""
        return -self.scale.severity

    @property
    def least(self) -> float:
        """The lower end of its range."""
        return -self.scale.high

    @property
    def most(self) -> float:
        """The upper end."""
        return -self.scale.low


def lines(cycle: Cycle, *, user: User) -> list[Line]:
    """The strictest first, for a coordinator; a reader gets their own line; two queries."""
    estimate = Estimate.objects.filter(cycle=cycle).first()
    if estimate is None:
        return []
    wanted = [int(pk) for pk in estimate.scales] if coordinates(user) else [user.pk]
    found = [
        Line(person, scale)
        for person in User.objects.filter(pk__in=wanted)
        if (scale := estimate.scale_of(person.pk))
    ]
    return sorted(found, key=lambda line: -line.scale.severity)
