"""The handing over: seats, who may register, the welcome."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications.models import Application
from cycles.models import Cycle
from enrolment import closing, handing, letters, welcoming
from enrolment.listing import read
from enrolment.models import Deferral, Ending
from followup.permissions import follows_up
from notifications.letters import render as written


@only(follows_up)
@require_safe
def handing_over(request: Asked, code: str) -> HttpResponse:
    """Seats filled, promised and free; how many may register; what was recorded lately."""
    cycle = get_object_or_404(Cycle, code=code)
    board = read(cycle, request.user, request.arrived_at)
    office = coordinates(request.user)
    promised = Deferral.objects.visible_to(request.user).standing().filter(to_cycle=cycle)
    context = {
        "cycle": cycle,
        "seats": handing.seats_of(board),
        "to_welcome": welcoming.to_welcome(cycle, request.user).count() if office else 0,
        "promised": promised.select_related("application__cycle", "program"),
        "acts": last_acts(cycle, request.user),
        "closing": closing.closing_of(cycle),
        "coordinates": office,
    }
    return render(request, "enrolment/handing_over.html", context)


def last_acts(cycle: Cycle, user: Any) -> list[dict[str, Any]]:
    """What was recorded together lately and stands, the last first."""
    rows = Ending.objects.visible_to(user).standing()
    rows = rows.filter(udem_file__offer__decision__application__cycle=cycle).select_related("by")
    acts: dict[Any, dict[str, Any]] = {}
    for row in rows[:500]:
        act = acts.setdefault(row.key, {"row": row, "people": 0})
        act["people"] += 1
    return list(acts.values())[:10]


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def followup_welcome(request: Asked, code: str) -> HttpResponse:
    """Who is welcomed, with which words; confirmed, once a person."""
    cycle = get_object_or_404(Cycle, code=code)
    rows = list(welcoming.to_welcome(cycle, request.user))
    if request.method == "POST":
        numbers = set(request.POST.get("files", "").split())
        files = Application.objects.filter(cycle=cycle, number__in=numbers)
        ids = list(files.values_list("pk", flat=True))
        done = welcoming.welcome(cycle, ids, by=request.user)
        said = ngettext("%(count)s welcome leaves now.", "%(count)s welcomes leave now.", done)
        messages.success(request, said % {"count": done})
        return redirect("handing_over", code)
    people = [(row.offer.decision.application, row.program) for row in rows]
    texts = [
        (language, written(letters.WELCOME, language=language, context=context), person[0].name)
        for language in ("fr", "en")
        for person in [row for row in people if row[0].applicant.language == language][:1]
        for context in [letters.welcome_context(*person)]
    ]
    files_named = " ".join(application.number for application, _program in people)
    context = {"cycle": cycle, "people": people, "texts": texts, "files": files_named}
    return render(request, "enrolment/followup_welcome.html", context)
