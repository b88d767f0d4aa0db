"""Saying that one must not see a file: as its reader, as a coordinator or as a director."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from accounts.permissions import reviews as is_reader
from reviews import conflicts
from reviews.assignment import declare_conflict
from reviews.conflict_forms import ConflictForm, StateForm
from reviews.models import Assignment, Conflict, Origin
from reviews.permissions import works_on_files
from reviews.queue import next_after
from reviews.views.file import file_page, visible
from reviews.views.reading import own


@only(is_reader)
@require_http_methods(["GET", "HEAD", "POST"])
def review_conflict(request: Asked, pk: int) -> HttpResponse:
    """Say why one must not read this file; it leaves the queue at once, and the next one opens."""
    if request.method == "POST" and _said_before(request, pk):
        messages.info(request, _("Noted: you will not see this file again."))
        return redirect("queue")
    assignment = own(request, pk)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context: dict[str, Any] = {"assignment": assignment, "form": form}
        status = 422 if form.errors else 200
        return render(request, "reviews/review_conflict.html", context, status=status)
    said = form.said()
    declare_conflict(assignment, by=request.user, why=said["words"], reason=said["reason"])
    following = next_after(assignment, request.user, assignment.application.cycle)
    if following is None:
        messages.success(request, _("Noted: you will not see this file again."))
        return redirect("queue")
    messages.success(request, _("Noted: you will not see that file again. Here is the next one."))
    return redirect("review", following.pk)


def _said_before(request: Asked, pk: int) -> bool:
    """Whether the reader declared it a moment ago: a second click is no error."""
    rows = Assignment.objects.filter(
        pk=pk, reviewer=request.user, status=Assignment.Status.CONFLICT
    )
    known = Conflict.objects.confirmed().filter(person=request.user, origin=Origin.DECLARED)
    return known.filter(application__in=rows.values("application")).exists()


@only(works_on_files)
@require_http_methods(["GET", "HEAD", "POST"])
def file_conflict(request: Asked, number: str) -> HttpResponse:
    """A coordinator or a director says that they must not see this file; it leaves their sight at once."""
    application = visible(request, number)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        conflicts.declare(application, by=request.user, **form.said())
        messages.success(request, _("Noted: you will not see this file again."))
        return redirect("board")
    alone = coordinates(request.user) and not conflicts.coordinators_left(application, request.user)
    context = {"application": application, "form": form, "alone": alone}
    status = 422 if form.errors else 200
    return render(request, "reviews/file_conflict.html", context, status=status)


@only(coordinates)
@require_POST
def file_conflict_state(request: Asked, number: str) -> HttpResponse:
    """A coordinator knows of a conflict of somebody else."""
    application = visible(request, number)
    form = StateForm(request.POST, prefix="state")
    if not form.is_valid():
        return file_page(request, application, state_form=form, status=422)
    person = form.cleaned_data["person"]
    conflicts.state(application, person, words=form.cleaned_data["words"], by=request.user)
    messages.success(request, _("Noted: %(person)s does not see this file.") % {"person": person})
    return redirect("board") if person == request.user else redirect("file", number)
