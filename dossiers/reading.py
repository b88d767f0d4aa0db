"""Which files somebody reads already, before their cycle has closed; judging knows."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

Finder = Callable[[], models.QuerySet[Any, Any]]
_finders: list[Finder] = []


def reads(find: Finder) -> Finder:
    """Have dossiers bound for the applications of the rows that this finds, however early."""
    _finders.append(find)
    return find


def is_read() -> Q:
    """The applications that somebody reads: looked up one by one, never all together."""
    found = Q(pk__in=[])
    for find in _finders:
        found |= Q(Exists(find().filter(application_id=OuterRef("pk"))))
    return found
