"""Advice for each program that a file asks for, and the one advice that sums it up."""

from collections.abc import Mapping, Sequence

from cycles.models import Program
from reviews.models import Recommendation

# The best first, as the page shows them.
BEST_FIRST = list(Recommendation.values)


def summed_up(advice: Mapping[str, str], programs: Sequence[Program]) -> tuple[str, Program | None]:
    """The best advice given so far, and the program it is for: the first asked for among equals.

    `advice`: program's code → a Recommendation. Declining is for no program.
    """
    given = [(BEST_FIRST.index(advice[row.code]), row) for row in programs if row.code in advice]
    if not given:
        return "", None
    place, program = min(given, key=lambda pair: pair[0])
    best = BEST_FIRST[place]
    return best, None if best == Recommendation.DECLINE else program


def lacking(advice: Mapping[str, str], asked: Sequence[str]) -> list[str]:
    """The codes of the programs without advice, in the order in which they were asked for."""
    return [code for code in asked if code not in advice]
