""" "My file": what is in it, its download, and what one agreed to."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from reports.consents import given_by
from reports.my_file import archive
from reports.trail import openings
from scholarships import held as confidential


@require_safe
def my_file(request: Asked) -> HttpResponse:
    """What the file holds, who opened one's applications and confidential answers, and the button."""
    context = {
        "opened": openings(request.user),
        "openings": confidential.openings(request.user, by=request.user),
    }
    return render(request, "reports/my_file.html", context)


@require_safe
def my_consents(request: Asked) -> HttpResponse:
    """What the reader agreed to, and how each is taken back."""
    return render(request, "reports/my_consents.html", {"given": given_by(request.user)})


@require_POST
def my_file_download(request: Asked) -> FileResponse:
    """Everything held about the reader, made now and kept nowhere."""
    return FileResponse(
        archive(request.user),
        as_attachment=True,
        filename="mila-my-file.zip",
        content_type="application/zip",
    )
