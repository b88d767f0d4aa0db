"""The gate: what looks inconsistent, and what was looked at again and stands."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.door import only
from accounts.models import User
from accounts.permissions import directs
from answers import gate as gating
from answers import saying
from answers.board_forms import KeepForm
from answers.models import Finds, Kept
from cycles.models import Cycle
from reviews.board import chosen_cycle
from reviews.permissions import works_on_files

LATELY = 20


@only(works_on_files)
@require_safe
def gate(request: HttpRequest) -> HttpResponse:
    """What looks inconsistent among the answers of a cycle."""
    return _page(request, chosen_cycle(request.GET.get("cycle")), KeepForm())


def _page(request: HttpRequest, cycle: Cycle | None, form: KeepForm) -> HttpResponse:
    """The page, with what was ticked and a form that was refused in its place."""
    user = cast(User, request.user)
    found = gating.findings(cycle, user) if cycle else []
    kept = Kept.objects.visible_to(user).filter(cycle=cycle)
    context = {
        "cycle": cycle,
        "groups": [
            {"group": row, "title": Finds(row.rule).label, "help": saying.HELP[row.rule]}
            for row in gating.grouped(found)
        ],
        "kept": kept.select_related("by", "first", "second")[:LATELY],
        "form": form,
        "ticked": request.POST.getlist("finding"),
        "directs": directs(user),
    }
    return render(request, "answers/gate.html", context, status=422 if form.errors else 200)


@only(works_on_files)
@require_POST
def gate_keep(request: HttpRequest) -> HttpResponse:
    """Say why the findings ticked stand."""
    cycle = get_object_or_404(Cycle, code=request.POST.get("cycle", ""))
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _page(request, cycle, form)
    ticked = request.POST.getlist("finding")
    count = gating.keep(cycle, ticked, form.cleaned_data["reason"], by=cast(User, request.user))
    text = ngettext("%(count)s finding kept.", "%(count)s findings kept.", count)
    messages.success(request, text % {"count": count})
    return redirect("gate")
