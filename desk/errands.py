"""What the timetable does at the office's desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.timetable import MINUTE, Errand, Letters, Would, register
from cycles.clock import day_of, start_of
from desk import pieces
from desk.letters import PIECE_REMINDER, reminder_of
from desk.models import Request
from notifications.letters import Letter


def pieces_due(at: datetime) -> list[Would]:
    """The reminders of pieces that are owed then."""
    rows = pieces.owed(at).values_list("application__applicant__language", "pk", "application")
    return [Would(PIECE_REMINDER.name, *row) for row in rows.order_by("pk")]


def piece_moments(at: datetime) -> list[datetime]:
    """Three days before each day that a piece is due on."""
    waiting = Request.objects.waiting().filter(due_on__gte=day_of(at))
    days = waiting.order_by("due_on").values_list("due_on", flat=True).distinct()
    moments = (start_of(day - pieces.REMINDED_BEFORE) for day in days)
    return [moment for moment in moments if moment > at]


def read_piece(row: int, at: datetime) -> tuple[Letter, str, Mapping[str, Any]] | None:
    """The reminder of one piece."""
    rows = Request.objects.select_related("application__applicant", "application__cycle")
    request = rows.filter(pk=row).first()
    if request is None:
        return None
    copy = reminder_of(request)
    return PIECE_REMINDER, copy.language, copy.context


REMIND_OF_PIECES = register(
    Errand(
        task="desk.tasks.remind_of_pieces",
        every=15 * MINUTE,
        title=_("Reminders of pieces"),
        says=_("Writes to those who were asked for a piece that is due within three days."),
        does="desk.pieces.remind_all",
        by_turns=True,
        letters=Letters(pieces_due, piece_moments, read_piece),
        may_pause=True,
    )
)
