"""The lines to choose a person for, and the changes before they are written: field by field, side by side."""

from collections import defaultdict

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from applications.paging import page_of
from audit.moves import Refused
from followup.models import UdemFile
from reconciliation import choosing
from reconciliation.models import Change, Line
from reconciliation.permissions import settles_lists
from reconciliation.showing import (
    SHOWN_CHANGES,
    SHOWN_LINES,
    changes_shown,
    figures,
    lines_shown,
)
from reconciliation.views.lists import visible_list

NOBODY = "nobody"
WITH_PEOPLE = ("udem_file__offer__decision__application", "udem_file__program", "line")


@only(settles_lists)
@require_safe
def udem_list_lines(request: Asked, pk: int) -> HttpResponse:
    """The lines of a verdict; the doubtful ones first, with those whom each could mean side by side."""
    row = visible_list(request, pk)
    show = request.GET.get("show", "")
    show = show if show in SHOWN_LINES else SHOWN_LINES[0]
    lines = row.lines.filter(verdict=show).order_by("chosen_at", "number")
    page = page_of(lines.select_related("chosen_by"), request.GET.get("page", ""))
    counts = figures(row, request.user)
    context = {
        "row": row,
        "show": show,
        "shows": [(word, Line.Kind(word).label, counts[word]) for word in SHOWN_LINES],
        "page": page,
        "lines": lines_shown(page.rows, request.user),
        "figures": counts,
    }
    return render(request, "reconciliation/udem_list_lines.html", context)


@only(settles_lists)
@require_POST
def udem_line_choose(request: Asked, pk: int) -> HttpResponse:
    """Say whom a line means."""
    line = get_object_or_404(Line.objects.select_related("udem_list"), pk=pk)
    visible_list(request, line.udem_list_id)
    said = request.POST.get("person", "")
    if said == NOBODY:
        person = None
    elif said.isdecimal():
        person = UdemFile.objects.visible_to(request.user).filter(pk=int(said)).first()
        if person is None:
            raise Http404
    else:
        raise Refused(_("Choose a person, or nobody."))
    choosing.choose_person(line, person, by=request.user)
    messages.success(request, _("Line %(n)s: noted.") % {"n": line.number})
    return redirect(_back(request, reverse("udem_list_lines", args=[line.udem_list_id])))


def _back(request: Asked, otherwise: str) -> str:
    """The page of the list that the form stood on."""
    here = request.POST.get("here", "")
    ours = url_has_allowed_host_and_scheme(here, None) and here.startswith(otherwise)
    return here if ours else otherwise


@only(settles_lists)
@require_safe
def udem_list_changes(request: Asked, pk: int) -> HttpResponse:
    """What would be written or was written, person by person and fact by fact."""
    row = visible_list(request, pk)
    show = request.GET.get("show", "")
    show = show if show in SHOWN_CHANGES else "all"
    rows = Change.objects.visible_to(request.user).filter(SHOWN_CHANGES[show][1], udem_list=row)
    page = page_of(rows.select_related(*WITH_PEOPLE), request.GET.get("page", ""))
    counts = figures(row, request.user)
    context = {
        "row": row,
        "show": show,
        "shows": [
            (word, label, counts[f"c_{word}"]) for word, (label, _wanted) in SHOWN_CHANGES.items()
        ],
        "page": page,
        "changes": changes_shown(page.rows),
        "figures": counts,
    }
    return render(request, "reconciliation/udem_list_changes.html", context)


@only(settles_lists)
@require_POST
def udem_changes_choose(request: Asked, pk: int) -> HttpResponse:
    """Whose word counts, for the conflicts of a page."""
    row = visible_list(request, pk)
    choices: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for name, word in request.POST.dict().items():
        change, colon, fact = name.partition(":")
        if colon and change.isdecimal():
            choices[int(change)][fact] = str(word)
    count = choosing.choose_facts(row, choices, by=request.user)
    said = ngettext("One person: noted.", "%(n)s people: noted.", count)
    messages.success(request, said % {"n": count})
    return redirect(_back(request, reverse("udem_list_changes", args=[pk])))


@only(settles_lists)
@require_POST
def udem_change_again(request: Asked, pk: int) -> HttpResponse:
    """Compare one person's line again with their file as it stands."""
    change = get_object_or_404(Change.objects.visible_to(request.user), pk=pk)
    choosing.look_again(change, by=request.user)
    messages.success(request, _("Compared again with the file as it stands."))
    return redirect("udem_list_changes", change.udem_list_id)
