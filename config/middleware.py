"""What wraps every request: its moment of arrival, its headers, kept typing, and the house's refusals."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from whitenoise.middleware import WhiteNoiseFileResponse

from audit.moves import Refused

GetResponse = Callable[[HttpRequest], HttpResponse]

SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in SOURCES.items())
PERMISSIONS_POLICY = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
)
LONGEST_QUEUE = timedelta(minutes=10)
KEPT_BYTES = 60_000
# Where the page of a form is not the one above the address that takes it.
PAGE_OF = {"application_submit": "application_review"}
# What opens an account is not left lying in a session, whoever's it is.
NEVER_KEPT = {"csrfmiddlewaretoken", "code", "credential"}


def moment_of_arrival(header: str, now: datetime) -> datetime:
    """When the front server got the request: `t=SECONDS.MILLIS` since 1970, UTC.

    A header that is unreadable, in the future, or older than ten minutes (a wrong clock) is ignored.
    """
    try:
        moment = datetime.fromtimestamp(float(header.removeprefix("t=")), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return moment if timedelta(0) <= now - moment <= LONGEST_QUEUE else now


def arrival(get_response: GetResponse) -> GetResponse:
    """Fair deadlines: `request.arrived_at` is when the request reached the front server, not when we got to it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        header = request.headers.get("X-Request-Start", "") if settings.TRUSTED_PROXIES else ""
        request.arrived_at = moment_of_arrival(header, now) if header else now  # type: ignore[attr-defined]
        request.id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def headers(get_response: GetResponse) -> GetResponse:
    """The headers of every page; a view may set a stricter policy of its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Request-ID", request.id)  # type: ignore[attr-defined]
        personal = settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies
        if personal and not isinstance(response, WhiteNoiseFileResponse):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


class KeepTypedTextLoginRequired(LoginRequiredMiddleware):
    """Every view asks for a session unless it says otherwise; a session that ended loses no text.

    What was typed waits in the visitor's own (anonymous) session, and the page that it was meant for gives
    it back to whoever signs in and may open that page.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """Send to the sign-in page, with the typed fields kept."""
        small = int(request.META.get("CONTENT_LENGTH") or 0) <= KEPT_BYTES
        if request.method == "POST" and small and not getattr(view_func, "never_kept", False):
            fields = {
                name: request.POST.getlist(name)
                for name in request.POST
                if name not in NEVER_KEPT and "password" not in name
            }
            request.session["kept"] = {"path": request.path, "fields": fields}
        elif request.method == "POST" and getattr(view_func, "never_kept", False):
            messages.warning(
                request,
                _(
                    "You were signed out before this was received. It is confidential, so nothing of it was kept: sign in, and type it again."
                ),
            )
        if request.headers.get("HX-Request") == "true":
            # Autosave must not put the sign-in page inside the form: the whole page goes there.
            page = urlsplit(request.headers.get("HX-Current-URL", "")).path or request.path
            query = urlencode({"next": page})
            return HttpResponse(
                status=401, headers={"HX-Redirect": f"{resolve_url(settings.LOGIN_URL)}?{query}"}
            )
        if page := page_before(request):
            return redirect_to_login(urlsplit(page).path)
        return super().handle_no_permission(request, view_func)


def page_before(request: HttpRequest) -> str:
    """The page of ours that a form was sent from; empty when it is not known, or for a page just opened."""
    back = request.headers.get("Referer", "") if request.method == "POST" else ""
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if ours else ""


class Refusals:
    """A `Refused` becomes a message on the page that the person came from; nothing was changed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> Any:
        """Turn a refusal into an answer; every other exception goes on."""
        if not isinstance(exception, Refused):
            return None
        if exception.forbidden:
            raise PermissionDenied(str(exception.text)) from exception
        messages.error(
            request, " ".join(str(text) for text in [exception.text, *exception.reasons])
        )
        return redirect(page_before(request) or "home_for_me")


def leads_back(get_response: GetResponse) -> GetResponse:
    """An address that only takes forms is no page: whoever opens it comes to the page that the form is on.

    A form shown again with its errors stands at such an address; the language switch and a refusal lead to it.
    Machines, which ask for no page, keep the bare 405.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or "text/html" not in request.headers.get("Accept", ""):
            return response
        opened = request.method in ("GET", "HEAD") and "HX-Request" not in request.headers
        if opened and (above := page_above(request.path)):
            query = request.META.get("QUERY_STRING", "")
            return redirect(f"{above}?{query}" if query else above)
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page

    return middleware


def page_above(path: str) -> str:
    """The nearest address above this one that leads anywhere; empty when only the home page is left."""
    if (here := _match(path)) and here.url_name in PAGE_OF:
        return reverse(PAGE_OF[here.url_name], kwargs=here.kwargs)
    parts = path.rstrip("/").split("/")
    for count in range(len(parts) - 1, 1, -1):
        above = "/".join(parts[:count]) + "/"
        if (found := _match(above)) and found.url_name != "home":
            return above
    return ""


def _match(path: str) -> ResolverMatch | None:
    """What stands at an address of ours."""
    try:
        return resolve(path)
    except Resolver404:
        return None
