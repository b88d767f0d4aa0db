"""The timetable: what leaves by itself, and whether it does."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import administers
from audit import turns
from audit.timetable import Errand, registered
from cycles.models import Cycle
from desk.forms import WhyForm
from reports import dry_run
from reports import timetable as figures
from reports.dates import dates
from reports.permissions import watches_timetable


@only(watches_timetable)
@require_safe
def timetable(request: Asked) -> HttpResponse:
    """Whether it lives, the dates of the cycle, and every errand with what it would send."""
    at, kept, cycle = request.arrived_at, figures.states(), Cycle.objects.current()
    listed = dates(cycle) if cycle else []
    context = {
        "at": at,
        "pulse": figures.pulse(kept, at),
        "lines": figures.lines(kept, at),
        "cycle": cycle,
        "dates": listed,
        "next": next((one for one in listed if one.at > at), None),
    }
    return render(request, "reports/timetable.html", context)


@only(watches_timetable)
@require_safe
def errand(request: Asked, name: str) -> HttpResponse:
    """One errand: how it goes, and what it would send, with the first files."""
    return _show(request, _named(name), WhyForm())


@only(watches_timetable)
@require_safe
def errand_letter(request: Asked, name: str, row: int) -> HttpResponse:
    """One letter as it would read."""
    one = _named(name)
    read = dry_run.read(one, row, request.arrived_at, user=request.user)
    if read is None:
        raise Http404
    letter, language = read
    context = {"errand": one, "letter": letter, "language": language}
    return render(request, "reports/errand_letter.html", context)


@only(administers)
@require_POST
def errand_pause(request: Asked, name: str) -> HttpResponse:
    """Let an errand rest."""
    one, form = _named(name), WhyForm(request.POST)
    if not form.is_valid():
        return _show(request, one, form, status=422)
    turns.pause(one, why=form.cleaned_data["why"], by=request.user)
    messages.success(request, _("Paused: nothing of this errand leaves until it is resumed."))
    return redirect("errand", name)


@only(administers)
@require_POST
def errand_resume(request: Asked, name: str) -> HttpResponse:
    """Let an errand come round again."""
    turns.resume(_named(name), by=request.user)
    messages.success(request, _("Resumed. What is due leaves at the next turn."))
    return redirect("errand", name)


def _named(name: str) -> Errand:
    """The errand of that name."""
    one = registered().get(name)
    if one is None:
        raise Http404
    return one


def _show(request: Asked, one: Errand, form: WhyForm, *, status: int = 200) -> HttpResponse:
    at = request.arrived_at
    context = {
        "form": form,
        "line": figures.line(one, at),
        "tallies": dry_run.tallies(one, at, user=request.user),
        "turns": figures.turns(one),
        "may_pause": one.may_pause and administers(request.user),
        "at": at,
    }
    return render(request, "reports/errand.html", context, status=status)
