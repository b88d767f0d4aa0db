"""A place kept for another year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications.views.draft import kept_typing
from enrolment import deferring
from enrolment.forms import DeferForm
from enrolment.models import Deferral
from enrolment.views.person import person_of


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def followup_defer(request: Asked, number: str) -> HttpResponse:
    """Say what a deferral means, then record it."""
    application = person_of(request, number)
    posted = request.method == "POST"
    form = DeferForm(request.POST if posted else kept_typing(request), after=application.cycle)
    if posted and form.is_valid():
        data = form.cleaned_data
        deferring.defer(application, data["to"], reason=data["reason"], by=request.user)
        messages.success(request, _("The place is kept, and the person is told."))
        return redirect("followup_person", number)
    later = deferring.cycles_after(application.cycle)
    context = {"application": application, "form": form, "later": later}
    return render(request, "enrolment/followup_defer.html", context, status=422 if posted else 200)


@only(coordinates)
@require_POST
def deferral_undo(request: Asked, pk: int) -> HttpResponse:
    """Take the promise back."""
    rows = Deferral.objects.visible_to(request.user).select_related("application")
    deferral = get_object_or_404(rows, pk=pk)
    deferring.undo(deferral, by=request.user)
    messages.success(
        request, _("The deferral is undone. Write to the person: they were told of it.")
    )
    return redirect("followup_person", deferral.application.number)
