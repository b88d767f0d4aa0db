"""The waitlist of a program: its order, changed by buttons, by keys or by typing a place."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates
from accounts.returning import back
from answers import waiting
from answers.board_forms import PlaceForm
from answers.frozen import frozen_in
from answers.views.decisions import intakes_of, listing_of
from applications.paging import page_of
from audit.moves import Refused
from cycles.models import Cycle, Program
from reviews.board import chosen_cycle
from reviews.models import Decision
from reviews.permissions import works_on_files

MOST = 300


@only(works_on_files)
@require_safe
def waitlist(request: HttpRequest) -> HttpResponse:
    """Who is called first when a place is free, program by program."""
    cycle = chosen_cycle(request.GET.get("cycle"))
    intakes = intakes_of(cycle)
    if cycle is None or not intakes:
        return render(request, "answers/waitlist.html", {"cycle": None})
    listing, intake = listing_of(request, cycle, intakes)
    rows = waiting.waiting(cycle, intake.program, listing.user)
    page = page_of(
        rows.select_related("application__standing", "proposed_by", "approved_by"),
        request.GET.get("page", "1"),
    )
    frozen = frozen_in(cycle)
    context = {
        "cycle": cycle,
        "frozen": frozen,
        "released": waiting.released(cycle, intake.program, listing.user)[:MOST],
        "programs": [row.program for row in intakes],
        "program": intake.program,
        "page": page,
        "lines": [
            {"decision": row, "at": at, "up": at - 1, "down": at + 1}
            for at, row in enumerate(page.rows, page.start + 1)
        ],
        "orders": coordinates(request.user) and frozen is None,
    }
    return render(request, "answers/waitlist.html", context)


def _told(request: HttpRequest, count: int, cycle: Cycle, program: Program) -> HttpResponse:
    """Say how many places changed, and go back to the list."""
    text = ngettext(
        "%(count)s place changed; it waits for an approval.",
        "%(count)s places changed; they wait for an approval.",
        count,
    )
    if count:
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("The list was in this order already."))
    return back(request, f"{reverse('waitlist')}?cycle={cycle.code}&program={program.code}")


@only(coordinates)
@require_POST
def waitlist_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a file another place; the others move by one."""
    rows = Decision.objects.visible_to(request.user).current()
    row = get_object_or_404(rows.select_related("application__cycle", "program"), pk=pk)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(text) for texts in form.errors.values() for text in texts))
    if row.program is None:
        raise Refused(_("This file is not on a waitlist."))
    count = waiting.place(row, form.cleaned_data["place"], by=cast(User, request.user))
    return _told(request, count, row.application.cycle, row.program)


@only(coordinates)
@require_POST
def waitlist_renumber(request: HttpRequest) -> HttpResponse:
    """Places from 1 on without gaps: in the order there is, or in that of the scores."""
    cycle = get_object_or_404(Cycle, code=request.POST.get("cycle", ""))
    program = get_object_or_404(cycle.programs, code=request.POST.get("program", ""))
    count = waiting.renumber(
        cycle,
        program,
        by_score=request.POST.get("order") == "score",
        by=cast(User, request.user),
    )
    return _told(request, count, cycle, program)
