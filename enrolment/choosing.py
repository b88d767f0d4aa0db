"""Which cycle and which people an address or a form names."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse

from applications.models import Application
from cycles.models import Cycle
from enrolment.listing import Board, Entry, Filter, read
from enrolment.models import Closing
from enrolment.places import offered
from followup.years import chosen_of
from reviews.models import Decision

# A form carries the numbers of many people in one field.
TICKED, WHOLE, FILES = "ticked", "whole", "files"


def cycles_to_follow() -> list[Any]:
    """Every cycle, the newest first; `answered`: whether its answers are out, `is_over`: whether it is closed."""
    out = Decision.objects.released().filter(application__cycle=OuterRef("pk"))
    closed = Closing.objects.filter(cycle=OuterRef("pk"), status=Closing.Status.CLOSED)
    rows = Cycle.objects.annotate(answered=Exists(out), is_over=Exists(closed))
    return list(rows.order_by("-opens_at"))


def people_of(board: Board, typed: Mapping[str, Any]) -> list[Entry]:
    """The people of a board that were ticked, or all that its filter shows; what is not on it is left out."""
    if typed.get(WHOLE):
        return board.chosen(Filter.of(typed))
    ticked = typed.getlist(TICKED) if hasattr(typed, "getlist") else []
    numbers = {*ticked, *str(typed.get(FILES, "")).split()}
    rows = Application.objects.filter(number__in=numbers, cycle=board.cycle)
    return board.named(set(rows.values_list("pk", flat=True)))


def board_of(code: str | None, user: Any, at: datetime) -> Board | None:
    """The board of the cycle that is named."""
    cycle = chosen_of(cycles_to_follow(), code)
    return read(cycle, user, at) if cycle else None


def board_address(cycle: Cycle, typed: Mapping[str, Any]) -> str:
    """The board of a cycle, with the filter that a form or an address carries."""
    asked = Filter.of(typed)
    words = {"cycle": cycle.code, "show": asked.show, **asked.query}
    return f"{reverse('followup_board')}?{urlencode(words)}"


def is_on_a_board(application: Application, user: Any) -> bool:
    """Whether somebody has a place, for a person who may see it."""
    return offered(user, application.cycle).filter(application=application).exists()
