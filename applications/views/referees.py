"""The applicant's referees: name, remind, correct an address, remove; also after submitting, until letters are due."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.asking import Asked
from applications import referees
from applications.forms.referee import AddressForm, RefereeForm
from applications.models import Application, Referee
from applications.models.referee import Relation
from applications.referee_state import referee_lines
from applications.steps import BY_SLUG
from applications.views.draft import kept_typing, own_application, step_frame
from audit.moves import Refused

STEP = BY_SLUG["referees"]


def own_referee(request: Asked, number: str, pk: int) -> Referee:
    """One of the applicant's own referees; 404 for everybody else, staff included."""
    application = own_application(request, number)
    referee = get_object_or_404(application.referees.kept(), pk=pk)
    referee.application = application
    return referee


@require_safe
def application_referees(request: Asked, number: str) -> HttpResponse:
    """Who was asked, how far each request is, and the form to ask one more."""
    application = own_application(request, number)
    if not referees.may_name(application, request.arrived_at):
        messages.info(request, _("The time for letters of reference is over for this application."))
        return redirect("my_application")
    posted_to = [reverse(name, args=[number]) for name in ("referee_check", "referee_invite")]
    typed = kept_typing(request, *posted_to)
    if typed:
        messages.warning(
            request,
            _("You were signed out before anything was sent. Here is what you typed: send it now."),
        )
    return _show(request, application, RefereeForm(typed, application=application))


def _show(
    request: Asked, application: Application, form: RefereeForm, status: int = 200
) -> HttpResponse:
    """A step of the form while the draft is open, a page of its own afterwards."""
    writing = not application.is_settled and application.may_change(request.arrived_at)
    steps = step_frame(application, STEP) if writing else {}
    lines = referee_lines(application, request.arrived_at)
    counted = sum(line.counts for line in lines)
    context: dict[str, Any] = {
        "frame": "applications/form_frame.html" if writing else "applications/referees_frame.html",
        "writing": writing,
        "application": application,
        "step": STEP,
        "lines": lines,
        "asked": application.referees_asked,
        "left": max(0, application.referees_asked - counted),
        "room": counted < referees.most_referees(application),
        "lacking": referees.what_lacks_to_invite(application),
        "due_at": Referee(application=application).due_at,
        "form": form,
        **steps,
    }
    return render(request, "applications/application_referees.html", context, status=status)


def _typed(request: Asked, application: Application) -> RefereeForm:
    """What was typed, judged; also by the rules that only the file knows."""
    form = RefereeForm(request.POST, application=application)
    if form.is_valid():
        try:
            referees.refuse_to_invite(application, form.cleaned_data["email"])
        except Refused as refused:
            form.add_error("email", str(refused.text))
    return form


@require_http_methods(["GET", "HEAD", "POST"])
def referee_check(request: Asked, number: str) -> HttpResponse:
    """Show the address once more before anything leaves: most letters that are lost went to a mistyped one."""
    application = own_application(request, number)
    if request.method != "POST":  # the page before signing in again
        return redirect("application_referees", number)
    form = _typed(request, application)
    if not form.is_valid():
        return _show(request, application, form, status=422)
    context = {
        "application": application,
        "form": form,
        "person": form.cleaned_data,
        "relation": Relation(form.cleaned_data["relation"]).label,
        "due_at": Referee(application=application).due_at,
    }
    return render(request, "applications/referee_check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def referee_edit(request: Asked, number: str) -> HttpResponse:
    """Back to the form, with what was typed; nothing is saved or sent."""
    application = own_application(request, number)
    if request.method != "POST":
        return redirect("application_referees", number)
    return _show(request, application, RefereeForm(request.POST, application=application))


@require_POST
def referee_invite(request: Asked, number: str) -> HttpResponse:
    """Invite at once; clicking twice invites once."""
    application = own_application(request, number)
    form = RefereeForm(request.POST, application=application)
    if form.is_valid():
        try:
            referee = referees.invite(
                application, by=request.user, at=request.arrived_at, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("email", str(refused.text))
        else:
            messages.success(
                request, _("Invited: %(name)s. Our letter leaves now.") % {"name": referee.name}
            )
            return redirect("application_referees", number)
    return _show(request, application, form, status=422)


@require_POST
def referee_remind(request: Asked, number: str, pk: int) -> HttpResponse:
    """Have them reminded, at most every 72 hours."""
    referee = own_referee(request, number, pk)
    referees.remind(referee, by=request.user, at=request.arrived_at)
    messages.success(request, _("Reminded: %(name)s.") % {"name": referee.name})
    return redirect("application_referees", number)


@require_http_methods(["GET", "HEAD", "POST"])
def referee_address(request: Asked, number: str, pk: int) -> HttpResponse:
    """Invite the same person at another address."""
    referee = own_referee(request, number, pk)
    posted = request.method == "POST"
    form = AddressForm(request.POST if posted else kept_typing(request), referee=referee)
    if posted and form.is_valid():
        try:
            referees.change_address(
                referee,
                email=form.cleaned_data["email"],
                by=request.user,
                at=request.arrived_at,
            )
        except Refused as refused:
            form.add_error("email", str(refused.text))
        else:
            messages.success(
                request, _("Invited: %(name)s. Our letter leaves now.") % {"name": referee.name}
            )
            return redirect("application_referees", number)
    context = {"application": referee.application, "referee": referee, "form": form}
    status = 422 if posted else 200
    return render(request, "applications/referee_address.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def referee_remove(request: Asked, number: str, pk: int) -> HttpResponse:
    """Ask once more, then ask this person for nothing any more."""
    referee = own_referee(request, number, pk)
    if request.method == "POST":
        referees.remove(referee, by=request.user, at=request.arrived_at)
        messages.success(request, _("Removed: %(name)s") % {"name": referee.name})
        return redirect("application_referees", number)
    context = {"application": referee.application, "referee": referee}
    return render(request, "applications/referee_remove.html", context)
