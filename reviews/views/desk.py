"""The page of one review, drawn for every outcome of a save."""

from typing import cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from accounts.models import User
from applications.opening import opened
from audit.moves import Refused
from cycles.models import Program
from dossiers.redacting import mask_of
from reviews import queue, scoring
from reviews.dossier import by_code, documents_of, dossier, latest, listed
from reviews.forms import ReviewForm, initial_of
from reviews.models import Assignment, Review
from reviews.permissions import sees_other_reviews
from reviews.references import references_of

RAIL = 40


def form_for(assignment: Assignment, data: QueryDict | None = None) -> ReviewForm:
    """The rubric, filled with what was typed, else with what was saved."""
    review = review_of(assignment)
    scores = scoring.scores_of(review) if review else {}
    return ReviewForm(
        data,
        initial=initial_of(review, scores),
        criteria=list(assignment.application.cycle.criteria.all()),
        application=assignment.application,
    )


def review_of(assignment: Assignment) -> Review | None:
    """What was saved when the assignment was fetched."""
    return getattr(assignment, "review", None)


def desk(
    request: HttpRequest,
    assignment: Assignment,
    form: ReviewForm,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """Rail, dossier and scores. A refusal keeps what was typed, and says what to do."""
    reader, application = cast(User, request.user), assignment.application
    blind = application.cycle.is_blind
    submission, programs = latest(application), by_code()
    opened(submission, by=reader)
    review = review_of(assignment)
    stale = isinstance(refused, scoring.Stale)
    content = submission.content if submission else None
    mask = mask_of(submission) if submission and blind else None
    context = {
        "assignment": assignment,
        "review": review,
        "form": form,
        "scored": sum(name.startswith("score_") for name in form.initial),
        "revision": review.revision if review and stale else form["revision"].value(),
        "dossier": dossier(content, blind=blind, programs=programs, mask=mask) if content else None,
        "documents": documents_of(submission, mask=mask) if submission else [],
        "references": references_of(application, mask=mask),
        "rail": _rail(reader, assignment, programs, blind=blind),
        "progress": queue.progress(reader, application.cycle),
        "others": other_reviews(assignment, reader),
        "refused": refused,
        "stale": stale,
        "has_errors": bool(refused or form.errors),
    }
    return render(request, "reviews/review.html", context, status=status)


def _rail(
    reader: User, assignment: Assignment, programs: dict[str, Program], *, blind: bool
) -> list[dict[str, object]]:
    """The first files of the queue, with the one that is open."""
    rows = list(queue.files_of(reader, assignment.application.cycle)[:RAIL])
    dossiers = listed([row.application_id for row in rows], blind=blind, programs=programs)
    return [
        {"row": row, "dossier": dossiers[row.application_id], "here": row.pk == assignment.pk}
        for row in rows
    ]


def other_reviews(assignment: Assignment, reader: User) -> "list[Review]":
    """What the others handed in, once this reader's own is; never their notes to themselves."""
    if not sees_other_reviews(reader, assignment):
        return []
    rows = Review.objects.filter(
        assignment__application=assignment.application_id,
        assignment__status=Assignment.Status.HANDED_IN,
    )
    return list(
        rows.exclude(assignment=assignment)
        .defer("private_notes")
        .select_related("assignment__reviewer", "recommended_program")
        .prefetch_related("scores__criterion")
    )
