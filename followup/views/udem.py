"""The report of the application to UdeM, and its correction."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.asking import Asked
from applications.views.draft import kept_typing
from followup import filing
from followup.forms import FilingForm
from followup.models import UdemFile


@require_http_methods(["GET", "HEAD", "POST"])
def udem_report(request: Asked, number: str) -> HttpResponse:
    """Report the application to UdeM: its number and its day."""
    return _filing(request, number, filing.report_filing, "followup/udem_report.html")


@require_http_methods(["GET", "HEAD", "POST"])
def udem_correct(request: Asked, number: str) -> HttpResponse:
    """Put right the number or the day."""
    return _filing(request, number, filing.correct_filing, "followup/udem_correct.html")


def _filing(request: Asked, number: str, verb: Any, template: str) -> HttpResponse:
    """The form, its errors beside what was typed, or the verb and back home."""
    rows = UdemFile.objects.visible_to(request.user).select_related(
        "program", "offer__decision__release", "offer__decision__application__cycle"
    )
    mine = rows.filter(offer__decision__application__applicant=request.user.pk)
    udem_file = get_object_or_404(mine, offer__decision__application__number=number)
    posted = request.method == "POST"
    typed = request.POST if posted else kept_typing(request)
    form = FilingForm(typed, udem_file=udem_file)
    if posted and form.is_valid():
        verb(udem_file, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your UdeM application is recorded."))
        return redirect("my_application")
    application = udem_file.offer.decision.application
    context = {"form": form, "udem_file": udem_file, "application": application}
    return render(request, template, context, status=422 if posted else 200)
