"""The wall between a member of the staff without a second factor and everything else."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.second_factor import has_second_factor

Respond = Callable[[HttpRequest], HttpResponse]

# What someone may still reach: the pages that set the second factor up, and the way out.
OPEN = {
    "healthz",
    "set_language",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}


def second_factor(get_response: Respond) -> Respond:
    """Send a member of the staff without a second factor to the page where one is set up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match and not match.namespaces and match.url_name in OPEN:
            return None
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None  # A visitor: no session to look up.
        user = request.user
        if not user.is_authenticated or not user.is_member or has_second_factor(user):
            return None
        return HttpResponseRedirect(reverse("mfa_index"))

    cast(Any, middleware).process_view = process_view
    return middleware
