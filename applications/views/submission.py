"""Submitting, and changing one's mind."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from accounts.asking import Asked
from applications import lifecycle
from applications.leaving import warnings_of
from applications.views.draft import declarations, own_application, show_review
from audit.moves import Refused


@require_POST
def application_submit(request: Asked, number: str) -> HttpResponse:
    """Submit what was reviewed; clicking twice gives the same receipt."""
    application = own_application(request, number)
    revision = request.POST.get("revision", "")
    shown = declarations(request, application)
    if shown["unticked"]:
        problem = _("Tick each declaration to submit.")
        return show_review(request, application, problem=problem, status=422)
    if request.POST.get("wording", shown["wording"]) != shown["wording"]:
        problem = _("A declaration changed since you opened this page: read them once more.")
        return show_review(request, application, problem=problem, status=409)
    try:
        submission = lifecycle.submit(
            application,
            by=request.user,
            # No draft has ten digits of revisions, and Python refuses to read thousands of them.
            revision=int(revision) if revision.isdecimal() and len(revision) < 10 else -1,
            at=request.arrived_at,
            zone=request.POST.get("zone", ""),
        )
    except Refused as refused:
        if refused.forbidden:
            raise
        return show_review(request, application, problem=str(refused.text), status=409)
    return redirect("application_receipt", submission.receipt)


@require_POST
def application_reopen(request: Asked, number: str) -> HttpResponse:
    """Change a submitted application, until the close."""
    application = own_application(request, number)
    lifecycle.reopen(
        application,
        by=request.user,
        at=request.arrived_at,
    )
    messages.info(
        request,
        _("You may change it now. What you submitted counts until you submit again."),
    )
    return redirect("application_review", number)


@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw(request: Asked, number: str) -> HttpResponse:
    """Ask once more, then take the application out."""
    application = own_application(request, number)
    if request.method != "POST":
        context = {
            "application": application,
            "may_be_undone": application.accepts(request.arrived_at),
            "ends": warnings_of(application),
        }
        return render(request, "applications/application_withdraw.html", context)
    lifecycle.withdraw(application, by=request.user)
    messages.success(request, _("Your application is withdrawn."))
    return redirect("my_application")


@require_POST
def application_restore(request: Asked, number: str) -> HttpResponse:
    """Undo a withdrawal, until the close."""
    application = own_application(request, number)
    lifecycle.restore(application, by=request.user, at=request.arrived_at)
    messages.success(request, _("Your application is back as it was."))
    return redirect("my_application")
