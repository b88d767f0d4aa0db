"""Sending and taking away the proofs of one's own file at UdeM."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.asking import Asked
from applications.forms.document import DocumentForm
from audit.moves import Refused
from followup import proofs
from followup.models import UdemFile
from followup.proofs import Line
from followup.views.udem import application_of, own_file


def _line(udem_file: UdemFile, slot: str) -> Line:
    """The place, as it is now; 404 for one that this step does not know."""
    for line in proofs.lines(udem_file):
        if line.proof.slot == slot:
            return line
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def udem_proof(request: Asked, number: str, slot: str) -> HttpResponse:
    """One proof: what it is for, what is there, and a PDF to send; a refused file says why and changes nothing."""
    udem_file = own_file(request, number)
    line = _line(udem_file, slot)
    posted = request.method == "POST"
    form = DocumentForm(request.POST, request.FILES, slot=slot) if posted else None
    if form and form.is_valid():
        try:
            proofs.send(
                udem_file,
                slot,
                form.cleaned_data["file"],
                pages=form.pages,
                preview=form.preview,
                by=request.user,
            )
        except Refused as refused:
            form.add_error("file", " ".join(map(str, [refused.text, *refused.reasons])))
        else:
            messages.success(request, _("Received: %(name)s") % {"name": line.proof.title})
            return redirect("udem_file", number)
    context = {
        "application": application_of(udem_file),
        "line": line,
        "form": form or DocumentForm(slot=slot),
    }
    return render(request, "followup/udem_proof.html", context, status=422 if posted else 200)


@require_POST
def udem_proof_remove(request: Asked, number: str, slot: str) -> HttpResponse:
    """Take it away."""
    udem_file = own_file(request, number)
    _line(udem_file, slot)
    proofs.remove(udem_file, slot, by=request.user)
    messages.success(request, _("Taken away."))
    return redirect("udem_file", number)
