"""How a list is to be read: its encoding, its columns, its words, how it writes days; then it is compared."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from audit.moves import Refused
from reconciliation import comparing, receiving
from reconciliation import words as wording
from reconciliation.columns import Columns
from reconciliation.forms import ColumnsForm, EncodingForm
from reconciliation.models import UdemList
from reconciliation.permissions import settles_lists
from reconciliation.reading import WORKBOOK, Table
from reconciliation.views.lists import visible_list


@only(settles_lists)
@require_safe
def udem_list_columns(request: Asked, pk: int) -> HttpResponse:
    """What each column tells, as guessed or as it was said before; with samples in the encoding that was guessed."""
    row = visible_list(request, pk)
    if not row.content:
        return redirect("udem_list", pk)
    table = receiving.table_of(receiving.bytes_of(row), row.encoding_if_text)
    form = _form(table, receiving.guessed(table))
    return _page(request, row, table, form)


def _form(table: Table, columns: Columns, data: Asked | None = None) -> ColumnsForm:
    """The form; what must be asked depends on which column holds the states."""
    return ColumnsForm(
        data.POST if data else None,
        table=table,
        columns=columns,
        order=comparing.date_order(table, columns),
        words=wording.unknown(comparing.states_in(table, columns)),
    )


def _page(request: Asked, row: UdemList, table: Table, form: ColumnsForm) -> HttpResponse:
    # The whole file lies here, people in conflict included: its first lines are for whoever brought it in.
    samples = table.samples() if row.received_by_id == request.user.pk else []
    places = [index for index, header in enumerate(table.headers) if header]
    told = [
        (field, [line[place] for line in samples if line[place]][:3])
        for field, place in zip(form.columns(), places, strict=True)
    ]
    context = {
        "row": row,
        "form": form,
        "columns": told,
        "words": form.words_asked(),
        "is_known": receiving.is_known(table),
        "is_text": row.encoding != WORKBOOK,
        "encoding_form": EncodingForm(initial={"encoding": row.encoding}),
        "sees_samples": row.received_by_id == request.user.pk,
    }
    status = 422 if form.errors else 200
    return render(request, "reconciliation/udem_list_columns.html", context, status=status)


@only(settles_lists)
@require_POST
def udem_list_encoding(request: Asked, pk: int) -> HttpResponse:
    """Read the same file in another encoding."""
    row = visible_list(request, pk)
    form = EncodingForm(request.POST)
    if not form.is_valid():
        raise Refused(_("This file does not read in this encoding. Choose another one."))
    receiving.read_again(row, form.cleaned_data["encoding"], by=request.user)
    return redirect("udem_list_columns", pk)


@only(settles_lists)
@require_POST
def udem_list_compare(request: Asked, pk: int) -> HttpResponse:
    """Take over what was said of the columns, and compare; a word that nobody was asked about is asked first."""
    row = visible_list(request, pk)
    table = receiving.table_of(receiving.bytes_of(row), row.encoding_if_text)
    first = _form(table, {}, request)
    first.full_clean()
    columns = first.chosen(first.cleaned_data)
    form = _form(table, columns, request)
    if not form.is_valid():
        return _page(request, row, table, form)
    wording.learn(form.learned(), by=request.user)
    comparing.compare(row, columns, form.cleaned_data["order"], by=request.user)
    messages.success(request, _("Compared. Nothing is written before you apply it."))
    return redirect("udem_list", pk)
