"""Calling people from the waitlist: the seats, who is next, what they will read, and the call."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from cycles.clock import day_of, end_of
from followup import calls as calling
from followup.calling_list import listing
from followup.forms import CallForm
from followup.letters import WAITLIST_CALLED, address
from followup.models import Offer
from followup.permissions import calls_people, follows_up
from followup.seats import of_program
from followup.years import chosen_of, cycles_to_follow
from notifications.letters import Rendered
from notifications.letters import render as rendered
from reviews.models import Decision, Outcome


@only(follows_up)
@require_safe
def calls(request: Asked) -> HttpResponse:
    """The seats of each program of a cycle, and its released waitlist in the order of the calls."""
    cycles = cycles_to_follow()
    chosen = chosen_of(cycles, request.GET.get("cycle"))
    context: dict[str, Any] = {"cycles": cycles, "chosen": chosen, "program": None}
    programs = list(chosen.programs.order_by("position", "pk")) if chosen else []
    if chosen and programs:
        wanted = [row for row in programs if row.code == request.GET.get("program")]
        program = next(iter([*wanted, *programs]))
        number = request.GET.get("page", "1")
        seats, found = listing(chosen, program, request.user, number, at=request.arrived_at)
        context |= {"program": program, "seats": seats, "listing": found, "page": found.page}
        context["may"] = calls_people(request.user)
    return render(request, "followup/calls.html", context)


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def call_make(request: Asked, pk: int) -> HttpResponse:
    """What the person will read and by when they reply; then the call."""
    rows = Decision.objects.visible_to(request.user).released().filter(outcome=Outcome.WAITLIST)
    joined = ("application__applicant", "application__cycle__call_rules", "program", "offer")
    decision = get_object_or_404(rows.select_related(*joined), pk=pk)
    at, posted = request.arrived_at, request.method == "POST"
    usual = calling.usual_reply_by(decision.application.cycle, at)
    form = CallForm(request.POST if posted else None, initial={"reply_on": day_of(usual)})
    if posted and form.is_valid():
        day, why = form.cleaned_data["reply_on"], form.cleaned_data["why"]
        offer = calling.call(decision, by=request.user, at=at, reply_on=day, why=why)
        if offer.called_at == at:
            messages.success(request, _("Called. The letter is on its way."))
        else:
            messages.info(request, _("This person had been called already."))
        return redirect(page_of_calls(decision))
    return render(
        request,
        "followup/call_make.html",
        {"form": form, "decision": decision, "back": page_of_calls(decision)}
        | _shown(decision, form["reply_on"].value(), usual),
        status=422 if posted else 200,
    )


def _shown(decision: Decision, typed: Any, usual: datetime) -> dict[str, Any]:
    """What stands against the call, and the letter with its date, as it would leave."""
    day = typed if isinstance(typed, date) else None
    end = end_of(day) if day else usual
    cycle, program = decision.application.cycle, decision.program
    assert program is not None  # a constraint of `reviews`
    free = of_program(cycle, program).free
    # Before the letter is made: an offer that is only thought of clings to its answer.
    called = getattr(decision, "offer", None)
    return {
        "cycle": cycle,
        "application": decision.application,
        "reply_by": end,
        "letter": _letter(decision, end),
        "odd": list(calling.unusual(decision, free, end)),
        "blocks": list(calling.what_blocks(decision)),
        "called": called,
        "free": free,
    }


def _letter(decision: Decision, end: datetime) -> Rendered:
    copy = address(WAITLIST_CALLED, Offer(decision=decision, reply_by=end), "")
    return rendered(WAITLIST_CALLED, language=copy.language, context=copy.context)


def page_of_calls(decision: Decision) -> str:
    """The page of this person's waitlist."""
    code = decision.program.code if decision.program else ""
    return f"{reverse('calls')}?cycle={decision.application.cycle.code}&program={code}"
