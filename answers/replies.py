"""How people replied to offers, of earlier cycles and of this one: a later app knows, and says so here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from cycles.models import Cycle, Program
from reviews.models import Decision

# Of fewer offers than that nothing is said.
LEAST = 5


@dataclass(frozen=True)
class Replies:
    """How many offers were made, and how many of them were accepted."""

    offers: int
    accepted: int


Teller = Callable[[Cycle, Program], Replies]
Finder = Callable[[], QuerySet[Any, Any]]
_tellers: list[Teller] = []
_enders: list[Finder] = []
_callers: list[Finder] = []


def tells(teller: Teller) -> Teller:
    """Have the board know the replies to the offers of a program in the cycles before one."""
    _tellers.append(teller)
    return teller


def before(cycle: Cycle, program: Program) -> Replies | None:
    """What the cycles before this one tell; None when that is too little to say anything."""
    told = [teller(cycle, program) for teller in _tellers]
    offers, accepted = sum(one.offers for one in told), sum(one.accepted for one in told)
    return Replies(offers, accepted) if offers >= LEAST else None


def ends(find: Finder) -> Finder:
    """Have the board count no seat for the offers whose decisions' ids this finds: declined, or lapsed."""
    _enders.append(find)
    return find


def ended() -> "QuerySet[Any, Any]":
    """The decisions whose offer holds no seat any more, as a query inside another one."""
    return _found(_enders)


def calls(find: Finder) -> Finder:
    """Have the board count a seat for the waitlist answers whose ids this finds: called, and not declined since."""
    _callers.append(find)
    return find


def called() -> "QuerySet[Any, Any]":
    """The waitlist answers whose person was called and holds a seat, as a query inside another one."""
    return _found(_callers)


def _found(finders: list[Finder]) -> "QuerySet[Any, Any]":
    told = Q(pk__in=[])
    for find in finders:
        told |= Q(pk__in=find())
    return Decision.objects.filter(told).order_by().values("pk")
