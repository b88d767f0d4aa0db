"""The dashboard, first page of those who run the year."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from accounts.door import only
from reports.dashboard import whole
from reports.dashboard.choosing import chosen
from reports.permissions import opens_dashboard


@only(opens_dashboard)
@require_safe
def dashboard(request: Asked) -> HttpResponse:
    """What needs its reader today, then how far the cycle is; the address holds the cycle and the program."""
    at = request.arrived_at
    asked = chosen(request.GET.get("cycle", ""), request.GET.get("program", ""), at=at)
    board = whole.read(asked, request.user, at) if asked else None
    context = {"board": board, "chosen": asked, "at": at}
    return render(request, "reports/dashboard.html", context)
