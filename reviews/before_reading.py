"""What a reader is asked to do before the first file: other apps say so here, and the queue shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cycles.models import Cycle


@dataclass(frozen=True)
class First:
    """One thing to do first, and its page. `done`: no longer asked, and still worth a link."""

    text: Any
    label: Any
    url: str
    done: bool = False


Finder = Callable[[User, Cycle], First | None]
_finders: list[Finder] = []


def comes_first(find: Finder) -> Finder:
    """Have the queue show what this finds for a reader; never a wall: real files can still be opened."""
    _finders.append(find)
    return find


def before_reading(reader: User, cycle: Cycle) -> list[First]:
    """All that is to be shown above this reader's queue."""
    found = (find(reader, cycle) for find in _finders)
    return [first for first in found if first]
