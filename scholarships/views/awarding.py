"""The awards of a round, for the coordination: their states, the next of the waitlist, and what is changed of one."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.asking import Asked
from accounts.door import only
from cycles.clock import day_of, end_of
from desk.forms import WhyForm
from notifications.letters import Rendered
from notifications.letters import render as rendered
from scholarships import calling, replying
from scholarships.award_letters import AWARD_WAITS, context_of
from scholarships.award_list import listing, seen_results
from scholarships.awarding import usual_reply_by
from scholarships.forms.awards import CallForm, ReopenForm
from scholarships.ledger import of_round
from scholarships.models import Award, Result, Round
from scholarships.permissions import runs_awards, sees_ledger


@only(sees_ledger)
@require_safe
def round_awards(request: Asked, pk: int) -> HttpResponse:
    """Every award of a round, who waits, and the payments."""
    row = get_object_or_404(Round.objects.select_related("cycle"), pk=pk)
    context = {
        "round": row,
        "listing": listing(row, request.user, request.arrived_at),
        "may": runs_awards(request.user),
        "today": day_of(request.arrived_at),
    }
    return render(request, "scholarships/round_awards.html", context)


@only(runs_awards)
@require_http_methods(["GET", "HEAD", "POST"])
def award_call(request: Asked, pk: int) -> HttpResponse:
    """What the person will read and by when they reply; then the call."""
    shown = Result.objects.filter(status=Result.Status.SHOWN, outcome=Result.Outcome.WAITLISTED)
    rows = seen_results(request.user, shown).select_related(
        "candidacy__round__cycle", "candidacy__application__applicant"
    )
    result = get_object_or_404(rows, pk=pk)
    at, posted = request.arrived_at, request.method == "POST"
    usual = usual_reply_by(result.candidacy.round, at)
    form = CallForm(request.POST if posted else None, initial={"reply_on": day_of(usual)})
    if posted and form.is_valid():
        made = calling.call(result, by=request.user, at=at, **form.cleaned_data)
        if made.offered_at == at:
            messages.success(request, _("Called. The letter is on its way."))
        else:
            messages.info(request, _("This person had been called already."))
        return redirect("round_awards", result.candidacy.round_id)
    context = {"form": form, "result": result} | _shown(result, form["reply_on"].value(), usual, at)
    status = 422 if posted else 200
    return render(request, "scholarships/award_call.html", context, status=status)


def _shown(result: Result, typed: Any, usual: datetime, at: datetime) -> dict[str, Any]:
    """What stands against the call, and the letter with its date, as it would leave."""
    end = end_of(typed) if isinstance(typed, date) else usual
    row = result.candidacy.round
    following = calling.next_of(row, day_of(at))
    return {
        "round": row,
        "application": result.candidacy.application,
        "blocks": list(calling.what_blocks(result, at)),
        "out_of_turn": following != result,
        "money": of_round(row),
        "letter": _letter(result, end),
    }


def _letter(result: Result, end: datetime) -> Rendered:
    context = context_of(AWARD_WAITS, Award(candidacy=result.candidacy, reply_by=end))
    language = result.candidacy.application.applicant.language
    return rendered(AWARD_WAITS, language=language, context=context)


def _of_the_office(request: Asked, number: str) -> Award:
    rows = Award.objects.visible_to(request.user).select_related(
        "candidacy__round__cycle", "candidacy__application__applicant"
    )
    return get_object_or_404(rows, candidacy__number=number)


@only(runs_awards)
@require_http_methods(["GET", "HEAD", "POST"])
def award_reopen(request: Asked, number: str) -> HttpResponse:
    """Offer an award that ended again."""
    row, posted = _of_the_office(request, number), request.method == "POST"
    form = ReopenForm(request.POST if posted else None)
    if posted and form.is_valid():
        told = form.cleaned_data
        replying.reopen(row, by=request.user, at=request.arrived_at, **told)
        messages.success(request, _("Offered again. The letter is on its way."))
        return redirect("round_awards", row.candidacy.round_id)
    return _change(request, row, form, "scholarships/award_reopen.html", posted=posted)


@only(runs_awards)
@require_http_methods(["GET", "HEAD", "POST"])
def award_take_back(request: Asked, number: str) -> HttpResponse:
    """Take a yes back at the person's wish."""
    row, posted = _of_the_office(request, number), request.method == "POST"
    form = WhyForm(request.POST if posted else None)
    if posted and form.is_valid():
        why = form.cleaned_data["why"]
        replying.take_back(row, why=why, by=request.user, at=request.arrived_at)
        messages.success(request, _("The yes is taken back."))
        return redirect("round_awards", row.candidacy.round_id)
    return _change(request, row, form, "scholarships/award_take_back.html", posted=posted)


def _change(request: Asked, row: Award, form: Any, template: str, *, posted: bool) -> HttpResponse:
    context = {"award": row, "round": row.candidacy.round, "form": form}
    return render(request, template, context, status=422 if posted else 200)
