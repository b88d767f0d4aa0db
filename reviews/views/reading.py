"""The reader's desk: the queue, one review, its documents."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.models import User
from accounts.permissions import reviews as is_reader
from applications.opening import opened
from applications.paging import Page, page_of
from audit.moves import Refused
from cycles.clock import day_of
from cycles.models import Cycle
from desk.pieces import later_documents
from papers.handing import cleaned, handed
from reviews import scoring
from reviews.before_reading import before_reading
from reviews.dossier import by_code, documents_of, latest, listed
from reviews.forms import ReviewForm
from reviews.models import Assignment, Review
from reviews.queue import SOON, done_on, files_of, next_after, progress, with_news
from reviews.queue_filters import Filters, states, toggles
from reviews.references import references_of
from reviews.views.desk import desk, form_for, just_handed_in, on_desk
from reviews.views.saving import kept, saved


def own(request: HttpRequest, pk: int) -> Assignment:
    """The reader's own assignment, or 404: in conflict, withdrawn and somebody else's look alike."""
    rows = Assignment.objects.of(request.user).select_related("application__cycle", "review")
    return get_object_or_404(rows, pk=pk)


def own_named(request: HttpRequest, pk: int) -> Assignment:
    """The same in a cycle whose readers see names; 404 in a blind one."""
    assignment = own(request, pk)
    if assignment.application.cycle.is_blind:
        raise Http404
    return assignment


@only(is_reader)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What is left to read, the next one first."""
    asked, cycle = cast(Asked, request), Cycle.objects.current()
    if cycle is None:
        return render(request, "reviews/queue.html", {"cycle": None})
    reader, today, programs = asked.user, day_of(asked.arrived_at), by_code()
    wanted = Filters.of(request.GET, programs)
    rows = wanted.narrowed(files_of(reader, cycle, wanted.show), today)
    page = page_of(with_news(rows), request.GET.get("page", "1"))
    dossiers = listed(
        [row.application_id for row in page.rows], blind=cycle.is_blind, programs=programs
    )
    told = progress(reader, cycle, today)
    context = {
        "cycle": cycle,
        "progress": told,
        "drafts": told.drafts,
        "untouched": told.to_read - told.drafts,
        "done_on": done_on(reader, cycle, told.to_read, asked.arrived_at),
        "filters": wanted,
        "states": list(states(wanted, told)),
        "toggles": list(toggles(wanted, told, programs)),
        "page": page,
        "rows": [(row, dossiers[row.application_id]) for row in page.rows],
        "following": _following(reader, cycle, page, wanted),
        "today": today,
        "soon": today + SOON,
        "done": just_handed_in(request),
        "first_of_all": before_reading(reader, cycle),
    }
    return render(request, "reviews/queue.html", context)


def _following(reader: User, cycle: Cycle, page: Page, wanted: Filters) -> Assignment | None:
    """The next file to read: the first of the queue, whatever the list shows."""
    shown = page.number == 1 and wanted == Filters()
    return next(iter(page.rows[:1] if shown else files_of(reader, cycle)[:1]), None)


@only(is_reader)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the dossier beside the rubric; posting saves a draft."""
    assignment = on_desk(request, pk)
    if request.method != "POST":
        return desk(request, assignment, kept(request))
    form = form_for(assignment, request.POST)
    refused, answer = _saved(request, assignment, form)
    if request.headers.get("X-Autosave"):
        return answer
    if refused or not form.is_valid():
        fresh = on_desk(request, pk)
        return desk(request, fresh, request.POST, refused=refused, status=answer.status_code)
    messages.success(request, _("Saved as a draft."))
    return redirect("review", pk)


@only(is_reader)
@require_safe
def review_warm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the database ready for the page of this file, and show nothing of it: nobody opened it."""
    assignment = on_desk(request, pk)
    if submission := latest(assignment.application):
        documents_of(submission)
    references_of(assignment.application)
    return HttpResponse(status=204)


def _saved(
    request: HttpRequest, assignment: Assignment, form: ReviewForm
) -> tuple[Refused | None, JsonResponse]:
    """Save what is valid; why it was refused, and the same answer for the page's script."""

    def save() -> Review:
        revision, reader = form.cleaned_data["revision"], cast(User, request.user)
        return scoring.save_review(assignment, form.typed(), revision=revision, by=reader)

    return saved(form, save)


@only(is_reader)
@require_POST
def review_hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Save, hand in, and open the next; what lacks is said, and what was typed is kept."""
    assignment, reader = on_desk(request, pk), cast(User, request.user)
    application, form = assignment.application, form_for(assignment, request.POST)
    refused, answer = _saved(request, assignment, form)
    if refused or not form.is_valid():
        fresh = on_desk(request, pk)
        return desk(request, fresh, request.POST, refused=refused, status=answer.status_code)
    try:
        all_the_same = request.POST.get("all_the_same") == "1"
        scoring.hand_in(assignment, by=reader, all_the_same=all_the_same)
    except Refused as lacking:
        return desk(request, on_desk(request, pk), refused=lacking, status=422)
    messages.success(request, _("Handed in: %(number)s.") % {"number": application.number})
    following = next_after(assignment, reader, application.cycle)
    address = reverse("review", args=[following.pk]) if following else reverse("queue")
    return redirect(f"{address}?done={pk}")


@only(is_reader)
@require_POST
def review_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Open one's own review again."""
    scoring.take_back(own(request, pk), by=cast(User, request.user))
    messages.info(request, _("Your review is a draft again: hand it in once it is right."))
    return redirect("review", pk)


@only(is_reader)
@require_safe
def review_document(request: HttpRequest, pk: int, document: int) -> HttpResponseBase:
    """A document of the submission, named by its kind: a file's own name may tell who sent it.

    In a blind cycle no file is handed out alone: its pages are in the dossier, without names.
    """
    assignment = own_named(request, pk)
    submission = latest(assignment.application)
    held = submission.documents.all() if submission else assignment.application.documents.none()
    later = later_documents(assignment.application)
    row = held.filter(pk=document).first() or get_object_or_404(later, pk=document)
    answer = cleaned(request, row.sha256, label=f"{assignment.application.number}-{row.slot}.pdf")
    if handed(answer):
        opened(submission, by=request.user, document=row.kind)
    return answer
