"""The office's list of files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications.paging import SIZE, page_of
from applications.sought import sought
from cycles.models import Cycle
from desk import board as boards
from desk import checking
from desk.sight import in_sight


@only(coordinates)
@require_safe
def completeness_board(request: Asked) -> HttpResponse:
    """What each submitted file lacks; the address holds the filters."""
    code = request.GET.get("cycle")
    named = Cycle.objects.filter(code=code).first() if code else None
    cycle = named or Cycle.objects.current()
    if cycle is None:
        return render(request, "desk/completeness_board.html", {"cycle": None})
    state = request.GET.get("state", "")
    state = state if state in boards.FILTERS else boards.TO_CHECK.key
    sort = request.GET.get("sort", "")
    sort = sort if sort in boards.SORTS else "name"
    words = sought(request.GET)
    rows = boards.files(cycle, request.user, state=state, words=words, sort=sort)
    page = page_of(rows, request.GET.get("page", "1"))
    lines, counts = boards.lines_of(page.rows), boards.counts(cycle, request.user)
    context = {
        "cycle": cycle,
        "state": state,
        "sort": sort,
        "sorts": boards.SORT_WORDS.items(),
        "words": words,
        "page": page,
        "lines": lines,
        "may_mark": any(line.may_be_marked for line in lines),
        "filters": [(one, counts.get(one.key)) for one in boards.FILTERS.values()],
    }
    return render(request, "desk/completeness_board.html", context)


@only(coordinates)
@require_POST
def desk_complete_all(request: Asked) -> HttpResponse:
    """Mark the ticked files complete; one that lacks something stays as it is, and says why."""
    numbers = request.POST.getlist("ticked")[:SIZE]
    rows = in_sight(request.user).filter(number__in=numbers).order_by("pk")
    done, kept = checking.mark_all_complete(rows, by=request.user)
    for application, refused in kept:
        text = " ".join(map(str, [refused.text, *refused.reasons]))
        messages.warning(request, f"{application.number} – {text}")
    if done:
        said = ngettext("%(count)s file is complete.", "%(count)s files are complete.", done)
        messages.success(request, said % {"count": done})
    elif not kept:
        messages.error(request, _("Tick at least one file."))
    return redirect("completeness_board")
