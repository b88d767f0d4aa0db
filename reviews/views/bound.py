"""The bound dossier: one PDF for a reader of the file, and one with names for the coordination."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.door import only
from accounts.permissions import reviews as is_reader
from applications.models import Application
from applications.opening import opened
from dossiers.shelf import edition_of
from papers.handing import through_us
from reviews.dossier import latest
from reviews.permissions import works_on_files
from reviews.views.file import visible
from reviews.views.reading import own

SOON = "10"  # seconds


@only(is_reader)
@require_safe
def review_dossier(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The dossier of a file that this reader was given, without names where the cycle is blind."""
    application = own(request, pk).application
    return _dossier(request, application, blind=application.cycle.is_blind)


@only(works_on_files)
@require_safe
def file_dossier(request: HttpRequest, number: str) -> HttpResponseBase:
    """The dossier of a file, with names, for the coordination and the direction."""
    return _dossier(request, visible(request, number), blind=False)


def _dossier(request: HttpRequest, application: Application, *, blind: bool) -> HttpResponseBase:
    """The bound PDF; while there is none, a page that says so."""
    submission = latest(application)
    edition = edition_of(submission, blind=blind)
    if edition is None:
        return being_prepared(request)
    opened(submission, by=request.user, document="dossier")
    return through_us(str(edition.file), label=f"{application.number}-dossier.pdf")


def being_prepared(request: HttpRequest) -> HttpResponse:
    """The page in place of a dossier that is not bound yet."""
    response = render(request, "reviews/dossier_not_ready.html", status=409)
    response["Retry-After"] = SOON
    return response
