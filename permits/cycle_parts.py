"""What is told of permits in a cycle: copied to the next one. Nothing of it is ever lacking, as nobody is locked out."""

from collections.abc import Iterator

from cycles.copying import give
from cycles.models import Cycle
from cycles.parts import Gap, register
from permits.models import PermitGuide, PermitTerms


def copy(old: Cycle, new: Cycle) -> None:
    """The same delays and texts; the day on which the amounts were read stays, and says how old they are."""
    for model in (PermitTerms, PermitGuide):
        for row in model._default_manager.filter(cycle=old):
            give(row, new)


def gaps(cycle: Cycle) -> Iterator[Gap]:
    """None."""
    yield from ()


register(copy=copy, gaps=gaps)
