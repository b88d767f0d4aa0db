"""Which cycles the office follows."""

from typing import Any

from django.db.models import Exists, OuterRef

from cycles.models import Cycle
from reviews.models import Decision


def cycles_to_follow() -> list[Any]:
    """Every cycle, the newest first; `answered` tells whether its answers are out."""
    out = Decision.objects.released().filter(application__cycle=OuterRef("pk"))
    return list(Cycle.objects.annotate(answered=Exists(out)).order_by("-opens_at"))


def chosen_of(cycles: list[Any], code: str | None) -> Any:
    """The cycle that is named; else the last one whose answers are out; else the newest."""
    named = [row for row in cycles if row.code == code]
    answered = [row for row in cycles if row.answered]
    return next(iter([*named, *answered, *cycles]), None)
