"""Sending, removing, putting back and reading one's own documents."""

from datetime import datetime

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from applications import documents
from applications.completeness import whole
from applications.forms.document import DocumentForm
from applications.models import Application, Document
from applications.steps import BY_SLUG
from applications.views.draft import _show, own_application
from applications.views.rows import Trouble, step_of, trouble_of
from applications.wanted import Wanted, wanted
from audit.moves import Refused
from papers.fit import Unfit
from papers.handing import attachment, sealed
from papers.models import CheckedFile


def asked_for(application: Application, slot: str) -> Wanted:
    """What this application is asked for at this place; 404 for anything else."""
    for row in wanted(whole(application)):
        if row.slot == slot:
            return row
    raise Http404


def keep(
    request: Asked, application: Application, asked: Wanted, form: DocumentForm, at: datetime
) -> Document:
    """Keep the form's file, if it is valid, as what is asked. Raises Unfit or Refused."""
    if not form.is_valid():
        raise Unfit(form.problem)
    return documents.upload(
        application,
        asked.kind,
        form.cleaned_data["file"],
        slot=asked.slot,
        pages=form.pages,
        preview=form.preview,
        by=request.user,
        at=at,
    )


@require_POST
def document_upload(request: Asked, number: str, slot: str) -> HttpResponse:
    """Check a PDF and keep it; a refused one changes nothing and says why."""
    application = own_application(request, number)
    asked = asked_for(application, slot)
    form = DocumentForm(request.POST, request.FILES, slot=slot)
    try:
        document = keep(request, application, asked, form, request.arrived_at)
    except Unfit as unfit:
        sent = request.FILES.get("file")
        trouble = trouble_of(slot, unfit.problem, sent.name or "" if sent else "")
    except Refused as refused:
        trouble = Trouble(slot, str(refused.text))
    else:
        messages.success(request, _("Received: %(name)s") % {"name": document.label})
        return redirect("application_step", number, "documents")
    shown = step_of(whole(application), by=request.user, trouble=trouble)
    return _show(request, application, BY_SLUG["documents"], valid=False, **shown)


@require_POST
def document_remove(request: Asked, number: str, pk: int) -> HttpResponse:
    """Take a document out of the draft; what was submitted keeps it."""
    application = own_application(request, number)
    document = get_object_or_404(application.documents.current(), pk=pk)
    documents.remove(
        document,
        by=request.user,
        at=request.arrived_at,
    )
    messages.success(request, _("Removed: %(name)s") % {"name": document.label})
    return redirect("application_step", number, "documents")


@require_POST
def document_restore(request: Asked, number: str, pk: int) -> HttpResponse:
    """Put a version of before back into the draft, in the place of the one that is there now."""
    application = own_application(request, number)
    document = get_object_or_404(application.documents.filter(replaced_at__isnull=False), pk=pk)
    asked_for(application, document.slot)
    documents.restore(document, by=request.user, at=request.arrived_at)
    messages.success(request, _("Put back: %(name)s") % {"name": document.label})
    return redirect("application_step", number, "documents")


@require_safe
def document_preview(request: Asked, pk: int) -> HttpResponseBase:
    """A small picture of the first page, for its owner."""
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    check = get_object_or_404(CheckedFile.objects.exclude(preview=""), sha256=document.sha256)
    return sealed(FileResponse(check.preview.open("rb"), content_type="image/webp"))


@require_safe
def document_download(request: Asked, pk: int) -> HttpResponseBase:
    """The applicant's own file back, byte for byte."""
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    return attachment(str(document.file), label=document.label)
