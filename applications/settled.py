"""Which files are settled by their answer: judging says so here, and everything that concerns a living file obeys.

Nothing to the left of judging needs to know the word of a decision. A settled file changes no more, even while its
cycle is open, and nobody is reminded of it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

# Rows with their `application` and the moment of the answer as `answered_at`.
Finder = Callable[[], models.QuerySet[Any, Any]]
Rows = TypeVar("Rows", bound=models.QuerySet[Any, Any])
_finders: list[Finder] = []


def settles(find: Finder) -> Finder:
    """Have the files that this finds stay as they were submitted, and out of every reminder."""
    _finders.append(find)
    return find


def settled() -> Q:
    """Which applications are settled; as costly before as after."""
    told = Q(pk__in=[])
    for find in _finders:
        told |= Q(pk__in=find().order_by().values("application"))
    return told


def unsettled(rows: Rows, *, since: str | None = None) -> Rows:
    """The rows whose `application` has no answer yet; with `since`, none after the moment in that column."""
    for find in _finders:
        answers = find().filter(application=OuterRef("application"))
        if since:
            answers = answers.filter(answered_at__gte=OuterRef(since))
        rows = rows.filter(~Exists(answers))
    return rows
