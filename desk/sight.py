"""Which files a member of the office may see at the desk: all but those that something keeps from them."""

from collections.abc import Callable
from typing import Any

from django.db import models

from applications.models import Application
from applications.models.application import ApplicationQuerySet

Hider = Callable[[Any], models.QuerySet[Any, Any]]
_hiders: list[Hider] = []


def hides(find: Hider) -> Hider:
    """Have the desk leave out the applications whose ids this finds for a person; judging knows of conflicts."""
    _hiders.append(find)
    return find


def in_sight(user: Any) -> ApplicationQuerySet:
    """Every file that this person may look at."""
    rows = Application.objects.visible_to(user)
    for find in _hiders:
        rows = rows.exclude(pk__in=find(user))
    return rows
