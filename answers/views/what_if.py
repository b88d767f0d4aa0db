"""What if the line stood elsewhere, and how many offers fill the seats."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.door import only
from answers import supposing
from answers.board_forms import SupposeForm
from answers.views.decisions import intakes_of, listing_of
from answers.yielding import filling
from cycles.models import Intake
from reviews.board import chosen_cycle
from reviews.permissions import works_on_files
from reviews.ranking import Listing

# A program without a number of seats is looked at with so many.
USUAL_SEATS = 20


@only(works_on_files)
@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Move the line of a program and read the sums; nothing is stored, nothing is proposed."""
    cycle = chosen_cycle(request.GET.get("cycle"))
    intakes = intakes_of(cycle)
    if cycle is None or not intakes:
        return render(request, "answers/what_if.html", {"cycle": None})
    listing, intake = listing_of(request, cycle, intakes)
    form = SupposeForm(request.GET if "line" in request.GET else None)
    context = {
        "cycle": cycle,
        "programs": [row.program for row in intakes],
        "program": intake.program,
        "intake": intake,
        **_sums(listing, intake, form.cleaned_data if form.is_valid() else {}),
        "form": form,
    }
    return render(request, "answers/what_if.html", context, status=422 if form.errors else 200)


def _sums(listing: Listing, intake: Intake, typed: dict[str, Any]) -> dict[str, Any]:
    """What the page says of a line; without one typed, that of the seats."""
    seats = intake.seats or USUAL_SEATS
    line = typed.get("line")
    line = seats if line is None else line
    known, told = supposing.known_yield(listing, typed.get("percent"), typed.get("give"))
    return {
        "line": line,
        "seats": seats,
        "supposed": supposing.suppose(listing, line),
        "filling": filling(line, seats, known),
        "yield": {
            "likely": round(known.likely * 100),
            "low": round(known.low * 100),
            "high": round(known.high * 100),
            "give": round((known.high - known.low) * 50),
        },
        "replies": told,
        "typed": typed.get("percent") is not None,
    }
