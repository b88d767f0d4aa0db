"""The people with a place, from our offer to registration. There are as many as seats and replies: they are read at once."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates
from applications.models import Application
from cycles.models import Cycle
from enrolment import listing
from enrolment.choosing import cycles_to_follow
from enrolment.rows import STEPS, rows_of
from finding.lists.listed import Column, Filters, Listed, Rows, in_chunks
from followup.permissions import follows_up
from followup.years import chosen_of


def _rows(user: Any, filters: Filters) -> Rows:
    cycle: Cycle | None = chosen_of(cycles_to_follow(), filters.get("cycle"))
    if cycle is None:
        return Rows(0, iter(()))
    board = listing.read(cycle, user, timezone.now())
    entries = board.chosen(listing.Filter.of(filters))
    lines = (
        (row.application.pk, row) for some in in_chunks(entries) for row in rows_of(board, some)
    )
    return Rows(len(entries), lines)


def _step(number: int) -> Any:
    return lambda row: str(row.pips[number][0])


def _file(name: str) -> Any:
    def told(row: Any) -> str:
        file: Application = row.application
        return str(getattr(file, name))

    return told


PEOPLE = Listed(
    "followup_board",
    _("From our offer to registration"),
    follows_up,
    ("show", "program", "q", "sort"),
    (
        Column("number", _("Number"), _file("number")),
        Column("last_names", _("Last names"), _file("last_names")),
        Column("first_names", _("First names"), _file("first_names")),
        Column("program", _("Program"), lambda row: row.program.short),
        Column("reply", _("Reply"), lambda row: str(row.reply["label"])),
        Column("udem", _("UdeM number"), lambda row: row.number, coordinates),
        *(Column(f"step{at}", title, _step(at)) for at, title in enumerate(STEPS)),
        Column("next", _("Next step"), lambda row: str(row.step)),
        Column("due", _("Next deadline"), lambda row: row.entry.next.due),
        Column("sign", _("Last word"), lambda row: row.entry.sign),
        Column("care", _("Assigned to"), lambda row: row.care, coordinates),
    ),
    _rows,
)
