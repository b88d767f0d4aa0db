"""One file for the coordination: what was submitted, who reads it, what was answered."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates
from applications.models import Application, Submission
from applications.opening import opened
from applications.referee_state import referee_lines
from dossiers.shelf import edition_of
from papers.handing import cleaned, handed
from reviews import assignment as assigning
from reviews import board
from reviews.conflict_board import with_moves
from reviews.conflict_forms import StateForm
from reviews.dossier import by_code, documents_of, dossier, latest
from reviews.forms import AssignForm, ProposeForm
from reviews.models import Assignment, Review
from reviews.models.assignment import conflicting
from reviews.permissions import approves, works_on_files
from reviews.references import references_of
from reviews.timeline import events


def visible(request: HttpRequest, number: str) -> Application:
    """A file that this member of the staff may see, or 404; a conflict hides it whatever the role."""
    rows = Application.objects.visible_to(request.user).exclude(pk__in=conflicting(request.user))
    return get_object_or_404(rows.select_related("applicant", "cycle", "standing"), number=number)


@only(works_on_files)
@require_safe
def file(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one application, except what belongs to nobody here."""
    application = visible(request, number)
    opened(latest(application), by=request.user)
    return file_page(request, application)


def file_page(
    request: HttpRequest, application: Application, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with a form that was refused in its place."""
    asked = cast(Asked, request)
    user, submission = asked.user, latest(application)
    decision = (
        application.decisions.filter(is_current=True)
        .select_related("program", "proposed_by", "approved_by", "release")
        .first()
    )
    standing = getattr(application, "standing", None)
    context = {
        "application": application,
        "cycle": application.cycle,
        "state": board.STATES[board.state_of(application, standing, decision, application.cycle)],
        "standing": standing,
        **_submitted(submission),
        "references": references_of(application),
        "lines": referee_lines(application, asked.arrived_at),
        "assignments": assignments_of(application),
        "decision": decision,
        "may_approve": bool(decision and approves(user, decision)),
        "coordinates": coordinates(user),
        **readers_panel(application, user),
        "propose_form": ProposeForm(application=application),
        "events": events(application),
        **forms,
    }
    return render(request, "reviews/file.html", context, status=status)


def _submitted(submission: Submission | None) -> dict[str, Any]:
    """What was submitted, in words, file by file, and as one PDF."""
    if submission is None:
        return dict.fromkeys(("submission", "person", "dossier", "bound"), None)
    content = submission.content
    return {
        "submission": submission,
        "person": content["person"],
        "dossier": dossier(content, blind=False, programs=by_code()),
        "documents": documents_of(submission),
        "bound": edition_of(submission, blind=False),
    }


def readers_panel(application: Application, user: User) -> dict[str, Any]:
    """Who is in conflict with the file and what this person may do about it; the forms of the panel."""
    rows = application.conflicts.select_related("application", "person", "judged_by")
    return {
        "conflicts": with_moves(rows, user),
        "state_form": StateForm(prefix="state"),
        "assign_form": AssignForm(application=application),
    }


def assignments_of(application: Application) -> list[tuple[Assignment, Review | None]]:
    """Who was asked, with the review once handed in: a draft belongs to its reader."""
    rows = (
        application.assignments.select_related("reviewer", "review__recommended_program")
        .prefetch_related("review__scores__criterion")
        .defer("review__private_notes")
    )
    handed_in = Assignment.Status.HANDED_IN
    return [(row, row.review if row.status == handed_in else None) for row in rows]


@only(coordinates)
@require_POST
def file_assign(request: HttpRequest, number: str) -> HttpResponse:
    """Give the file to a reader."""
    application = visible(request, number)
    form = AssignForm(request.POST, application=application)
    if not form.is_valid():
        return file_page(request, application, assign_form=form, status=422)
    reader = form.cleaned_data["reviewer"]
    assigning.assign(application, reader, by=cast(User, request.user))
    messages.success(request, _("Given to %(reader)s.") % {"reader": reader})
    return redirect("file", number)


@only(coordinates)
@require_POST
def assignment_unassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the file back from a reader who has not handed in."""
    rows = Assignment.objects.visible_to(request.user).select_related("application", "reviewer")
    row = get_object_or_404(rows, pk=pk)
    assigning.unassign(row, by=cast(User, request.user))
    messages.info(request, _("Taken back from %(reader)s.") % {"reader": row.reviewer})
    return redirect("file", row.application.number)


@only(works_on_files)
@require_safe
def file_document(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """A document of the file, as a download."""
    application = visible(request, number)
    row = get_object_or_404(application.documents.all(), pk=pk)
    answer = cleaned(request, row.sha256, label=f"{application.number}-{row.slot}.pdf")
    if handed(answer):
        opened(latest(application), by=request.user, document=row.kind)
    return answer
