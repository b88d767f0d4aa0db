"""How people's way ended: the preview, the recording, the undoing."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_list_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from accounts.returning import back
from cycles.clock import day_of
from enrolment import endings
from enrolment.choosing import board_of, people_of
from enrolment.forms import EndForm
from enrolment.models import Ending
from enrolment.models.ending import ENDS
from enrolment.views.reminding import key_of
from enrolment.views.returning import carried, nobody_chosen
from followup.models import Filing


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def followup_endings(request: Asked) -> HttpResponse:
    """Whose end is recorded, and whose is not; confirmed, it is recorded once."""
    posted = request.method == "POST"
    typed = request.POST if posted else request.GET
    board = board_of(typed.get("cycle"), request.user, request.arrived_at)
    if board is None:
        raise Http404
    rows = people_of(board, typed)
    if not rows:
        return nobody_chosen(request, board, typed)
    to = Filing(typed["to"]) if typed.get("to") in ENDS else Filing.REGISTERED
    today = day_of(request.arrived_at)
    form = EndForm(request.POST if posted else None, initial={"to": to, "on": today})
    if posted and form.is_valid():
        key, on = key_of(typed.get("key", "")), form.cleaned_data["on"]
        ids = [row.place.application for row in rows]
        done = endings.record_ends(board.cycle, ids, to, on=on, key=key, by=request.user)
        return _recorded(request, board.cycle.code, done)
    lines = endings.preview(board, rows, to)
    context = {
        **carried(board, typed),
        "cycle": board.cycle,
        "to": to,
        "lines": [line for line in lines if line.why_not is None],
        "left_out": [line for line in lines if line.why_not is not None],
        "files": " ".join(line.application.number for line in lines),
        "form": form,
        "key": uuid4(),
    }
    return render(
        request, "enrolment/followup_endings.html", context, status=422 if posted else 200
    )


def _recorded(request: Asked, code: str, done: int) -> HttpResponse:
    """Say how many, and back to the board."""
    said = ngettext("Recorded for %(count)s person.", "Recorded for %(count)s people.", done)
    messages.success(request, said % {"count": done})
    return redirect(f"{reverse('handing_over', args=[code])}")


@only(coordinates)
@require_POST
def endings_undo(request: Asked, act: UUID) -> HttpResponse:
    """Put back what one act recorded."""
    get_list_or_404(Ending.objects.visible_to(request.user), key=act)
    done, kept = endings.undo(act, by=request.user)
    said = ngettext("Put back for %(count)s person.", "Put back for %(count)s people.", done)
    messages.success(request, said % {"count": done})
    if kept:
        said = ngettext(
            "%(count)s person changed since, and stays.",
            "%(count)s people changed since, and stay.",
            kept,
        )
        messages.warning(request, said % {"count": kept})
    return back(request, "followup_board")
