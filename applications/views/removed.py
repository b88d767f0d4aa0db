"""A degree or a job that was just taken out of its step, and the click that puts it back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.asking import Asked
from applications import drafts
from applications.models import Application
from applications.steps import Step

REMOVED = "removed_line"


def take_out(request: Asked, application: Application, here: Step) -> HttpResponse:
    """Remove a line, and keep what it held at hand: a slip is undone by one click."""
    place = request.POST["remove"]
    if here.form.removable and place.isdecimal() and len(place) < 4:
        held = drafts.take_out(
            application, here.form, int(place), by=request.user, at=request.arrived_at
        )
        if held is not None:
            request.session[REMOVED] = {"file": application.number, "step": here.slug, "held": held}
    return redirect("application_step", application.number, here.slug)


def removed_from(request: Asked, application: Application, here: Step) -> dict[str, Any] | None:
    """The line that was just removed from this step, if one was."""
    removed: dict[str, Any] | None = request.session.get(REMOVED)
    if removed and (removed["file"], removed["step"]) == (application.number, here.slug):
        return removed
    return None
