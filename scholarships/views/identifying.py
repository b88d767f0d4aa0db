"""Self-identification: said, put right, erased; by the person alone, away from the application."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from accounts.asking import Asked
from accounts.door import never_kept
from applications.models import Application
from scholarships import identifying
from scholarships.identifying_form import IdentifyingForm


def own_application(request: Asked, number: str) -> Application:
    """One's own file; 404 for everybody else, whatever their role."""
    rows = Application.objects.visible_to(request.user).filter(applicant_id=request.user.pk)
    return get_object_or_404(rows.select_related("cycle"), number=number)


@never_kept
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def self_identification(request: Asked, number: str) -> HttpResponse:
    """Eight questions, each optional; what was said is there to change."""
    application = own_application(request, number)
    said = identifying.said(application, by=request.user)
    posted = request.method == "POST"
    form = IdentifyingForm(request.POST if posted else None, said=said)
    if posted and form.is_valid():
        identifying.say(application, form.cleaned_data, by=request.user)
        messages.success(request, _("Kept, apart and sealed. Change or erase it at any time."))
        return redirect("self_identification", number)
    context = {"form": form, "application": application, "stands": bool(said)}
    status = 422 if posted else 200
    return render(request, "scholarships/self_identification.html", context, status=status)


@require_POST
def self_identification_erase(request: Asked, number: str) -> HttpResponse:
    """Delete all of it, at once."""
    application = own_application(request, number)
    if identifying.erase(application, by=request.user):
        text = _(
            "Your answers are erased, as of now. A letter confirms it, without a word of them."
        )
    else:
        text = _("There was nothing to erase.")
    messages.success(request, text)
    return redirect("self_identification", number)
