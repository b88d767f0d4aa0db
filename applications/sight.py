"""What keeps files from members of the staff: later apps say so here, and every `visible_to` obeys.

Judging knows of conflicts of interest, and registers them; nothing to the left of it needs to know the word.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

Hider = Callable[[Any], models.QuerySet[Any, Any]]
Rows = TypeVar("Rows", bound=models.QuerySet[Any, Any])
_hiders: list[Hider] = []


def hides(find: Hider) -> Hider:
    """Leave out, everywhere, the applications whose ids this finds for a person."""
    _hiders.append(find)
    return find


def unhidden(rows: Rows, user: Any, to_file: str = "pk", *, own: bool = False) -> Rows:
    """The rows whose file nothing keeps from this person. `to_file` leads to the application.

    `own`: with those of the person's own file, which hides from them as staff and not as an applicant.
    """
    owner = "applicant" if to_file == "pk" else f"{to_file}__applicant"
    for find in _hiders:
        seen = ~Q(**{f"{to_file}__in": find(user)})
        rows = rows.filter(seen | Q(**{owner: user.pk}) if own else seen)
    return rows


def ids_kept_from(user: Any) -> set[int]:
    """The applications that something keeps from this person, theirs included; a few, however many there are."""
    return {pk for find in _hiders for row in find(user) for pk in row.values()}
