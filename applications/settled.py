"""Which files have their answer: judging says so here, and what reminds people of a file obeys.

Nothing to the left of judging needs to know the word of a decision.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef

# Rows with their `application` and the moment of the answer as `answered_at`.
Finder = Callable[[], models.QuerySet[Any, Any]]
Rows = TypeVar("Rows", bound=models.QuerySet[Any, Any])
_finders: list[Finder] = []


def settles(find: Finder) -> Finder:
    """Leave out of every reminder the files that this finds."""
    _finders.append(find)
    return find


def unsettled(rows: Rows, *, since: str | None = None) -> Rows:
    """The rows whose `application` has no answer yet; with `since`, none after the moment in that column."""
    for find in _finders:
        answers = find().filter(application=OuterRef("application"))
        if since:
            answers = answers.filter(answered_at__gte=OuterRef(since))
        rows = rows.filter(~Exists(answers))
    return rows
