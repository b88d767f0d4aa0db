"""What everybody sees: the home page, and the pages of the footer."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cycles.models import Cycle

PAGE_SECONDS = 10


def seconds_until_change(cycle: Cycle | None) -> int:
    """How long a page about this cycle stays true: never past an opening or a closing."""
    now = timezone.now()
    edges = [cycle.opens_at, cycle.closes_at] if cycle else []
    waits = [(edge - now).total_seconds() for edge in edges if edge > now]
    return max(0, int(min([PAGE_SECONDS, *waits])))


def home_context() -> dict[str, Any]:
    """The current cycle and its programs; the page derives the rest from the cycle's dates."""
    cycle = Cycle.objects.current()
    programs = list(cycle.programs.order_by("position")) if cycle else []
    return {"cycle": cycle, "programs": programs}


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The cycle, its window, its programs, its dates. The same bytes for every anonymous visitor."""
    # A message waits in its own cookie after signing out; it is one person's, and not for the page kept for all.
    if request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, "messages"}:
        return render(request, "home.html", home_context())
    key = f"home:{get_language()}:{request.get_host()}"
    body = caches["pages"].get(key)
    if body is None:
        context = home_context()
        page = TemplateResponse(request, "home.html", context).render()
        body = page.content
        caches["pages"].set(key, body, seconds_until_change(context["cycle"]))
    response = HttpResponse(body)
    response["Vary"] = "Cookie"
    return response


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is collected, why, who sees it: the notice of the current cycle, and one's rights."""
    return render(
        request,
        "applications/privacy.html",
        {"cycle": Cycle.objects.current(), "privacy_email": settings.PRIVACY_EMAIL},
    )


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible these pages are, and what to do when something is in the way."""
    return render(request, "applications/accessibility.html", {"email": settings.CONTACT_EMAIL})


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to write to, about what."""
    context = {"email": settings.CONTACT_EMAIL, "privacy_email": settings.PRIVACY_EMAIL}
    return render(request, "applications/contact.html", context)
