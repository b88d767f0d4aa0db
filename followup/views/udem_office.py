"""The file at UdeM for the office: a coordinator confirms or puts right a step, a director follows without who it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.asking import Asked
from accounts.door import never_kept, only
from accounts.permissions import coordinates
from applications import countries
from applications.opening import opened
from followup import student_centre
from followup.models import Filing, Identity, UdemFile
from followup.office import story
from followup.permissions import follows_up
from followup.proofs import lines as proofs_of
from followup.student_centre import Facts
from followup.udem_forms import OfficeForm
from followup.views.udem import application_of


def _followed(request: Asked, number: str) -> UdemFile:
    """A file at UdeM that this member of the office may see, never their own; else 404."""
    rows = UdemFile.objects.visible_to(request.user).select_related(
        "program",
        "offer__decision__release",
        "offer__decision__application__cycle",
        "offer__decision__application__applicant",
    )
    others = rows.exclude(offer__decision__application__applicant=request.user.pk)
    return get_object_or_404(others, offer__decision__application__number=number)


@only(follows_up)
@require_safe
def udem_office(request: Asked, number: str) -> HttpResponse:
    """How far the file is, and what was said of it; numbers, identity and proofs for coordinators alone."""
    udem_file = _followed(request, number)
    application = application_of(udem_file)
    opened(application, by=request.user)
    context: dict[str, Any] = {
        "application": application,
        "udem_file": udem_file,
        "story": story(udem_file),
        "sees_who": coordinates(request.user),
    }
    if coordinates(request.user):
        known = Identity.objects.visible_to(request.user).filter(application=application).first()
        context["identity"] = known
        context["citizenships"] = (
            [countries.name_of(one) for one in known.citizenships] if known else []
        )
        context["proofs"] = proofs_of(udem_file)
    return render(request, "followup/udem_office.html", context)


@only(coordinates)
@require_POST
def udem_confirm(request: Asked, number: str) -> HttpResponse:
    """What the person reported is right."""
    udem_file = _followed(request, number)
    student_centre.record_step(udem_file, Filing(udem_file.status), Facts(), by=request.user)
    messages.success(request, _("Confirmed."))
    return redirect("udem_office", number)


@only(coordinates)
@never_kept
@sensitive_post_parameters("number")
@require_http_methods(["GET", "HEAD", "POST"])
def udem_record(request: Asked, number: str) -> HttpResponse:
    """Write the step and its facts, forwards or backwards, with a reason."""
    udem_file = _followed(request, number)
    posted = request.method == "POST"
    form = OfficeForm(request.POST if posted else None, udem_file=udem_file)
    if posted and form.is_valid():
        student_centre.record_step(
            udem_file,
            Filing(form.cleaned_data["status"]),
            form.facts,
            by=request.user,
            why=form.cleaned_data["why"],
            emptied=form.emptied,
        )
        messages.success(request, _("Recorded. The person is told to sign in."))
        return redirect("udem_office", number)
    context = {"form": form, "udem_file": udem_file, "application": application_of(udem_file)}
    return render(request, "followup/udem_record.html", context, status=422 if posted else 200)
