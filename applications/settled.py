"""What settles a file for good, so that it changes no more even while its cycle is open: later apps say so here.

An answer that was released does; nothing to the left of `answers` needs to know the word.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

Finder = Callable[[], QuerySet[Any, Any]]
_finders: list[Finder] = []


def settles(find: Finder) -> Finder:
    """Have the applications whose ids this finds stay as they were submitted."""
    _finders.append(find)
    return find


def settled() -> Q:
    """Which applications are settled; as costly before as after."""
    told = Q(pk__in=[])
    for find in _finders:
        told |= Q(pk__in=find())
    return told
