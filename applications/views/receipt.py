"""The receipt of a submission: its page, its PDF, and what was received, to the byte."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from applications import receipts
from applications.models import Submission
from applications.receipts import Receipt
from applications.snapshot import canonical


def _receipt(request: Asked, number: str) -> Receipt:
    """The receipt, for its applicant and for those who run the cycle."""
    rows = Submission.objects.visible_to(request.user)
    rows = rows.select_related("application__cycle", "application__applicant")
    return Receipt(get_object_or_404(rows, receipt=number))


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file of ours that no browser runs or keeps."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def application_receipt(request: Asked, receipt: str) -> HttpResponse:
    """What was received, when, its fingerprints, and what became of it."""
    one = _receipt(request, receipt)
    context = {
        "receipt": one,
        "submission": one.submission,
        "application": one.application,
        "how_to_check": receipts.how_to_check(),
    }
    return render(request, "applications/application_receipt.html", context)


@require_safe
def receipt_pdf(request: Asked, receipt: str) -> HttpResponse:
    """The same as a PDF, in the language of the page."""
    one = _receipt(request, receipt)
    name = _("receipt-%(number)s.pdf") % {"number": one.submission.receipt}
    return _download(receipts.pdf_of(one), name, "application/pdf")


@require_safe
def receipt_content(request: Asked, receipt: str) -> HttpResponse:
    """The bytes whose SHA-256 stands on the receipt; for the applicant alone."""
    mine = Submission.objects.filter(application__applicant=request.user.pk)
    submission = get_object_or_404(mine, receipt=receipt)
    name = f"{submission.receipt}.json"
    return _download(canonical(submission.content), name, "application/json")
