"""A document sent part by part: announce it, and hand it in once it is whole. Its parts go to papers.views."""

import re
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from applications import documents
from applications.completeness import whole
from applications.documents import purpose_of
from applications.forms.document import DocumentForm
from applications.models import Application, Document
from applications.views.documents import asked_for, keep
from applications.views.draft import own_application
from applications.views.rows import Trouble, rows, trouble_of
from audit.moves import Refused
from papers import uploads
from papers.fit import HEAD, Unfit
from papers.models import Upload
from papers.views import told

# Characters of a name that are looked at, before it is made a label.
LONGEST_NAME = 400


@require_safe
def document_row(request: Asked, number: str, slot: str) -> HttpResponse:
    """What became of a document, for a page that is open."""
    application = own_application(request, number)
    asked_for(application, slot)
    return show_row(request, application, slot)


@require_POST
def document_begin(request: Asked, number: str, slot: str) -> HttpResponse:
    """Announce a file: where its parts go, and from which byte; or the row, saying why it cannot be taken."""
    application = own_application(request, number)
    asked_for(application, slot)
    name, size = request.POST.get("name", "")[:LONGEST_NAME], number_of(request.POST.get("size"))
    try:
        documents.ready_for(application, size, by=request.user, at=request.arrived_at)
        upload = uploads.begin(
            owner=request.user,
            purpose=purpose_of(application, slot),
            name=name,
            size=size,
            head=hexadecimal(request.POST.get("head", ""), HEAD),
            sha256=hexadecimal(request.POST.get("sha256", ""), 32).hex(),
            at=request.arrived_at,
        )
    except Unfit as unfit:
        return show_row(request, application, slot, trouble_of(slot, unfit.problem, name))
    except Refused as refused:
        return show_row(request, application, slot, Trouble(slot, str(refused.text)))
    return JsonResponse(
        {
            "received": upload.received,
            "part": reverse("upload_part", args=[upload.pk]),
            "drop": reverse("upload_drop", args=[upload.pk]),
            "finish": reverse("document_finish", args=[number, slot, upload.pk]),
            "largest": uploads.PART,
        }
    )


@require_POST
def document_finish(request: Asked, number: str, slot: str, upload: UUID) -> HttpResponse:
    """Check the whole file and keep it, once however often it is asked; the answer is its row."""
    application = own_application(request, number)
    asked = asked_for(application, slot)
    mine = Upload.objects.visible_to(request.user).filter(purpose=purpose_of(application, slot))
    sent = get_object_or_404(mine, pk=upload)
    at = documents.moment_of(sent.begun_at, request.arrived_at)

    def judged(file: UploadedFile) -> Document:
        form = DocumentForm({}, {"file": file}, slot=slot)
        return keep(request, application, asked, form, at)

    try:
        sent = uploads.finish(sent, keep=judged)
    except uploads.OutOfPlace:
        return told(sent, status=409)
    except Unfit as unfit:
        return show_row(request, application, slot, trouble_of(slot, unfit.problem, sent.name))
    except Refused as refused:
        return show_row(request, application, slot, Trouble(slot, str(refused.text)))
    if sent.problem and sent.problem != uploads.DROPPED:
        return show_row(request, application, slot, trouble_of(slot, sent.problem, sent.name))
    return show_row(request, application, slot)


def show_row(
    request: Asked, application: Application, slot: str, trouble: Trouble | None = None
) -> HttpResponse:
    """One row of the documents step, as it is now."""
    fresh = whole(own_application(request, application.number))
    shown = rows(fresh, by=request.user, trouble=trouble)
    context = {
        "application": fresh,
        "row": next(row for row in shown if row.asked.slot == slot),
        "alone": True,
    }
    status = 422 if trouble else 200
    return render(request, "applications/document_row.html", context, status=status)


def number_of(text: str | None) -> int:
    """A size that a browser says; what is no number is nothing at all."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,10}", text) else 0


def hexadecimal(text: str, longest: int) -> bytes:
    """Bytes that a browser says in hexadecimal; anything else is nothing at all."""
    well = re.fullmatch(r"(?:[0-9a-f]{2})*", text)
    return bytes.fromhex(text) if well and len(text) <= 2 * longest else b""
