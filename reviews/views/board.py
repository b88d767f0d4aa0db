"""The coordination's list of files."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates
from applications.paging import page_of
from applications.sought import sought
from reviews import board as boards
from reviews.permissions import works_on_files


@only(works_on_files)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The applications of a cycle, by name; the address holds the filters."""
    cycle = boards.chosen_cycle(request.GET.get("cycle"))
    if cycle is None:
        return render(request, "reviews/board.html", {"cycle": None})
    state = request.GET.get("state", "filed")
    state = state if state in boards.STATES else "filed"
    words = sought(request.GET)
    rows = boards.files(cycle, cast(User, request.user), state=state, words=words)
    page = page_of(rows, request.GET.get("page", "1"))
    counts = boards.counts(cycle, cast(User, request.user))
    context = {
        "cycle": cycle,
        "coordinates": coordinates(request.user),
        "state": state,
        "words": words,
        "page": page,
        "lines": [boards.line(row, cycle) for row in page.rows],
        "states": [(each, counts.get(each.key)) for each in boards.STATES.values()],
    }
    return render(request, "reviews/board.html", context)
