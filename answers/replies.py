"""How people replied to the offers of earlier cycles: a later app knows, and says so here."""

from collections.abc import Callable
from dataclasses import dataclass

from cycles.models import Cycle, Program

# Of fewer offers than that nothing is said.
LEAST = 5


@dataclass(frozen=True)
class Replies:
    """How many offers were made, and how many of them were accepted."""

    offers: int
    accepted: int


Teller = Callable[[Cycle, Program], Replies]
_tellers: list[Teller] = []


def tells(teller: Teller) -> Teller:
    """Have the board know the replies to the offers of a program in the cycles before one."""
    _tellers.append(teller)
    return teller


def before(cycle: Cycle, program: Program) -> Replies | None:
    """What the cycles before this one tell; None when that is too little to say anything."""
    told = [teller(cycle, program) for teller in _tellers]
    offers, accepted = sum(one.offers for one in told), sum(one.accepted for one in told)
    return Replies(offers, accepted) if offers >= LEAST else None
