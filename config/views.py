"""Pages that belong to no room: health, one's own way home, and the pages for when things go wrong."""

import logging
import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Role

logger = logging.getLogger(__name__)

HOMES = {
    Role.COORDINATOR: "board",
    Role.DIRECTOR: "decisions",
    Role.REVIEWER: "queue",
    Role.ADMINISTRATOR: "admin:index",
}


@require_safe
def home_for_me(request: HttpRequest) -> HttpResponseRedirect:
    """Each person's first page after signing in."""
    for role, page in HOMES.items():
        if request.user.has(role):  # type: ignore[union-attr]
            return redirect(page)
    if request.user.is_member:  # type: ignore[union-attr]
        return redirect("account_home")
    return redirect("my_application")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process can work: it answers, and its database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """500, or an honest 503 that keeps what was typed while the database is away."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    kept = []
    if away and request.method == "POST":
        kept = [
            (name, value)
            for name in request.POST
            if name != "csrfmiddlewaretoken" and "password" not in name
            for value in request.POST.getlist(name)
            if value
        ]
    status = 503 if away else 500
    context = {"request_id": getattr(request, "id", ""), "kept": kept}
    response = render(None, f"{status}.html", context, status=status)  # type: ignore[arg-type]
    if away:
        response["Retry-After"] = "30"
    return response
