"""Pages that belong to no room: health, one's own way home, and the pages for when things go wrong."""

import logging
import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from accounts.models import Role
from config.kept import typed

logger = logging.getLogger(__name__)

HOMES = {
    Role.COORDINATOR: "dashboard",
    Role.DIRECTOR: "dashboard",
    Role.REVIEWER: "queue",
    Role.PANELIST: "panel",
    Role.ADMINISTRATOR: "admin:index",
    Role.EDI_OFFICER: "edi_requests",
}


@require_safe
def home_for_me(request: Asked) -> HttpResponseRedirect:
    """Each person's first page after signing in."""
    for role, page in HOMES.items():
        if request.user.has(role):
            return redirect(page)
    if request.user.is_member:
        return redirect("account_home")
    return redirect("my_application")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process can work: it answers, and its database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def trouble(request: HttpRequest, page: str, *, status: int, keep: bool) -> HttpResponse:
    """A page that needs no database, no session and no context processor."""
    context = {"request_id": getattr(request, "id", ""), "kept": typed(request) if keep else []}
    return render(None, page, context, status=status)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of another session, most often another tab's: not received, and given back."""
    logger.info("A form was not received: %s", reason)
    return trouble(request, "403_csrf.html", status=403, keep=True)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """500, or an honest 503 that keeps what was typed while the database is away."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    response = trouble(
        request, f"{status}.html", status=status, keep=away and request.method == "POST"
    )
    if away:
        response["Retry-After"] = "30"
    return response
