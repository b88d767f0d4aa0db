"""The permits of one person, for the office: to see, and to put right with a reason. No number is there to be seen."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications.opening import opened
from applications.views.draft import kept_typing
from desk.sight import in_sight
from permits import page, steps
from permits.facts import Facts, facts_of
from permits.forms import PutRightForm
from permits.models import Kind, PermitStep, State


def seen(request: Asked, number: str) -> Facts:
    """The permits of a file that this coordinator may see, once its offer is accepted; or 404."""
    rows = in_sight(request.user).select_related("applicant", "cycle")
    application = get_object_or_404(rows, number=number)
    facts = facts_of([application])[application.pk]
    if facts.udem_file is None:
        raise Http404
    return facts


@only(coordinates)
@require_safe
def permits_office(request: Asked, number: str) -> HttpResponse:
    """How far somebody's permits are, and what was told of them."""
    facts = seen(request, number)
    opened(facts.application, by=request.user)
    context = {
        "facts": facts,
        "application": facts.application,
        "steps": page.shown(facts, request.arrived_at),
        "history": page.history(facts),
    }
    return render(request, "permits/permits_office.html", context)


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def permit_put_right(request: Asked, number: str, kind: str) -> HttpResponse:
    """Write what a step really is, and why."""
    facts = seen(request, number)
    if kind not in Kind.values:
        raise Http404
    what = Kind(kind)
    step = facts.steps.get(what) or PermitStep(application=facts.application, kind=what)
    posted = request.method == "POST"
    typed = request.POST if posted else kept_typing(request)
    form = PutRightForm(typed, step=step, at=request.arrived_at)
    if posted and form.is_valid():
        steps.put_right(
            facts.application,
            what,
            State(form.cleaned_data["status"]),
            form.said(),
            by=request.user,
            why=form.cleaned_data["why"],
            at=request.arrived_at,
        )
        messages.success(request, _("Put right: %(step)s.") % {"step": what.label})
        return redirect("permits_office", number)
    context = {"form": form, "kind": what, "facts": facts, "application": facts.application}
    return render(request, "permits/permit_put_right.html", context, status=422 if posted else 200)
