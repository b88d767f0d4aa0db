"""What somebody takes away: asked on a list, watched while it is made, downloaded, asked for again; and the views one keeps."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from audit.moves import available
from finding import exporting
from finding.lists import LISTS
from finding.models import Export, SavedView
from finding.permissions import takes_away
from finding.views.views import code_of, listed_for
from papers.handing import sealed

RECENT = 50
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _line(export: Export, request: Asked) -> dict[str, Any]:
    """What a line says of an export; costs no query."""
    listed = LISTS.get(export.listed)
    moves = available(export, (exporting.CANCEL, exporting.AGAIN), by=request.user)
    return {
        "row": export,
        "title": listed.title if listed else export.listed,
        "percent": 100 * export.done // export.total if export.total else 0,
        "may_download": export.status == Export.Status.READY
        and exporting.may_take(request.user, export),
        "may_cancel": exporting.CANCEL in moves,
        "may_again": exporting.AGAIN in moves,
    }


@only(takes_away)
@require_safe
def exports(request: Asked) -> HttpResponse:
    """One's exports, the newest first, and the views that one keeps."""
    rows = Export.objects.visible_to(request.user).defer("applications")[:RECENT]
    views = SavedView.objects.visible_to(request.user).filter(owner=request.user.pk)
    kept = [
        (view, listed.title, listed.address(listed.asked(view.filters), view="1"))
        for view in views
        if (listed := LISTS.get(view.listed)) and listed.may(request.user)
    ]
    context = {
        "lines": [_line(row, request) for row in rows],
        "kept": [line for line in kept if not line[0].dropped_at],
        "dropped": [line for line in kept if line[0].dropped_at],
    }
    return render(request, "finding/exports.html", context)


@only(takes_away)
@require_safe
def export_show(request: Asked, pk: Any) -> HttpResponse:
    """One export, and how far it is."""
    rows = Export.objects.visible_to(request.user).defer("applications")
    line = _line(get_object_or_404(rows, pk=pk), request)
    return render(request, "finding/export_show.html", {"line": line, **line})


@require_POST
def export_ask(request: Asked, key: str) -> HttpResponse:
    """Have a list made into a file, as it is filtered."""
    listed = listed_for(request, key)
    filters = {**listed.asked(request.POST), **(code_of(request) if listed.of_cycle else {})}
    export = exporting.ask(
        listed,
        filters,
        request.POST.get("kind", ""),
        language=(get_language() or "fr")[:2],
        by=request.user,
    )
    return redirect("export_show", export.pk)


def _own(request: Asked, pk: Any) -> Export:
    return get_object_or_404(Export.objects.visible_to(request.user), pk=pk)


@require_POST
def export_cancel(request: Asked, pk: Any) -> HttpResponse:
    """Let it be."""
    exporting.cancel(_own(request, pk), by=request.user)
    return redirect("export_show", pk)


@require_POST
def export_again(request: Asked, pk: Any) -> HttpResponse:
    """Have it made once more."""
    exporting.again(_own(request, pk), by=request.user)
    return redirect("export_show", pk)


@require_POST
def export_file(request: Asked, pk: Any) -> HttpResponseBase:
    """The file itself; who took it goes into the trail."""
    export = _own(request, pk)
    name = exporting.download(export, by=request.user, at=request.arrived_at)
    label = f"mila-{export.listed.replace('_', '-')}-{export.made_at:%Y-%m-%d}.{export.kind}"
    answer = FileResponse(
        default_storage.open(name),
        as_attachment=True,
        filename=label,
        content_type=TYPES[export.kind],
    )
    return sealed(answer)
