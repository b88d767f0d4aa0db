"""The money of the scholarships of a year: the ledger, the budgets, the payments and their file."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import directs
from cycles.clock import day_of
from followup.years import chosen_of, cycles_to_follow
from scholarships import ledger, paying
from scholarships.forms.awards import BudgetForm, KindForm, PaidForm
from scholarships.models import Payment, Round
from scholarships.paying_out import KINDS, export
from scholarships.permissions import runs_awards, sees_ledger


@only(sees_ledger)
@require_safe
def scholarship_ledger(request: Asked) -> HttpResponse:
    """What each round of a year has, has offered, owes and has paid, and all of them together."""
    cycles = cycles_to_follow()
    chosen = chosen_of(cycles, request.GET.get("cycle"))
    context: dict[str, Any] = {"cycles": cycles, "chosen": chosen, "lines": [], "total": None}
    if chosen:
        context["lines"], context["total"] = ledger.of_cycle(chosen)
    context["may_change"] = directs(request.user)
    return render(request, "scholarships/scholarship_ledger.html", context)


@only(directs)
@require_http_methods(["GET", "HEAD", "POST"])
def round_budget(request: Asked, pk: int) -> HttpResponse:
    """Write another budget of a round."""
    row = get_object_or_404(Round.objects.select_related("cycle"), pk=pk)
    posted = request.method == "POST"
    first = {"budget": ledger.budget_of(row), "awards": row.awards}
    form = BudgetForm(request.POST if posted else None, initial=first)
    if posted and form.is_valid():
        ledger.change_budget(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("The budget is written."))
        return redirect("scholarship_ledger")
    context = {"form": form, "round": row, "money": ledger.of_round(row)}
    status = 422 if posted else 200
    return render(request, "scholarships/round_budget.html", context, status=status)


def _payments(request: Asked, pk: int) -> tuple[Round, list[int]]:
    """A round, and the payments of it that this person may see."""
    row = get_object_or_404(Round, pk=pk)
    seen = Payment.objects.visible_to(request.user).filter(award__candidacy__round=row)
    return row, list(seen.order_by("pk").values_list("pk", flat=True))


@only(runs_awards)
@require_POST
def payments_mark(request: Asked, pk: int) -> HttpResponse:
    """Write the ticked payments down as paid."""
    row, known = _payments(request, pk)
    form = PaidForm(request.POST, known=known, today=day_of(request.arrived_at))
    if form.is_valid():
        told = form.cleaned_data
        done = paying.mark_paid(told["payments"], on=told["paid_on"], by=request.user)
        text = ngettext(
            "%(n)s payment is written as paid.", "%(n)s payments are written as paid.", done
        )
        messages.success(request, text % {"n": done})
    else:
        messages.error(request, _("Tick at least one payment, and give its day."))
    return redirect("round_awards", row.pk)


@only(runs_awards)
@require_POST
def payments_undo(request: Asked, pk: int) -> HttpResponse:
    """The ticked payments were not made after all."""
    row, known = _payments(request, pk)
    asked = {int(value) for value in request.POST.getlist("payments") if value.isdecimal()}
    done = paying.undo_paid(asked & set(known), by=request.user)
    text = ngettext("%(n)s payment is undone.", "%(n)s payments are undone.", done)
    messages.success(request, text % {"n": done})
    return redirect("round_awards", row.pk)


@only(runs_awards)
@require_POST
def payments_file(request: Asked, pk: int) -> HttpResponse:
    """What is to pay, as a file; who took it out, and how many payments, goes into the trail."""
    row = get_object_or_404(Round.objects.select_related("cycle"), pk=pk)
    form = KindForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a kind of file."))
        return redirect("round_awards", row.pk)
    kind = form.cleaned_data["kind"]
    response = HttpResponse(export(row, kind, by=request.user), content_type=KINDS[kind])
    name = _("payments-%(cycle)s.%(kind)s") % {"cycle": row.cycle.code, "kind": kind}
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
