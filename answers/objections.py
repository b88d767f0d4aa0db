"""What stands against a correction: later apps say so here, and no correction goes out against them.

What follows an answer (a reply, a file at the university) is known to apps above this one, which register.
"""

from collections.abc import Callable, Iterable

from django.db import models

from reviews.models import Decision

Objection = tuple[str, str]
Objector = Callable[["models.QuerySet[Decision]"], Iterable[Objection]]
_objectors: list[Objector] = []


def objects(find: Objector) -> Objector:
    """Have every correction judged by this: of some corrections, the numbers of files and a sentence each."""
    _objectors.append(find)
    return find


def objections(corrections: "models.QuerySet[Decision]") -> list[Objection]:
    """Everything that stands against these corrections now, by the number of the file."""
    return sorted(found for find in _objectors for found in find(corrections))
