"""Giving files to readers by a plan: asked for, looked at, applied or discarded."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates
from committee import planning
from committee.forms.plans import AskForm
from committee.models import Plan
from committee.preview import preview
from committee.readers import balance, lines
from cycles.models import Cycle
from reviews.board import chosen_cycle

LISTED = 20


@only(coordinates)
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Whether the readers are enough, the form to have a plan worked out, and the plans so far."""
    return _plans(request, chosen_cycle(request.GET.get("cycle")), AskForm())


def _plans(
    request: HttpRequest, cycle: Cycle | None, form: AskForm, *, status: int = 200
) -> HttpResponse:
    rows = Plan.objects.visible_to(request.user).filter(cycle=cycle).select_related("made_by")
    listed = list(rows.defer("lines", "moves")[:LISTED])
    context: dict[str, Any] = {
        "cycle": cycle,
        "form": form,
        "balance": balance(cycle, lines(cycle)) if cycle else None,
        "rows": listed,
        "asked": next((row for row in listed if row.is_asked), None),
    }
    return render(request, "committee/plans.html", context, status=status)


@only(coordinates)
@require_POST
def plan_ask(request: HttpRequest) -> HttpResponse:
    """Have the best plan worked out; the page that opens says how far it is."""
    cycle = get_object_or_404(Cycle, code=request.POST.get("cycle", ""))
    form = AskForm(request.POST)
    if not form.is_valid():
        return _plans(request, cycle, form, status=422)
    plan = planning.ask_plan(cycle, **form.cleaned_data, by=cast(User, request.user))
    return redirect("plan_show", plan.pk)


@only(coordinates)
@require_safe
def plan_show(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the plan is; once it is there, its figures, and what to do with it."""
    rows = Plan.objects.visible_to(request.user).select_related("cycle", "made_by")
    plan = get_object_or_404(rows, pk=pk)
    user = cast(User, request.user)
    context: dict[str, Any] = {
        "plan": plan,
        "figures": plan.figures,
        "stale": plan.is_ready and planning.is_stale(plan),
        "actions": planning.actions(plan, by=user),
        "preview": preview(plan, user, reader=request.GET.get("reader", ""))
        if plan.figures
        else None,
    }
    return render(request, "committee/plan_show.html", context)


@only(coordinates)
@require_POST
def plan_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Give all files of the plan to their readers, or none."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("cycle"), pk=pk)
    done = planning.apply_plan(plan, by=cast(User, request.user))
    text = ngettext(
        "%(count)s reading is given. It is in its reader’s queue.",
        "%(count)s readings are given. They are in the readers’ queues.",
        len(done.lines),
    )
    messages.success(request, text % {"count": len(done.lines)})
    return redirect("plan_show", pk)


@only(coordinates)
@require_POST
def plan_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing of the plan happens."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("cycle"), pk=pk)
    planning.discard_plan(plan, by=cast(User, request.user))
    messages.info(request, _("Discarded: no file was given."))
    return redirect("plans")
