"""The decision board: ranked lists, proposals and their approval, one by one or many at once."""

from typing import Any, cast

from django.contrib import messages
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates, directs
from accounts.returning import back
from answers import acts, board, choosing
from answers.approving import approve, approve_all, summed
from answers.board_forms import ManyForm
from answers.frozen import fingerprint, frozen_in
from answers.replies import called, ended
from applications.models import Application
from applications.paging import SIZE
from audit.moves import Refused
from cycles.models import Cycle, Intake, Program
from reviews import drawing, ranked_lines, ranking
from reviews.board import chosen_cycle
from reviews.decisions import withdraw_proposal
from reviews.models import Decision, Estimate, Outcome, Release
from reviews.permissions import works_on_files


def listing_of(request: HttpRequest, cycle: Cycle, intakes: list[Intake]) -> tuple[Any, Intake]:
    """The list that an address or a form names, and its program's seats."""
    named = request.GET.get("program") or request.POST.get("program")
    intake = next((row for row in intakes if row.program.code == named), intakes[0])
    by = request.GET.get("by") or request.POST.get("by")
    order = ranking.MEAN if by == ranking.MEAN else ranking.SCORE
    return ranking.Listing(cycle, intake.program, cast(User, request.user), order), intake


def intakes_of(cycle: Cycle | None, user: User | None = None) -> list[Intake]:
    """The programs of a cycle with their seats and its last estimate; one query.

    For a coordinator, with how many proposals of the cycle were `returned`; and whether it `is_frozen`.
    """
    rows = Intake.objects.filter(cycle=cycle).select_related("program", "cycle__estimate")
    held = Release.objects.unfinished().filter(cycle=OuterRef("cycle"))
    rows = rows.annotate(is_frozen=Exists(held))
    if user and coordinates(user):
        rows = rows.annotate(returned=board.returned(user))
    return list(rows.order_by("program__position")) if cycle else []


@only(works_on_files)
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """One program's files, best corrected score first, with the line of its seats."""
    cycle = chosen_cycle(request.GET.get("cycle"))
    intakes = intakes_of(cycle, cast(User, request.user))
    if cycle is None or not intakes:
        return render(request, "answers/decisions.html", {"cycle": None})
    return board_page(request, cycle, intakes, ManyForm(initial={"which": "above"}))


def board_page(
    request: HttpRequest, cycle: Cycle, intakes: list[Intake], form: ManyForm
) -> HttpResponse:
    """The board, with a form that was refused in its place."""
    user = cast(User, request.user)
    listing, intake = listing_of(request, cycle, intakes)
    show = request.GET.get("show", ranking.ALL)
    # Looked up only where there is one.
    frozen = frozen_in(cycle) if intake.is_frozen else None  # type: ignore[attr-defined]
    context = {
        "cycle": cycle,
        "programs": [row.program for row in intakes],
        "program": listing.program,
        "order": listing.order,
        **_list(request, listing, intake, show if show in ranking.SHOWS else ranking.ALL),
        "frozen": frozen,
        "proposes": coordinates(user) and frozen is None,
        "corrects": coordinates(user),
        "directs": directs(user),
        "waiting": board.waiting(listing) if directs(user) else None,
        "returned": getattr(intake, "returned", 0),
        "last_act": board.last_act(cycle, user) if coordinates(user) else None,
        "many": form,
    }
    status = 422 if form.errors else 200
    return render(request, "answers/decisions.html", context, status=status)


def estimate_of(intake: Intake) -> Estimate | None:
    """The last estimate of a cycle, which came with its programs."""
    estimate: Estimate | None = getattr(intake.cycle, "estimate", None)
    return estimate


def _list(
    request: HttpRequest, listing: ranking.Listing, intake: Intake, show: str
) -> dict[str, Any]:
    """The lines to show, and the figures above them."""
    estimate, seats = estimate_of(intake), intake.seats
    page, ranks = ranking.page_for(
        *(listing, show, request.GET.get("page", "1")),
        seats=seats,
        estimated=estimate is not None,
        among=board.among(listing, show),
        dress=board.dressed(listing, seats),
    )
    cut = page.rows[0].cut if page.rows else None
    lines = ranked_lines.lines(
        page.rows, listing, ranks=ranks, seats=seats, cut=cut, estimate=estimate
    )
    return {
        "show": show,
        "tally": ranking.tally(listing, seats, ended=ended(), called=called()),
        "estimate": estimate,
        "page": page,
        "cut": cut,
        "cut_at": drawing.place_of(cut) if cut is not None else "",
        "lines": lines,
    }


def _proposed(request: HttpRequest, made: list[Decision]) -> HttpResponse:
    """Say how many were proposed, and go back to the board, where the act can be undone."""
    text = ngettext(
        "%(count)s answer proposed. You can undo it below.",
        "%(count)s answers proposed. You can undo them together below.",
        len(made),
    )
    if made:
        messages.success(request, text % {"count": len(made)})
    else:
        messages.info(request, _("These files had this answer already."))
    return back(request, "decisions")


@only(coordinates)
@require_POST
def decisions_propose(request: HttpRequest) -> HttpResponse:
    """The same outcome for every file ticked."""
    user = cast(User, request.user)
    program = get_object_or_404(Program, code=request.POST.get("program", ""))
    outcome = request.POST.get("outcome", "")
    # In the order of the page: places on the waitlist follow it.
    files = choosing.ticked(request.POST.getlist("ticked"), user)
    if not files:
        raise Refused(_("Tick at least one file."))
    named = None if outcome == Outcome.DECLINE else program
    return _proposed(request, acts.propose(files, outcome, named, by=user))


@only(coordinates)
@require_POST
def decisions_propose_many(request: HttpRequest) -> HttpResponse:
    """The same outcome for a whole part of the list, as one act."""
    cycle = get_object_or_404(Cycle, code=request.POST.get("cycle", ""))
    intakes = intakes_of(cycle)
    form = ManyForm(request.POST)
    if not form.is_valid():
        return board_page(request, cycle, intakes, form)
    listing, intake = listing_of(request, cycle, intakes)
    estimate = estimate_of(intake)
    if request.POST.get("seen", "") != (estimate.state if estimate else ""):
        raise Refused(_("The scores changed since you opened the page: look at it once more."))
    files = choosing.part_of(listing, form.cleaned_data, intake.seats)
    outcome = form.cleaned_data["outcome"]
    named = None if outcome == Outcome.DECLINE else listing.program
    return _proposed(request, acts.propose(files, outcome, named, by=listing.user))


@only(coordinates)
@require_POST
def decisions_withdraw(request: HttpRequest) -> HttpResponse:
    """Leave the files ticked without a proposed answer."""
    user = cast(User, request.user)
    files = choosing.ticked(request.POST.getlist("ticked"), user)
    if not files:
        raise Refused(_("Tick at least one file."))
    gone = acts.withdraw(files, by=user)
    text = ngettext("%(count)s proposal withdrawn.", "%(count)s proposals withdrawn.", len(gone))
    messages.info(request, text % {"count": len(gone)})
    return back(request, "decisions")


@only(directs)
@require_POST
def decisions_approve(request: HttpRequest) -> HttpResponse:
    """Approve what was proposed for the files ticked, all or none."""
    numbers = request.POST.getlist("ticked")[:SIZE]
    rows = Decision.objects.visible_to(request.user).proposed()
    return _approved(request, rows.filter(application__number__in=numbers))


@only(directs)
@require_http_methods(["GET", "HEAD", "POST"])
def decisions_approve_all(request: HttpRequest) -> HttpResponse:
    """Every proposal of a cycle, or of those who ask for one program, that somebody else made: look, then approve."""
    posted = request.method == "POST"
    told = request.POST if posted else request.GET
    cycle = get_object_or_404(Cycle, code=told.get("cycle", ""))
    rows = ranking.waiting(cycle, cast(User, request.user))
    program = Program.objects.filter(code=told.get("program", "")).first()
    if program:
        asking = Application.objects.filter(choices__program=program, cycle=cycle)
        rows = rows.filter(application__in=asking)
    if posted:  # what is proposed from here on is not among what was looked at
        rows = Decision.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    seen = fingerprint(rows)
    if not posted:
        sums = summed(rows)
        total = {key: sum(line[key] for line in sums) for key in ("all", "unscored")}
        context = {"cycle": cycle, "program": program, "sums": sums, "total": total, "seen": seen}
        return render(request, "answers/decisions_approve_all.html", context)
    if told.get("seen") != seen:
        raise Refused(_("The list changed since you opened the page: look at it once more."))
    return _approved(request, rows, f"{reverse('decisions')}?cycle={cycle.code}")


def _approved(
    request: HttpRequest, rows: "models.QuerySet[Decision]", there: str = ""
) -> HttpResponse:
    """Approve, say how many, go back."""
    done = approve_all(rows, by=cast(User, request.user))
    if not done:
        raise Refused(_("Nothing here waits for an approval."))
    text = ngettext("%(count)s answer approved.", "%(count)s answers approved.", len(done))
    messages.success(request, text % {"count": len(done)})
    return redirect(there) if there else back(request, "decisions")


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
    user = cast(User, request.user)
    if row.corrects_id:
        withdraw_proposal(row, by=user)
        messages.info(request, _("The correction is withdrawn: the answer stands as it was."))
        return redirect("releases")
    acts.withdraw([row.application], by=user)
    messages.info(request, _("This file has no proposed answer any more."))
    return redirect("file", row.application.number)
