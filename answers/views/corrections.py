"""Correcting a released answer, and noting that somebody was called about one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from answers.correcting import propose_correction
from answers.forms import CorrectionForm
from answers.seeing import call
from reviews.models import Decision
from reviews.permissions import works_on_files


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_correct(request: Asked, pk: int) -> HttpResponse:
    """Propose another answer than the one that was released, with the reason."""
    rows = Decision.objects.visible_to(request.user).released()
    rows = rows.select_related("application__applicant", "application__cycle", "program")
    decision = get_object_or_404(rows, pk=pk)
    posted = request.method == "POST"
    form = CorrectionForm(request.POST if posted else None, application=decision.application)
    if posted and form.is_valid():
        propose_correction(
            decision,
            form.cleaned_data["outcome"],
            form.cleaned_data["program"],
            rank=form.cleaned_data["rank"],
            why=form.cleaned_data["why"],
            by=request.user,
        )
        messages.success(
            request, _("Proposed. A director approves it; the person sees nothing before.")
        )
        return redirect("releases")
    context = {"form": form, "decision": decision, "application": decision.application}
    return render(request, "answers/decision_correct.html", context, status=422 if posted else 200)


@only(works_on_files)
@require_POST
def decision_called(request: Asked, pk: int) -> HttpResponse:
    """Note a telephone call about an answer that nobody had looked at."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user).released(), pk=pk)
    call(decision, by=request.user, note=request.POST.get("note", ""))
    messages.success(request, _("The call is noted."))
    return redirect("release_unread", decision.release_id)
