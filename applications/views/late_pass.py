"""Late passes: one person's later close, given and taken back by the coordination."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications import lifecycle
from applications.forms.late_pass import REASON_LIMIT, LatePassForm
from applications.models import Application
from audit.models import AuditEntry, subject_of
from cycles.models import Cycle


@only(coordinates)
@require_safe
def late_passes(request: Asked) -> HttpResponse:
    """Who has a late pass in the current cycle, until when and why; the form to give one."""
    cycle = Cycle.objects.current()
    return _show(request, cycle, LatePassForm(cycle=cycle, by=request.user) if cycle else None)


@only(coordinates)
@require_POST
def late_pass_give(request: Asked) -> HttpResponse:
    """Give one person a later close."""
    cycle = get_object_or_404(Cycle.objects.published(), pk=_number(request.POST.get("cycle", "")))
    form = LatePassForm(request.POST, cycle=cycle, by=request.user)
    if not form.is_valid() or form.person is None:
        return _show(request, cycle, form, status=422)
    given = lifecycle.give_late_pass_to(
        form.person,
        cycle,
        until=form.cleaned_data["until"],
        why=form.cleaned_data["why"],
        by=request.user,
    )
    messages.success(
        request, _("Given, and the person is told: %(number)s.") % {"number": given.number}
    )
    return redirect("late_passes")


@only(coordinates)
@require_POST
def late_pass_take_back(request: Asked, number: str) -> HttpResponse:
    """The file closes with its cycle again."""
    application = get_object_or_404(Application.objects.visible_to(request.user), number=number)
    why = request.POST.get("why", "").replace("\x00", "")[:REASON_LIMIT]
    lifecycle.take_late_pass_back(application, why=why, by=request.user)
    messages.success(request, _("Taken back, and the person is told."))
    return redirect("late_passes")


def _number(text: str) -> int:
    """The key of a row as a form sends it; 0, which is nobody's, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _show(
    request: Asked, cycle: Cycle | None, form: LatePassForm | None, *, status: int = 200
) -> HttpResponse:
    """The page, with the reason that stands on the trail beside each pass."""
    rows = Application.objects.visible_to(request.user).filter(late_until__isnull=False)
    rows = rows.filter(cycle=cycle).select_related("cycle", "applicant").order_by("late_until")
    passes = list(rows)
    entries = AuditEntry.objects.about(*passes).filter(verb="give_late_pass")
    last = {entry.subject: entry for entry in entries.select_related("actor")}
    context = {
        "cycle": cycle,
        "form": form,
        "passes": [(row, last.get(subject_of(row))) for row in passes],
    }
    return render(request, "applications/late_passes.html", context, status=status)
