"""Handing a file out: as a download that no browser runs, renders in our origin or keeps."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from papers.models import CheckedFile

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def attachment(name: str, *, label: str) -> HttpResponseBase:
    """A stored PDF under the name that the reader should see. Whoever calls has checked the rights.

    A bucket hands it out itself, by a link that ends after a minute; files on our disk go through us.
    """
    storage: Any = default_storage
    disposition = content_disposition_header(True, label) or "attachment"
    if address := storage.link(name, disposition=disposition):
        return sealed(HttpResponseRedirect(address))
    return through_us(name, label=label)


def through_us(name: str, *, label: str) -> HttpResponseBase:
    """The same, from our own address wherever it is kept: for a page whose script reads it."""
    response = FileResponse(
        default_storage.open(name),
        as_attachment=True,
        filename=label,
        content_type="application/pdf",
    )
    return sealed(response)


def sealed(response: HttpResponseBase) -> HttpResponseBase:
    """The headers of every file of others."""
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def cleaned(request: HttpRequest, sha256: str, *, label: str) -> HttpResponseBase:
    """The cleaned copy for a reader; while there is none, a page that says why. The original is never handed."""
    check = CheckedFile.objects.filter(sha256=sha256).first()
    if check and check.state == CheckedFile.State.CLEAN:
        return attachment(str(check.cleaned), label=label)
    return not_ready(request, check)


def handed(answer: HttpResponseBase) -> bool:
    """Whether a reader got the file, and not the page that stands in for it."""
    return answer.status_code < 400


def not_ready(request: HttpRequest, check: CheckedFile | None) -> HttpResponse:
    """The page in place of a file that nobody may open yet, or at all."""
    response = render(request, "papers/not_ready.html", {"check": check}, status=409)
    if not check or check.state == CheckedFile.State.WAITING:
        response["Retry-After"] = "30"
    return response
