"""Who looks after whom."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications.models import Application
from audit.moves import Refused
from enrolment import sharing
from enrolment.choosing import board_of, people_of
from enrolment.forms import CareForm


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def followup_assign(request: Asked) -> HttpResponse:
    """Choose who looks after the people chosen: one coordinator, several evenly, or nobody."""
    posted = request.method == "POST"
    typed = request.POST if posted else request.GET
    board = board_of(typed.get("cycle"), request.user, request.arrived_at)
    if board is None:
        raise Http404
    rows = people_of(board, typed)
    if not rows:
        raise Refused(_("Choose at least one person."))
    found = Application.objects.in_bulk([row.place.application for row in rows])
    people = [found[row.place.application] for row in rows]
    form = CareForm(request.POST if posted else None)
    if posted and form.is_valid():
        among = list(form.cleaned_data["among"])
        if len(among) > 1:
            changed = sharing.share(people, among, by=request.user)
        else:
            changed = sharing.give(people, among[0] if among else None, by=request.user)
        said = ngettext(
            "%(count)s person changed hands.", "%(count)s people changed hands.", changed
        )
        messages.success(request, said % {"count": changed})
        return redirect(f"{reverse('followup_board')}?cycle={board.cycle.code}")
    files = " ".join(row.number for row in people)
    context = {"cycle": board.cycle, "people": people, "files": files, "form": form}
    status = 422 if posted else 200
    return render(request, "enrolment/followup_assign.html", context, status=status)
