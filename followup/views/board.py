"""The staff's list of everyone who was offered a place."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from accounts.permissions import coordinates
from followup.board import cycles_to_follow, offered, row_of
from followup.permissions import calls_people, follows_up


@require_safe
def followup_board(request: Asked) -> HttpResponse:
    """Everyone who was offered a place, and how far they are."""
    if not follows_up(request.user):
        raise PermissionDenied
    cycles = cycles_to_follow()
    named = [row for row in cycles if row.code == request.GET.get("cycle")]
    answered = [row for row in cycles if row.answered]
    chosen = next(iter([*named, *answered, *cycles]), None)
    page = Paginator(offered(request.user, chosen), 50).get_page(request.GET.get("page"))
    rows = [row_of(decision, at=request.arrived_at) for decision in page]
    context = {"cycles": cycles, "chosen": chosen, "page": page, "rows": rows}
    context["sees_who"] = coordinates(request.user)
    context["changes"] = calls_people(request.user)
    return render(request, "followup/followup_board.html", context)
