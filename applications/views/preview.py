"""A cycle's form as an applicant will meet it, published or not; nothing can be typed, nothing is kept."""

from copy import copy
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from accounts.permissions import administers
from applications.models import Application
from applications.preview import Preview, redirected
from applications.steps import BY_SLUG, STEPS
from applications.views.draft import application_review, application_step
from applications.views.referees import application_referees
from cycles.models import Cycle

REVIEW = "review"


@require_safe
def cycle_preview(request: Asked, code: str, step: str) -> HttpResponse:
    """One step of the form, drawn by the applicant's own page for somebody who does not exist."""
    if not administers(request.user):
        raise PermissionDenied
    cycle = get_object_or_404(Cycle, code=code)
    if step not in {*BY_SLUG, REVIEW}:
        raise Http404
    preview = Preview.read(cycle, request.GET)
    with preview.draft() as application:
        page = _draw(_as_applicant(request, preview, application), application.number, step)
        page.content = redirected(page.content.decode(), _links(request, application, code))
    return page


def _as_applicant(request: Asked, preview: Preview, application: Application) -> Any:
    """The same request, made by the applicant while the cycle is open."""
    theirs: Any = copy(request)
    theirs.user, theirs.arrived_at = application.applicant, preview.moment
    theirs.preview = preview
    return theirs


def _draw(request: Any, number: str, step: str) -> HttpResponse:
    """The page of this step."""
    if step == REVIEW:
        return application_review(request, number)
    if step == "referees":
        return application_referees(request, number)
    return application_step(request, number, step)


def _links(request: Asked, application: Application, code: str) -> dict[str, str]:
    """Where each step of the form leads in the preview, with the same choices."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    number = application.number
    pages = {step.slug: reverse("application_step", args=[number, step.slug]) for step in STEPS}
    pages["referees"] = reverse("application_referees", args=[number])
    links = {
        old: reverse("cycle_preview", args=[code, slug]) + query for slug, old in pages.items()
    }
    review = reverse("application_review", args=[number])
    return {**links, review: reverse("cycle_preview", args=[code, REVIEW]) + query}
