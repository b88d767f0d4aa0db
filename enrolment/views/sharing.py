"""Who looks after whom."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications.models import Application
from enrolment import sharing
from enrolment.choosing import board_address, board_of, people_of
from enrolment.forms import CareForm
from enrolment.views.returning import carried, nobody_chosen


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
        return nobody_chosen(request, board, typed)
    found = Application.objects.in_bulk([row.place.application for row in rows])
    people = [found[row.place.application] for row in rows]
    form = CareForm(request.POST if posted else None, initial={"among": [request.user.pk]})
    if posted and form.is_valid():
        among = list(form.cleaned_data["among"])
        if len(among) > 1:
            changed = sharing.share(people, among, by=request.user)
        else:
            changed = sharing.give(people, among[0] if among else None, by=request.user)
        messages.success(request, _said(changed, to_nobody=not among))
        return redirect(board_address(board.cycle, typed))
    files = " ".join(row.number for row in people)
    context = {"cycle": board.cycle, "people": people, "files": files, "form": form}
    context |= carried(board, typed)
    status = 422 if posted else 200
    return render(request, "enrolment/followup_assign.html", context, status=status)


def _said(changed: int, *, to_nobody: bool) -> str:
    """How many changed hands; or that nobody looks after them now."""
    if not changed:
        return _("Nothing changed: it was so already.")
    if to_nobody:
        said = ngettext(
            "Nobody looks after %(count)s person any more.",
            "Nobody looks after %(count)s people any more.",
            changed,
        )
    else:
        said = ngettext(
            "%(count)s person changed hands.", "%(count)s people changed hands.", changed
        )
    return said % {"count": changed}
