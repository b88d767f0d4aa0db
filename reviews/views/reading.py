"""The reader's desk: the queue, one review, its documents."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.door import only
from accounts.models import User
from accounts.permissions import reviews as is_reader
from applications.opening import opened
from applications.paging import page_of
from audit.moves import Refused
from cycles.models import Cycle
from desk.pieces import later_documents
from papers.handing import cleaned, handed
from reviews import scoring
from reviews.assignment import declare_conflict
from reviews.before_reading import before_reading
from reviews.dossier import by_code, latest, listed
from reviews.forms import ConflictForm, ReviewForm
from reviews.models import Assignment
from reviews.queue import TO_READ, WHICH, files_of, next_after, progress
from reviews.views.desk import desk, form_for


def own(request: HttpRequest, pk: int) -> Assignment:
    """The reader's own assignment, or 404: in conflict, withdrawn and somebody else's look alike."""
    rows = Assignment.objects.of(request.user).select_related("application__cycle", "review")
    return get_object_or_404(rows, pk=pk)


@only(is_reader)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What is left to read, the next one first."""
    cycle = Cycle.objects.current()
    if cycle is None:
        return render(request, "reviews/queue.html", {"cycle": None})
    reader = cast(User, request.user)
    which = request.GET.get("show", TO_READ)
    which = which if which in WHICH else TO_READ
    page = page_of(files_of(reader, cycle, which), request.GET.get("page", "1"))
    files = [row.application_id for row in page.rows]
    dossiers = listed(files, blind=cycle.is_blind, programs=by_code())
    first = page.rows[:1] if which == TO_READ and page.number == 1 else files_of(reader, cycle)[:1]
    context = {
        "cycle": cycle,
        "progress": progress(reader, cycle),
        "which": which,
        "page": page,
        "rows": [(row, dossiers[row.application_id]) for row in page.rows],
        "following": next(iter(first), None),
        "first_of_all": before_reading(reader, cycle),
    }
    return render(request, "reviews/queue.html", context)


@only(is_reader)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the dossier beside the rubric; posting saves a draft."""
    assignment = own(request, pk)
    if request.method != "POST":
        return desk(request, assignment, form_for(assignment, kept(request)))
    form = form_for(assignment, request.POST)
    refused, answer = _saved(request, assignment, form)
    if request.headers.get("X-Autosave"):
        return answer
    if refused or not form.is_valid():
        return desk(request, own(request, pk), form, refused=refused, status=answer.status_code)
    messages.success(request, _("Saved as a draft."))
    return redirect("review", pk)


def _saved(
    request: HttpRequest, assignment: Assignment, form: ReviewForm
) -> tuple[Refused | None, JsonResponse]:
    """Save what is valid; why it was refused, and the same answer for the page's script."""
    if not form.is_valid():
        return None, JsonResponse(
            {"problem": _("Not saved: look at the fields in red.")}, status=422
        )
    try:
        row = scoring.save_review(
            assignment,
            form.typed(),
            revision=form.cleaned_data["revision"],
            by=cast(User, request.user),
        )
    except Refused as refused:
        return refused, JsonResponse({"problem": str(refused.text)}, status=409)
    return None, JsonResponse({"saved_at": row.saved_at.isoformat(), "revision": row.revision})


def kept(request: HttpRequest) -> QueryDict | None:
    """What was typed when the session ended, once, for the page it was meant for."""
    waiting = request.session.get("kept")
    if not waiting or waiting["path"].removesuffix("hand-in/") != request.path:
        return None
    del request.session["kept"]
    fields = QueryDict(mutable=True)
    for name, values in waiting["fields"].items():
        fields.setlist(name, values)
    return fields


@only(is_reader)
@require_POST
def review_hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Save, hand in, and open the next; what lacks is said, and what was typed is kept."""
    assignment = own(request, pk)
    form = form_for(assignment, request.POST)
    refused, answer = _saved(request, assignment, form)
    if refused or not form.is_valid():
        return desk(request, own(request, pk), form, refused=refused, status=answer.status_code)
    try:
        scoring.hand_in(assignment, by=cast(User, request.user))
    except Refused as lacking:
        fresh = own(request, pk)
        return desk(request, fresh, form_for(fresh), refused=lacking, status=422)
    following = next_after(assignment)
    messages.success(
        request, _("Handed in: %(number)s.") % {"number": assignment.application.number}
    )
    return redirect("review", following.pk) if following else redirect("queue")


@only(is_reader)
@require_POST
def review_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Open one's own review again."""
    scoring.take_back(own(request, pk), by=cast(User, request.user))
    messages.info(request, _("Your review is a draft again: hand it in once it is right."))
    return redirect("review", pk)


@only(is_reader)
@require_http_methods(["GET", "HEAD", "POST"])
def review_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why one must not read this file; it leaves the queue at once."""
    assignment = own(request, pk)
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        declare_conflict(assignment, by=cast(User, request.user), why=form.cleaned_data["why"])
        messages.success(request, _("Noted: you will not see this file again."))
        return redirect("queue")
    context: dict[str, Any] = {"assignment": assignment, "form": form}
    status = 422 if form.errors else 200
    return render(request, "reviews/review_conflict.html", context, status=status)


@only(is_reader)
@require_safe
def review_document(request: HttpRequest, pk: int, document: int) -> HttpResponseBase:
    """A document of the submission, named by its kind: a file's own name may tell who sent it."""
    assignment = own(request, pk)
    submission = latest(assignment.application)
    held = submission.documents.all() if submission else assignment.application.documents.none()
    later = later_documents(assignment.application)
    row = held.filter(pk=document).first() or get_object_or_404(later, pk=document)
    answer = cleaned(request, row.sha256, label=f"{assignment.application.number}-{row.slot}.pdf")
    if handed(answer):
        opened(submission, by=request.user, document=row.kind)
    return answer
