"""Accommodation needs: a page of their own, beside the form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.asking import Asked
from applications.accommodation import say_needs
from applications.forms.accommodation import AccommodationForm
from applications.views.draft import kept_typing, own_application


@require_http_methods(["GET", "HEAD", "POST"])
def application_accommodation(request: Asked, number: str) -> HttpResponse:
    """Say what one needs, change it or erase it."""
    application = own_application(request, number)
    posted = request.method == "POST"
    held = {"accommodation": application.accommodation}
    form = AccommodationForm(request.POST if posted else kept_typing(request), initial=held)
    if posted and form.is_valid():
        say_needs(application, form.cleaned_data["accommodation"], by=request.user)
        said = bool(application.accommodation)
        messages.success(request, _("Saved.") if said else _("Nothing is kept here any more."))
        return redirect("application_accommodation", number)
    context = {"form": form, "application": application}
    status = 422 if posted else 200
    return render(request, "applications/application_accommodation.html", context, status=status)
