"""The coordination's list of conflicts: proposed first, found by person and origin, judged one by one or together."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count

from accounts.models import User
from audit.moves import Move, available
from cycles.models import Cycle
from reviews.conflicts import MOVES
from reviews.models import Conflict, Origin, Ties

STATUSES = list(Conflict.Status)


@dataclass(frozen=True)
class Asked:
    """What an address or a form asks for."""

    status: str
    origin: str
    person: int

    @property
    def together(self) -> bool:
        """Whether these may be judged together: one person, one origin."""
        return bool(self.origin and self.person)


def asked(data: Any) -> Asked:
    """The filters, whatever was typed; what makes no sense is not asked."""
    status, origin = data.get("status", ""), data.get("origin", "")
    person = data.get("person", "")
    return Asked(
        status if status in Conflict.Status.values else str(Conflict.Status.PROPOSED),
        origin if origin in Origin.values else "",
        int(person) if person.isascii() and person.isdecimal() and len(person) < 10 else 0,
    )


def rows(cycle: Cycle, user: Any, wanted: Asked) -> "models.QuerySet[Conflict]":
    """The conflicts asked for that this person may see, by person, then file."""
    found = Conflict.objects.visible_to(user).filter(application__cycle=cycle)
    found = found.filter(status=wanted.status)
    if wanted.origin:
        found = found.filter(origin=wanted.origin)
    if wanted.person:
        found = found.filter(person=wanted.person)
    return found.select_related("application", "person", "judged_by").order_by(
        "person__full_name", "person", "application__number", "pk"
    )


def counts(cycle: Cycle, user: Any) -> dict[str, int]:
    """How many of each status, of those that this person may see."""
    found = Conflict.objects.visible_to(user).filter(application__cycle=cycle)
    return dict(found.order_by().values_list("status").annotate(n=Count("pk")))


def with_moves(found: Any, user: User) -> list[tuple[Conflict, set[str]]]:
    """Each with the names of the moves that this person could make; no query."""
    return [(row, names(available(row, MOVES, by=user))) for row in found]


def names(moves: list[Move]) -> set[str]:
    """What templates ask for."""
    return {move.name for move in moves}


def people_compared(everyone: "models.QuerySet[User]") -> list[tuple[User, bool]]:
    """Who is compared with the files, and whether they said whom they are close to; two queries."""
    said = set(Ties.objects.values_list("person", flat=True))
    return [(one, one.pk in said) for one in everyone.order_by("full_name", "email")]
