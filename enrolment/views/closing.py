"""The closing of a cycle."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates, directs
from audit.moves import available
from cycles.models import Cycle
from enrolment import closing
from enrolment.forms import ReopenForm
from enrolment.models import Closing
from enrolment.still_open import still_open
from followup.permissions import follows_up


@only(follows_up)
@require_safe
def cycle_closing(request: Asked, code: str) -> HttpResponse:
    """What is still open, and how far the closing is."""
    return _page(request, get_object_or_404(Cycle, code=code), ReopenForm())


def _page(request: Asked, cycle: Cycle, form: ReopenForm, status: int = 200) -> HttpResponse:
    """The page, with a form that was refused in its place."""
    found = closing.closing_of(cycle)
    moves = available(found, closing.MOVES, by=request.user) if found else []
    context = {
        "cycle": cycle,
        "closing": found,
        "moves": [move.name for move in moves],
        "still_open": still_open(cycle, request.user),
        "past": Closing.objects.filter(cycle=cycle).select_related("proposed_by", "confirmed_by"),
        "proposes": coordinates(request.user) and found is None,
        "form": form,
    }
    return render(request, "enrolment/cycle_closing.html", context, status=status)


@only(coordinates)
@require_POST
def closing_propose(request: Asked, code: str) -> HttpResponse:
    """Propose that the cycle is closed."""
    closing.propose(get_object_or_404(Cycle, code=code), by=request.user)
    messages.success(request, _("The closing is proposed: another person confirms it."))
    return redirect("cycle_closing", code)


def _standing(request: Asked, code: str) -> Closing:
    """What is proposed or closed, or 404."""
    return get_object_or_404(Closing.objects.visible_to(request.user).standing(), cycle__code=code)


def _done(request: Asked, code: str, verb: Callable[..., Closing], said: str) -> HttpResponse:
    verb(_standing(request, code), by=request.user)
    messages.success(request, said)
    return redirect("cycle_closing", code)


@only(directs)
@require_POST
def closing_confirm(request: Asked, code: str) -> HttpResponse:
    """Close the cycle."""
    return _done(request, code, closing.confirm, _("The cycle is closed: its board is only read."))


@only(coordinates)
@require_POST
def closing_withdraw(request: Asked, code: str) -> HttpResponse:
    """Take the proposal back."""
    return _done(request, code, closing.withdraw, _("The proposal is taken back."))


@only(follows_up)
@require_POST
def closing_reopen(request: Asked, code: str) -> HttpResponse:
    """Take a closed cycle up again, with a reason."""
    found, form = _standing(request, code), ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, get_object_or_404(Cycle, code=code), form, status=422)
    closing.reopen(found, why=form.cleaned_data["why"], by=request.user)
    messages.success(request, _("The cycle is open again."))
    return redirect("cycle_closing", code)
