"""The board: everyone with a place, how far each is, what comes next."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from enrolment.choosing import cycles_to_follow
from enrolment.figures import figures
from enrolment.links import address_of
from enrolment.listing import SHOWS, Board, Filter, Show, page_of, read
from enrolment.models import Kind
from enrolment.reminding import fitting_kind
from enrolment.rows import rows_of
from followup.permissions import follows_up
from followup.years import chosen_of
from reconciliation.summary import latest

# The columns that can be sorted by, with their words.
COLUMNS: dict[str, Promise] = {
    "name": _("File"),
    "program": _("Program"),
    "reply": _("Reply"),
    "due": _("Next deadline"),
    "step": _("Next step"),
    "sign": _("Last word"),
    "care": _("Assigned to"),
}


@only(follows_up)
@require_safe
def followup_board(request: Asked) -> HttpResponse:
    """Everyone with a place in a cycle; the address holds the filters."""
    cycles = cycles_to_follow()
    chosen = chosen_of(cycles, request.GET.get("cycle"))
    if chosen is None:
        return render(request, "enrolment/followup_board.html", {"cycles": [], "chosen": None})
    board = read(chosen, request.user, request.arrived_at)
    context = {"cycles": cycles, "chosen": chosen, **page(request, board)}
    return render(request, "enrolment/followup_board.html", context)


def page(request: Asked, board: Board) -> dict[str, Any]:
    """What the page shows of a board."""
    asked = Filter.of(request.GET)
    among, office = board.of(asked.program), coordinates(request.user)
    counts, rows = among.counts(), board.chosen(asked)
    some = page_of(rows, request.GET.get("page", "1"))
    export = address_of("udem_export") if office else ""
    return {
        "asked": asked,
        "shows": [(show, counts[show.key]) for show in shows_for(office=office)],
        "figures": figures(among.entries),
        "programs": board.programs,
        "heads": heads(asked),
        "found": len(rows),
        "page": some,
        "rows": rows_of(board, some.rows),
        "coordinates": office,
        "kinds": Kind.choices,
        "fitting": fitting_kind(rows).value,
        "query": urlencode(asked.query),
        "export": export,
        "latest": latest(board.cycle) if office else None,
        "today": board.at,
    }


def shows_for(*, office: bool) -> list[Show]:
    """The chips: some are for coordinators alone."""
    return [show for show in SHOWS.values() if office or not show.for_coordinators]


def heads(asked: Filter) -> dict[str, tuple[Promise, str, str, bool]]:
    """Each column's words, the order that a click asks for, the order that it has, and whether it is narrow."""
    found = {}
    for key, words in COLUMNS.items():
        now = {key: "ascending", f"-{key}": "descending"}.get(asked.sort, "")
        found[key] = (words, f"-{key}" if now == "ascending" else key, now, key == "reply")
    return found
