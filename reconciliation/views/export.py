"""The people with a place, to take out as a file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from reconciliation.exporting import export, people
from reconciliation.forms import ExportForm
from reconciliation.permissions import settles_lists
from reconciliation.views.lists import chosen

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@only(settles_lists)
@require_safe
def udem_export(request: Asked) -> HttpResponse:
    """Which people, and as which kind of file; how many they are."""
    cycle = chosen(request.GET.get("cycle"))
    asked = {"cycle": cycle.code if cycle else "", "kind": "csv"}
    form = ExportForm({**asked, **request.GET.dict()})
    told: dict[str, Any] = form.cleaned_data if form.is_valid() else {"cycle": cycle}
    count = 0
    if told.get("cycle"):
        rows = people(request.user, told["cycle"], told.get("program"), told.get("status", ""))
        count = rows.count()
    context = {"form": form, "cycle": cycle, "count": count}
    return render(request, "reconciliation/udem_export.html", context)


@only(settles_lists)
@require_POST
def udem_export_file(request: Asked) -> HttpResponse:
    """The file itself; who took it out, and how many people, goes into the trail."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "cycle": None, "count": 0}
        return render(request, "reconciliation/udem_export.html", context, status=422)
    told = form.cleaned_data
    kind = told["kind"]
    content = export(
        told["cycle"], kind, program=told["program"], status=told["status"], by=request.user
    )
    response = HttpResponse(content, content_type=KINDS[kind])
    name = _("udem-%(cycle)s.%(kind)s") % {"cycle": told["cycle"].code, "kind": kind}
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
