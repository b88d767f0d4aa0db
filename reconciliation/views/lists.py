"""UdeM's lists of a cycle; one list with what came of it; applying, undoing and erasing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from audit.moves import Refused
from cycles.clock import day_of
from cycles.models import Cycle
from followup.years import chosen_of, cycles_to_follow
from reconciliation import applying, forgetting, receiving, undoing
from reconciliation.forms import ReceiveForm, UndoForm
from reconciliation.models import UdemList
from reconciliation.permissions import settles_lists
from reconciliation.showing import figures
from reconciliation.summary import counted, latest

MOST_SHOWN = 100


def visible_list(request: Asked, pk: int) -> UdemList:
    """One list, for those who settle lists."""
    rows = UdemList.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("cycle", "received_by", "settled_by"), pk=pk)


@only(settles_lists)
@require_safe
def udem_lists(request: Asked) -> HttpResponse:
    """The lists of a cycle, the newest first, and a place to bring one in."""
    return _lists(request, chosen(request.GET.get("cycle")))


def chosen(code: Any) -> Cycle | None:
    """The cycle that an address names, else the newest with answers out, else the newest."""
    found: Cycle | None = chosen_of(cycles_to_follow(), code)
    return found


def _lists(request: Asked, cycle: Cycle | None, form: ReceiveForm | None = None) -> HttpResponse:
    rows = UdemList.objects.visible_to(request.user).filter(cycle=cycle)
    shown = counted(rows).select_related("received_by", "cycle")[:MOST_SHOWN]
    context = {
        "cycle": cycle,
        "cycles": cycles_to_follow(),
        "lists": shown,
        "latest": latest(cycle),
        "form": form or ReceiveForm(initial={"as_of": day_of(request.arrived_at)}),
    }
    status = 422 if form and form.errors else 200
    return render(request, "reconciliation/udem_lists.html", context, status=status)


@only(settles_lists)
@require_POST
def udem_list_receive(request: Asked) -> HttpResponse:
    """Bring a list in; its columns are looked at next."""
    cycle = get_object_or_404(Cycle, code=request.POST.get("cycle", ""))
    form = ReceiveForm(request.POST, request.FILES)
    if not form.is_valid():
        return _lists(request, cycle, form)
    file = form.cleaned_data["file"]
    try:
        row = receiving.receive(
            cycle, file.read(), file.name, as_of=form.cleaned_data["as_of"], by=request.user
        )
    except Refused as refused:
        form.add_error("file", str(refused.text))
        return _lists(request, cycle, form)
    return redirect("udem_list_columns", row.pk)


@only(settles_lists)
@require_safe
def udem_list(request: Asked, pk: int) -> HttpResponse:
    """How far one list is settled, and what can be done with it."""
    row = visible_list(request, pk)
    if row.status == UdemList.Status.RECEIVED:
        return redirect("udem_list_columns", row.pk)
    return _list(request, row)


def _list(request: Asked, row: UdemList, form: UndoForm | None = None) -> HttpResponse:
    figures_of = figures(row, request.user)
    context = {"row": row, "figures": figures_of, "form": form or UndoForm()}
    status = 422 if form and form.errors else 200
    return render(request, "reconciliation/udem_list.html", context, status=status)


@only(settles_lists)
@require_POST
def udem_list_apply(request: Asked, pk: int) -> HttpResponse:
    """Write what was looked at."""
    row = visible_list(request, pk)
    revision = request.POST.get("revision", "")
    if not revision.isdecimal():
        raise Refused(_("Look at the changes first, then apply them."))
    before = row.applied
    done = applying.apply(row, revision=int(revision), by=request.user)
    if done.status == UdemList.Status.QUEUED:
        messages.info(
            request,
            _("This is a long list: it is being written, and this page says when it is done."),
        )
        return redirect("udem_list", pk)
    count = done.applied - before
    said = ngettext("One person’s file was written.", "%(n)s people’s files were written.", count)
    messages.success(request, said % {"n": count})
    moved = figures(done, request.user)["c_settle"]
    if moved:
        messages.warning(request, _("Something is left to settle by hand."))
    return redirect("udem_list", pk)


@only(settles_lists)
@require_POST
def udem_list_undo(request: Asked, pk: int) -> HttpResponse:
    """Put back everything that the list wrote and nobody touched since."""
    row = visible_list(request, pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _list(request, row, form)
    done = undoing.undo(row, why=form.cleaned_data["why"], by=request.user)
    left = done.changes.filter(was_left=True).count()
    if done.status != UdemList.Status.UNDONE:
        messages.warning(
            request, _("Some files are kept from you: another coordinator undoes the rest.")
        )
    else:
        messages.success(request, _("Undone: every file stands as before the list."))
    if left:
        said = ngettext(
            "One file was changed since, and left as it is.",
            "%(n)s files were changed since, and left as they are.",
            left,
        )
        messages.warning(request, said % {"n": left})
        return redirect(f"{reverse('udem_list_changes', args=[pk])}?show=left")
    return redirect("udem_list", pk)


@only(settles_lists)
@require_POST
def udem_list_erase(request: Asked, pk: int) -> HttpResponse:
    """Erase what the list said of people."""
    row = visible_list(request, pk)
    forgetting.erase(row, by=request.user)
    messages.success(
        request, _("Erased. What was written in the files stays, and so does the trail.")
    )
    return redirect(f"{reverse('udem_lists')}?cycle={row.cycle.code}")
