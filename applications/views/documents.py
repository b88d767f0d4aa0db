"""Sending, removing and reading one's own documents."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from applications import documents
from applications.forms.document import DocumentForm
from applications.models import Application, Document
from applications.steps import BY_SLUG
from applications.views.draft import _show, own_application, whole
from applications.views.rows import rows
from applications.wanted import Wanted, wanted
from audit.moves import Refused
from papers.handing import attachment


def asked_for(application: Application, slot: str) -> Wanted:
    """What this application is asked for at this place; 404 for anything else."""
    for row in wanted(whole(application)):
        if row.slot == slot:
            return row
    raise Http404


@require_POST
def document_upload(request: Asked, number: str, slot: str) -> HttpResponse:
    """Check a PDF and keep it; a refused one changes nothing and says why."""
    application = own_application(request, number)
    kind = asked_for(application, slot).kind
    form = DocumentForm(request.POST, request.FILES, slot=slot)
    if form.is_valid():
        try:
            documents.upload(
                application,
                kind,
                form.cleaned_data["file"],
                slot=slot,
                pages=form.pages,
                preview=form.preview,
                by=request.user,
                at=request.arrived_at,
            )
        except Refused as refused:
            form.add_error("file", str(refused.text))
        else:
            messages.success(
                request,
                _("Received: %(name)s") % {"name": form.cleaned_data["file"].name},
            )
            return redirect("application_step", number, "documents")
    shown = rows(application, bad=form)
    return _show(request, application, BY_SLUG["documents"], documents=shown, valid=False)


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


@require_safe
def document_download(request: Asked, pk: int) -> HttpResponseBase:
    """The applicant's own file back, byte for byte."""
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    return attachment(str(document.file), label=document.label)
