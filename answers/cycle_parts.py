"""The margins of a cycle: copied to the next one; without them the usual margin counts, so none is ever lacking."""

from collections.abc import Iterator

from answers.models import Margin
from cycles.copying import give
from cycles.models import Cycle
from cycles.parts import Gap, register


def copy(old: Cycle, new: Cycle) -> None:
    """The same margins."""
    for margin in Margin.objects.filter(cycle=old):
        give(margin, new)


def gaps(cycle: Cycle) -> Iterator[Gap]:
    """None."""
    yield from ()


register(copy=copy, gaps=gaps)
