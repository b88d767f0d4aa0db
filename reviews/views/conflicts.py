"""The coordination's page of conflicts of interest, and the judgement of each."""

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from accounts.returning import back
from applications.paging import page_of
from audit.moves import Refused
from cycles.models import Cycle
from reviews import comparing, conflicts
from reviews import conflict_board as board
from reviews.board import chosen_cycle
from reviews.conflict_forms import JudgeForm
from reviews.models import Conflict, Origin

JUDGED = "judged_conflicts"


@only(coordinates)
@require_safe
def conflicts_board(request: Asked) -> HttpResponse:
    """What was found, what was said, and what became of it; the address holds the filters."""
    cycle = chosen_cycle(request.GET.get("cycle"))
    if cycle is None:
        return render(request, "reviews/conflicts_board.html", {"cycle": None})
    wanted = board.asked(request.GET)
    rows = board.rows(cycle, request.user, wanted)
    page = page_of(rows, request.GET.get("page", "1"))
    counts = board.counts(cycle, request.user)
    people = board.people_compared(comparing.people())
    last = comparing.last_of(cycle)
    context = {
        "cycle": cycle,
        "wanted": wanted,
        "page": page,
        "rows": board.with_moves(page.rows, request.user),
        "statuses": [(one, counts.get(one, 0)) for one in board.STATUSES],
        "origins": Origin.choices,
        "people": people,
        "said": sum(said for _one, said in people),
        "compared_at": last.at if last else None,
        "together": rows.count() if wanted.together else 0,
        "undo": len(request.session.get(JUDGED, [])),
    }
    return render(request, "reviews/conflicts_board.html", context)


def _one(request: HttpRequest, pk: int) -> "models.QuerySet[Conflict]":
    """One conflict that this coordinator may see, or 404; as the verbs for many want it."""
    get_object_or_404(Conflict.objects.visible_to(request.user), pk=pk)
    return Conflict.objects.filter(pk=pk)


def _together(request: Asked) -> "models.QuerySet[Conflict]":
    """Those of one person and origin that the page said, as many as it said. Raises Refused."""
    cycle = get_object_or_404(Cycle, code=request.POST.get("cycle", ""))
    wanted = board.asked(request.POST)
    if not wanted.together:
        raise Refused(_("Choose one person and one origin."))
    ids = list(board.rows(cycle, request.user, wanted).values_list("pk", flat=True))
    if str(len(ids)) != request.POST.get("expected"):
        raise Refused(_("The list changed since you opened the page: look at it once more."))
    return Conflict.objects.filter(pk__in=ids)


def _confirmed(request: Asked, rows: "models.QuerySet[Conflict]") -> HttpResponse:
    done = conflicts.confirm_all(rows, by=request.user)
    text = ngettext(
        "Confirmed: the file no longer shows to the person.",
        "%(count)s confirmed: the files no longer show to the person.",
        len(done),
    )
    return _said(request, done, text)


def _dismissed(request: Asked, rows: "models.QuerySet[Conflict]") -> HttpResponse:
    form = JudgeForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(text) for texts in form.errors.values() for text in texts))
    done = conflicts.dismiss_all(rows, by=request.user, why=form.cleaned_data["why"])
    text = ngettext("%(count)s dismissed.", "%(count)s dismissed.", len(done))
    return _said(request, done, text)


def _said(request: Asked, done: list[Conflict], text: str) -> HttpResponse:
    """Say it, keep what can be undone, and go back to a page that is still there."""
    messages.success(request, text % {"count": len(done)})
    request.session[JUDGED] = [row.pk for row in done if row.is_detected]
    mine = [row for row in done if row.person_id == request.user.pk and row.is_confirmed]
    alone = [
        row.application.number
        for row in mine
        if not conflicts.coordinators_left(row.application, request.user)
    ]
    if alone:
        messages.warning(request, _("No coordinator sees this file any more: %s") % alone[0])
    return redirect("conflicts_board") if mine else back(request, "conflicts_board")


@only(coordinates)
@require_POST
def conflict_confirm(request: Asked, pk: int) -> HttpResponse:
    """The file leaves the person's sight."""
    return _confirmed(request, _one(request, pk))


@only(coordinates)
@require_POST
def conflict_dismiss(request: Asked, pk: int) -> HttpResponse:
    """No conflict."""
    return _dismissed(request, _one(request, pk))


@only(coordinates)
@require_POST
def conflict_propose_again(request: Asked, pk: int) -> HttpResponse:
    """Undo one judgement."""
    conflicts.propose_all_again(_one(request, pk), by=request.user)
    messages.info(request, _("It waits for a judgement again."))
    return back(request, "conflicts_board")


@only(coordinates)
@require_POST
def conflicts_confirm(request: Asked) -> HttpResponse:
    """All of one person and origin."""
    return _confirmed(request, _together(request))


@only(coordinates)
@require_POST
def conflicts_dismiss(request: Asked) -> HttpResponse:
    """None of one person and origin."""
    return _dismissed(request, _together(request))


@only(coordinates)
@require_POST
def conflicts_undo(request: Asked) -> HttpResponse:
    """Undo the last judgement, of one or of many."""
    ids = request.session.pop(JUDGED, [])
    rows = Conflict.objects.visible_to(request.user).filter(pk__in=ids)
    rows = rows.exclude(status=Conflict.Status.PROPOSED)
    done = conflicts.propose_all_again(
        Conflict.objects.filter(pk__in=list(rows.values_list("pk", flat=True))), by=request.user
    )
    if not done:
        raise Refused(_("There is nothing to undo."))
    text = ngettext(
        "%(count)s waits for a judgement again.", "%(count)s wait for a judgement again.", len(done)
    )
    messages.info(request, text % {"count": len(done)})
    return redirect("conflicts_board")
