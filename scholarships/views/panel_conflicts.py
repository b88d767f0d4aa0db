"""Staying away from an application, and coming back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import sits
from scholarships import judging
from scholarships.forms.judging import RecusalForm
from scholarships.models import Recusal
from scholarships.panel_queue import queue_of
from scholarships.views.panel import of_panel


@only(sits)
@require_http_methods(["GET", "HEAD", "POST"])
def panel_conflict(request: Asked, number: str) -> HttpResponse:
    """Say that one is too close to somebody; the next application opens."""
    candidacy = of_panel(request, number)
    form = RecusalForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"candidacy": candidacy, "form": form, "has_errors": bool(form.errors)}
        status = 422 if form.errors else 200
        return render(request, "scholarships/panel_conflict.html", context, status=status)
    judging.recuse(candidacy, form.cleaned_data["why"], by=request.user)
    messages.info(request, _("%(number)s has left your queue.") % {"number": number})
    following = queue_of(candidacy.round, request.user).after(number)
    if following is None:
        return redirect("panel_round", candidacy.round_id)
    return redirect("panel_reading", following.number)


@only(sits)
@require_POST
def panel_conflict_undo(request: Asked, number: str) -> HttpResponse:
    """Take it back: the application is in one's queue again, with what one wrote."""
    rows = Recusal.objects.filter(person=request.user).select_related("candidacy__round")
    row = get_object_or_404(rows, candidacy__number=number)
    judging.come_back(row, by=request.user)
    messages.info(request, _("%(number)s is in your queue again.") % {"number": number})
    return redirect("panel_round", row.candidacy.round_id)
