"""Erasing a draft: asked once more, then done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.asking import Asked
from applications.erasure import erase_draft, was_submitted
from applications.views.draft import own_application


@require_http_methods(["GET", "HEAD", "POST"])
def application_erase(request: Asked, number: str) -> HttpResponse:
    """What will be gone, and the button; for what was submitted, what can be done instead."""
    application = own_application(request, number)
    if request.method == "POST":
        erase_draft(application, by=request.user)
        messages.success(request, _("Your draft is erased. Nothing of it is left."))
        return redirect("my_application")
    context = {"application": application, "submitted": was_submitted(application)}
    return render(request, "applications/application_erase.html", context)
