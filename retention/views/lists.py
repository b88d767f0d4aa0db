"""What is due, checked by one person and approved by another; what was destroyed, with its certificate."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from applications.paging import page_of
from audit.moves import Refused, available
from retention import certificate, lists
from retention.due import rules
from retention.forms import HoldForm, WhyForm
from retention.models import Disposal, Hold, Item
from retention.permissions import keeps_records, lifts_holds, writes_incidents
from retention.telling import told

A_PAGE = 50


@only(keeps_records)
@require_safe
def retention(request: Asked) -> HttpResponse:
    """How long what is kept, the lists that wait, the holds, and what was destroyed."""
    return overview(request, HoldForm(by=request.user))


def overview(request: Asked, form: HoldForm, status: int = 200) -> HttpResponse:
    """The page, with a form that was refused in its place."""
    rows = Disposal.objects.visible_to(request.user).select_related("checked_by", "approved_by")
    holds = Hold.objects.visible_to(request.user).standing().select_related("application", "set_by")
    context = {
        "rules": [(rule, lists.length_of(rule)) for rule in rules()],
        "standing": [row for row in rows if row.status in ("listed", "checked", "approved")],
        "past": [row for row in rows if row.status in ("done", "cancelled")][:A_PAGE],
        "holds": holds,
        "form": form,
        "may_lift": lifts_holds(request.user),
        "keeps_register": writes_incidents(request.user),
    }
    return render(request, "retention/retention.html", context, status=status)


@only(keeps_records)
@require_safe
def disposal(request: Asked, pk: int) -> HttpResponse:
    """One list."""
    row = get_object_or_404(Disposal.objects.visible_to(request.user), pk=pk)
    return _page(request, row, WhyForm())


def _page(request: Asked, row: Disposal, form: WhyForm, status: int = 200) -> HttpResponse:
    """The list, a page of its lines at a time."""
    page = page_of(row.items.order_by("status", "due_on", "pk"), request.GET.get("page", ""))
    context = {
        "row": row,
        "page": page,
        "lines": told(page.rows, request.user),
        "moves": [move.name for move in available(row, lists.MOVES, by=request.user)],
        "counted": certificate.totals(row),
        "form": form,
    }
    return render(request, "retention/disposal.html", context, status=status)


def _done(request: Asked, pk: int, verb: Callable[[Disposal], Disposal], said: str) -> HttpResponse:
    row = get_object_or_404(Disposal.objects.visible_to(request.user), pk=pk)
    verb(row)
    messages.success(request, said)
    return redirect("disposal", pk)


@only(keeps_records)
@require_POST
def disposal_check(request: Asked, pk: int) -> HttpResponse:
    """One person has looked through it."""
    said = _("Checked: a director other than you approves it.")
    return _done(request, pk, lambda row: lists.check(row, by=request.user), said)


@only(keeps_records)
@require_POST
def disposal_uncheck(request: Asked, pk: int) -> HttpResponse:
    """Open it once more."""
    said = _("The list can be changed again.")
    return _done(request, pk, lambda row: lists.uncheck(row, by=request.user), said)


@only(keeps_records)
@require_POST
def disposal_approve(request: Asked, pk: int) -> HttpResponse:
    """The second person approves what they see."""
    seen = request.POST.get("seen", "")
    said = _(
        "Approved: it is being destroyed, line by line. The certificate comes with the last one."
    )
    return _done(request, pk, lambda row: lists.approve(row, seen=seen, by=request.user), said)


@only(keeps_records)
@require_POST
def disposal_cancel(request: Asked, pk: int) -> HttpResponse:
    """Nothing of it is destroyed."""
    row = get_object_or_404(Disposal.objects.visible_to(request.user), pk=pk)
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    lists.cancel(row, why=form.cleaned_data["why"], by=request.user)
    messages.success(
        request, _("Cancelled: nothing was destroyed. What is due comes on another list.")
    )
    return redirect("disposal", pk)


@only(keeps_records)
@require_POST
def disposal_leave_out(request: Asked, pk: int, item: int) -> HttpResponse:
    """Take a line off the list."""
    row = get_object_or_404(Disposal.objects.visible_to(request.user), pk=pk)
    line = get_object_or_404(Item, disposal=row, pk=item)
    lists.leave_out(line, why=request.POST.get("why", ""), by=request.user)
    messages.success(request, _("Left out of this list."))
    return redirect("disposal", pk)


@only(keeps_records)
@require_POST
def disposal_put_back(request: Asked, pk: int, item: int) -> HttpResponse:
    """Put it back."""
    row = get_object_or_404(Disposal.objects.visible_to(request.user), pk=pk)
    line = get_object_or_404(Item, disposal=row, pk=item)
    lists.put_back(line, by=request.user)
    messages.success(request, _("Back on the list."))
    return redirect("disposal", pk)


@only(keeps_records)
@require_safe
def disposal_certificate(request: Asked, pk: int) -> HttpResponse:
    """The certificate, once all of it is executed."""
    row = get_object_or_404(Disposal.objects.visible_to(request.user), pk=pk)
    if row.status != Disposal.Status.DONE:
        raise Refused(_("There is a certificate once the list is executed."))
    pdf = certificate.pdf_of(row, get_language() or "fr")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificat-{row.pk}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
