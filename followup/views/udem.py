"""The file at UdeM as its person sees it, and what they tell us of each step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.asking import Asked
from accounts.door import never_kept
from followup import filing, student_centre, udem_forms
from followup.forms import FilingForm
from followup.models import Filing, Identity, UdemFile
from followup.path import Path
from followup.proofs import lines as proofs_of
from followup.views.home import own_situation

Verb = Callable[[UdemFile, Any], object]


@require_safe
def udem_file(request: Asked, number: str) -> HttpResponse:
    """The steps of one's own file at UdeM: what is done, what is next, and by when."""
    one = own_situation(request, number)
    if one.udem_file is None or not one.is_at_udem:
        messages.info(request, _("There is no file at UdeM to follow for this application."))
        return redirect("past_application", number)
    context = {
        "situation": one,
        "application": one.application,
        "udem_file": one.udem_file,
        "path": Path(one, one.udem_file),
        "proofs": proofs_of(one.udem_file),
        "identity": Identity.objects.filter(application=one.application).first(),
    }
    return render(request, "followup/udem_file.html", context)


@never_kept
@sensitive_post_parameters("number")
@require_http_methods(["GET", "HEAD", "POST"])
def udem_report(request: Asked, number: str) -> HttpResponse:
    """Report the application to UdeM: its number and its day."""
    return _filing(request, number, filing.report_filing, "followup/udem_report.html")


@never_kept
@sensitive_post_parameters("number")
@require_http_methods(["GET", "HEAD", "POST"])
def udem_correct(request: Asked, number: str) -> HttpResponse:
    """Put right the number or the day."""
    return _filing(request, number, filing.correct_filing, "followup/udem_correct.html")


def _filing(request: Asked, number: str, verb: Any, template: str) -> HttpResponse:
    """The form, its errors beside what was typed, or the verb and back to the file."""
    udem_file = own_file(request, number)
    posted = request.method == "POST"
    form = FilingForm(request.POST if posted else None, udem_file=udem_file)
    if posted and form.is_valid():
        verb(udem_file, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your UdeM application is recorded."))
        return redirect("udem_file", number)
    context = {"form": form, "udem_file": udem_file, "application": application_of(udem_file)}
    return render(request, template, context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def udem_documents(request: Asked, number: str) -> HttpResponse:
    """Tell the day that UdeM asked for documents."""

    def told(row: UdemFile, form: Any) -> None:
        student_centre.report(row, Filing.DOCUMENTS, form.facts, by=request.user)

    lead = _("They are due 10 working days later: we count them for you, and remind you.")
    return _step(
        request, number, udem_forms.DocumentsForm, told, _("UdeM asked for documents"), lead
    )


@require_http_methods(["GET", "HEAD", "POST"])
def udem_documents_sent(request: Asked, number: str) -> HttpResponse:
    """Tell that all documents are sent."""

    def told(row: UdemFile, form: Any) -> None:
        student_centre.say_sent(row, form.day, by=request.user)

    lead = _("Once all is sent, we stop reminding you.")
    return _step(request, number, udem_forms.SentForm, told, _("My documents are sent"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
def udem_answer(request: Asked, number: str) -> HttpResponse:
    """Tell UdeM's answer, or put it right."""

    def told(row: UdemFile, form: Any) -> None:
        to = Filing(form.cleaned_data["status"])
        student_centre.report(row, to, form.facts, by=request.user)

    lead = _(
        "As in UdeM’s letter and in the Student Centre. You can correct it until we confirm it."
    )
    return _step(request, number, udem_forms.AnswerForm, told, _("UdeM’s answer"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
def udem_condition_met(request: Asked, number: str) -> HttpResponse:
    """Tell that UdeM's condition is met."""

    def told(row: UdemFile, form: Any) -> None:
        student_centre.say_met(row, form.day, by=request.user)

    lead = _("UdeM has what it asked for. Its conditional letter stays the official one.")
    return _step(request, number, udem_forms.MetForm, told, _("My condition is met"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
def udem_accepted(request: Asked, number: str) -> HttpResponse:
    """Tell that UdeM's offer is accepted."""

    def told(row: UdemFile, form: Any) -> None:
        student_centre.report(row, Filing.ACCEPTED, form.facts, by=request.user)

    lead = _("In the Student Centre: telling us does not accept it there.")
    return _step(request, number, udem_forms.AcceptedForm, told, _("I accepted UdeM’s offer"), lead)


@require_POST
def udem_take_back(request: Asked, number: str) -> HttpResponse:
    """The last step was reported by mistake."""
    row = student_centre.take_back(own_file(request, number), by=request.user)
    step = Filing(row.status).label
    messages.success(request, _("Taken back: your file is at “%(step)s” again.") % {"step": step})
    return redirect("udem_file", number)


def _step(
    request: Asked,
    number: str,
    form_class: type[udem_forms.StepForm],
    verb: Verb,
    title: str,
    lead: str,
) -> HttpResponse:
    """The small form of a step, or its verb and back to the file."""
    udem_file = own_file(request, number)
    posted = request.method == "POST"
    form = form_class(request.POST if posted else None, udem_file=udem_file)
    if posted and form.is_valid():
        verb(udem_file, form)
        messages.success(request, _("Recorded. Thank you for telling us."))
        return redirect("udem_file", number)
    context = {
        "form": form,
        "udem_file": udem_file,
        "application": application_of(udem_file),
        "title": title,
        "lead": lead,
    }
    return render(request, "followup/udem_step.html", context, status=422 if posted else 200)


def own_file(request: Asked, number: str) -> UdemFile:
    """One's own file at UdeM; 404 for everybody else, staff included."""
    rows = UdemFile.objects.visible_to(request.user).select_related(
        "program", "offer__decision__release", "offer__decision__application__cycle"
    )
    mine = rows.filter(offer__decision__application__applicant=request.user.pk)
    return get_object_or_404(mine, offer__decision__application__number=number)


def application_of(udem_file: UdemFile) -> Any:
    """The file at Mila that it follows."""
    return udem_file.offer.decision.application
