"""Going back to where a person came from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest, *fallback: str) -> HttpResponse:
    """To the page that the person came from, when it is ours."""
    origin = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(origin, {request.get_host()}, request.is_secure()):
        return redirect(origin)
    return redirect(*fallback)
