"""Ranked lists, proposals and their approval, one by one or many at once."""

from typing import Any, cast

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates, directs
from accounts.returning import back
from applications.models import Application
from applications.paging import SIZE
from audit.moves import Refused
from cycles.models import Cycle, Program
from reviews import drawing, ranked_lines, ranking
from reviews.board import chosen_cycle
from reviews.decisions import approve, approve_all, propose_all, withdraw_proposal
from reviews.forms import BulkProposeForm
from reviews.models import Decision, Estimate, Outcome
from reviews.models.assignment import conflicting
from reviews.permissions import works_on_files


@only(works_on_files)
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """One program's files, best corrected score first, with the line of its seats."""
    cycle = chosen_cycle(request.GET.get("cycle"))
    programs = list(cycle.programs.order_by("position")) if cycle else []
    if cycle is None or not programs:
        return render(request, "answers/decisions.html", {"cycle": None})
    named = [row for row in programs if row.code == request.GET.get("program")]
    user = cast(User, request.user)
    order = ranking.MEAN if request.GET.get("by") == ranking.MEAN else ranking.SCORE
    listing = ranking.Listing(cycle, (named or programs)[0], user, order)
    show = request.GET.get("show", ranking.ALL)
    context = {
        "cycle": cycle,
        "programs": programs,
        "program": listing.program,
        "order": order,
        **_list(request, listing, show if show in ranking.SHOWS else ranking.ALL),
        "proposes": coordinates(user),
        "directs": directs(user),
        "waiting": ranking.waiting(cycle, user).count() if directs(user) else 0,
    }
    return render(request, "answers/decisions.html", context)


def _list(request: HttpRequest, listing: ranking.Listing, show: str) -> dict[str, Any]:
    """The lines to show, and the figures above them."""
    tally = ranking.tally(listing.cycle, listing.program, listing.user)
    estimate = Estimate.objects.filter(cycle=listing.cycle).first()
    page, ranks = ranking.page_for(
        listing,
        show,
        request.GET.get("page", "1"),
        seats=tally.seats,
        estimated=estimate is not None,
    )
    cut = listing.last_seat(tally.seats)
    lines = ranked_lines.lines(
        page.rows, listing, ranks=ranks, seats=tally.seats, cut=cut, estimate=estimate
    )
    return {
        "show": show,
        "tally": tally,
        "estimate": estimate,
        "page": page,
        "cut": cut,
        "cut_at": drawing.place_of(cut) if cut is not None else "",
        "lines": lines,
    }


@only(coordinates)
@require_POST
def decisions_propose(request: HttpRequest) -> HttpResponse:
    """The same outcome for every file ticked."""
    form = BulkProposeForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(text) for texts in form.errors.values() for text in texts))
    wanted = form.cleaned_data["ticked"]
    program = get_object_or_404(Program, code=request.POST.get("program", ""))
    user = cast(User, request.user)
    rows = Application.objects.visible_to(user).exclude(pk__in=conflicting(user))
    # In the order of the page: places on the waitlist follow it.
    rows_by_number = {row.number: row for row in rows.filter(number__in=wanted)}
    outcome = form.cleaned_data["outcome"]
    made = propose_all(
        [rows_by_number[number] for number in wanted if number in rows_by_number],
        outcome,
        None if outcome == Outcome.DECLINE else program,
        by=user,
    )
    text = ngettext("%(count)s answer proposed.", "%(count)s answers proposed.", len(made))
    messages.success(request, text % {"count": len(made)})
    return back(request, "decisions")


@only(directs)
@require_POST
def decisions_approve(request: HttpRequest) -> HttpResponse:
    """Approve what was proposed for the files ticked, all or none."""
    numbers = request.POST.getlist("ticked")[:SIZE]
    rows = Decision.objects.visible_to(request.user).proposed()
    return _approved(request, rows.filter(application__number__in=numbers))


@only(directs)
@require_POST
def decisions_approve_all(request: HttpRequest) -> HttpResponse:
    """Approve every proposal of a cycle that somebody else made, as many as the page said."""
    cycle = get_object_or_404(Cycle, code=request.POST.get("cycle", ""))
    rows = ranking.waiting(cycle, cast(User, request.user))
    if str(rows.count()) != request.POST.get("expected"):
        raise Refused(_("The list changed since you opened the page: look at it once more."))
    return _approved(request, rows)


def _approved(request: HttpRequest, rows: "models.QuerySet[Decision]") -> HttpResponse:
    """Approve, say how many, go back."""
    done = approve_all(rows, by=cast(User, request.user))
    if not done:
        raise Refused(_("Nothing here waits for an approval."))
    text = ngettext("%(count)s answer approved.", "%(count)s answers approved.", len(done))
    messages.success(request, text % {"count": len(done)})
    return back(request, "decisions")


@only(directs)
@require_POST
def decision_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve one proposal, from the file's page."""
    row = get_object_or_404(Decision.objects.visible_to(request.user), pk=pk)
    approve(row, by=cast(User, request.user))
    messages.success(request, _("Approved. The applicant sees nothing before the release."))
    return redirect("file", row.application.number)


@only(coordinates)
@require_POST
def decision_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the file without a proposed answer again."""
    row = get_object_or_404(Decision.objects.visible_to(request.user), pk=pk)
    withdraw_proposal(row, by=cast(User, request.user))
    messages.info(request, _("This file has no proposed answer any more."))
    return redirect("file", row.application.number)
