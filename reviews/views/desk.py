"""The page of one review, drawn for every outcome of a save."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from accounts.asking import Asked
from accounts.models import User
from applications.models import Application, Submission
from applications.opening import opened
from audit.moves import Refused
from cycles.clock import day_of
from cycles.models import Program
from dossiers.redacting import mask_of
from dossiers.shelf import edition_of, places_of
from reviews import queue, scoring
from reviews.dossier import by_code, documents_of, dossier, latest, listed
from reviews.forms import ReviewForm, initial_of
from reviews.models import Assignment, Review
from reviews.permissions import sees_other_reviews
from reviews.references import references_of
from reviews.whole import asked_by, kept_of, scores_by

REACH = 12


def on_desk(request: HttpRequest, pk: int) -> Assignment:
    """The reader's own assignment with all that its form needs, or 404; in two queries."""
    rows = queue.with_news(Assignment.objects.of(request.user))
    rows = rows.select_related("application__cycle", "review").prefetch_related(
        "application__cycle__criteria"
    )
    told = {"told": scores_by("review__assignment"), "asked": asked_by("application")}
    return get_object_or_404(rows.annotate(**told), pk=pk)


def form_for(
    assignment: Any, data: QueryDict | None = None, programs: dict[str, Program] | None = None
) -> ReviewForm:
    """The rubric, filled with what was typed, else with what was saved."""
    codes: list[str] = assignment.asked or []
    if programs is None:
        # One program has one advice, whatever it is called.
        programs = by_code() if len(codes) > 1 else {}
    return ReviewForm(
        data,
        initial=initial_of(review_of(assignment), kept_of(assignment.told)),
        criteria=list(assignment.application.cycle.criteria.all()),
        programs=[programs[code] for code in codes if code in programs],
    )


def review_of(assignment: Assignment) -> Review | None:
    """What was saved when the assignment was fetched."""
    return getattr(assignment, "review", None)


def desk(
    request: HttpRequest,
    assignment: Assignment,
    data: QueryDict | None = None,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """Rail, dossier and scores. A refusal keeps what was typed, and says what to do."""
    asked = cast(Asked, request)
    reader, application = asked.user, assignment.application
    blind = application.cycle.is_blind
    submission, programs = latest(application), by_code()
    opened(submission, by=reader)
    review, form = review_of(assignment), form_for(assignment, data, programs)
    stale = isinstance(refused, scoring.Stale)
    context = {
        "assignment": assignment,
        "review": review,
        "form": form,
        "scored": sum(name.startswith("score_") for name in form.initial),
        "revision": review.revision if review and stale else form["revision"].value(),
        **_dossier(application, submission, programs),
        "submission": submission,
        **_rail(reader, assignment, programs, blind=blind),
        "progress": queue.progress(reader, application.cycle, day_of(asked.arrived_at)),
        "others": other_reviews(assignment, reader),
        "done": just_handed_in(request),
        "has_errors": bool(refused or form.errors),
        **_refusal(refused),
    }
    return render(request, "reviews/review.html", context, status=status)


def _dossier(
    application: Application, submission: Submission | None, programs: dict[str, Program]
) -> dict[str, object]:
    """The file in words and as one PDF; `one_by_one`: whether each of its files may be had alone."""
    blind = application.cycle.is_blind
    bound = edition_of(submission, blind=blind)
    places = places_of(bound) if bound else []
    pages = {place.slot: place.page for place in places}
    content = submission.content if submission else None
    mask = mask_of(submission) if submission and blind else None
    return {
        "dossier": dossier(content, blind=blind, programs=programs, mask=mask) if content else None,
        "documents": documents_of(submission, pages, mask=mask) if submission else [],
        "references": references_of(application, pages, mask=mask),
        "bound": bound,
        "places": places,
        "one_by_one": not blind,
    }


def _refusal(refused: Refused | None) -> dict[str, Any]:
    """What the page says of it: it differs when another tab saved, and when letters were not opened."""
    return {
        "refused": refused,
        "stale": isinstance(refused, scoring.Stale),
        "letters_unread": isinstance(refused, scoring.LettersUnread),
    }


def just_handed_in(request: HttpRequest) -> int | None:
    """The assignment that was handed in a moment ago, by the address: it may be taken back from here."""
    done = request.GET.get("done", "")
    return int(done) if done.isdecimal() and len(done) < 19 else None


def _rail(
    reader: User, assignment: Assignment, programs: dict[str, Program], *, blind: bool
) -> dict[str, Any]:
    """The files around this one in the order of the queue, and the ways to the next and the one before."""
    part = queue.around(reader, assignment, assignment.application.cycle, REACH)
    dossiers = listed([row.application_id for row in part.rows], blind=blind, programs=programs)
    rail = [
        {"row": row, "dossier": dossiers[row.application_id], "here": row.pk == assignment.pk}
        for row in part.rows
    ]
    return {"rail": rail, "following": part.following, "previous": part.previous}


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
