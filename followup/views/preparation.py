"""The list of what to prepare for UdeM, ticked one by one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from followup.pack import pack_of
from followup.preparation import Checklist, checklist, prepares, tick
from followup.situation import Situation
from followup.views.home import own_situation


@require_safe
def preparation(request: Asked, number: str) -> HttpResponse:
    """What to prepare, in order, with the university's own limits."""
    one = own_situation(request, number)
    if not prepares(one):
        messages.info(request, _("There is nothing to prepare for this application now."))
        return redirect("past_application", number)
    assert one.application is not None
    pack = pack_of(one.application, one.submission)
    context = {**_shown(one, checklist(one)), "pack": pack}
    return render(request, "followup/preparation.html", context)


def _shown(one: Situation, listed: Checklist) -> dict[str, Any]:
    return {"situation": one, "application": one.application, "checklist": listed}


@require_POST
def preparation_tick(request: Asked, number: str, pk: int) -> HttpResponse:
    """Tick one thing, or take the tick away; saved at once."""
    one = own_situation(request, number)
    listed = checklist(one) if prepares(one) else Checklist([])
    things = [thing.preparation for thing in listed.things if thing.preparation.pk == pk]
    if not things or one.application is None:
        raise Http404
    tick(one.application, things[0], done=request.POST.get("done") == "1", by=request.user)
    if request.headers.get("HX-Request") == "true":
        return render(request, "followup/checklist.html", _shown(one, checklist(one)))
    return redirect("preparation", number)
