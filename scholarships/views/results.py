"""The office's side: the rounds, the ranking of each, and results proposed by one person and approved by another."""

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates, directs
from audit.moves import Refused
from cycles.models import Cycle
from desk.forms import WhyForm
from reviews.board import chosen_cycle
from scholarships import results
from scholarships.forms.judging import ReasonForm, ResultForm
from scholarships.frozen import batch_of
from scholarships.left_out import left_out
from scholarships.models import Candidacy, Result, Round
from scholarships.panels import manages, panel_lacks
from scholarships.ranking import Line, Ranking, ranking
from scholarships.result_rules import Wanted, as_ranked, exceptions, standing_of


def round_or_404(request: Asked, pk: int) -> Round:
    """A published round, for coordinators and directors."""
    rows = Round.objects.visible_to(request.user).select_related("cycle")
    return get_object_or_404(rows, pk=pk)


def of_cycle(cycle: Cycle | None) -> list[Round]:
    """The published rounds of a cycle, in the order of their categories, each with how many sit on its panel."""
    rows = Round.objects.published().filter(cycle=cycle).annotate(panel=Count("seats"))
    return list(rows.order_by("category", "pk")) if cycle else []


@only(manages)
@require_safe
def scholarship_rounds(request: Asked) -> HttpResponse:
    """The rounds of a cycle: how far each one is, without a word of who is in it."""
    cycle = chosen_cycle(request.GET.get("cycle"))
    rows = [(row, panel_lacks(row), ranking(row)) for row in of_cycle(cycle)]
    context = {"cycle": cycle, "cycles": Cycle.objects.order_by("-opens_at"), "rows": rows}
    return render(request, "scholarships/scholarship_rounds.html", context)


@only(manages)
@require_safe
def scholarship_ranking(request: Asked, pk: int) -> HttpResponse:
    """One round: the order that the panel left, the line of awards, and what is proposed."""
    row = round_or_404(request, pk)
    whole = ranking(row)
    given, shown = standing_of(whole), whole.seen_by(request.user)
    context = {
        "round": row,
        "rounds": of_cycle(row.cycle),
        "lacks": panel_lacks(row),
        "lines": list(_lines(whole, shown)),
        "is_open": any(not line.is_shown for line in shown.all),
        "cut": _cut(whole, shown),
        "apart": shown.apart,
        "awards": whole.awards,
        "awarded": sum(one.outcome == Result.Outcome.AWARDED for one in given.values()),
        "incomplete": sum(not line.is_complete and not line.is_shown for line in shown.lines),
        **_waiting(shown, request.user),
        "is_frozen": batch_of(row.cycle).filter(round=row).exists(),
        "coordinates": coordinates(request.user),
        "directs": directs(request.user),
        "outcomes": Result.Outcome.choices,
        "reason_form": ReasonForm(auto_id="id_all_%s"),
        "why_form": WhyForm(auto_id="id_back_%s"),
    }
    return render(request, "scholarships/scholarship_ranking.html", context)


def _lines(
    whole: Ranking, shown: Ranking
) -> Iterator[tuple[Line, list[str], Wanted, tuple[Result, str] | None]]:
    """Each line that this person sees, why it calls for a reason, what the ranking suggests, and why no award came of it."""
    given, suggested = standing_of(whole), as_ranked(whole)
    gone = left_out(whole.round)
    for line in shown.lines:
        pk = line.candidacy.pk
        asks = line.standing is not None and not line.is_shown
        yield line, exceptions(whole, given, pk) if asks else [], suggested[pk], gone.get(pk)


def _cut(whole: Ranking, shown: Ranking) -> int | None:
    """The last application that this person sees above the line of awards; a no of the admission takes none of them."""
    left, above = whole.awards, None
    seen = {line.candidacy.pk for line in shown.lines}
    for line in whole.lines if left else ():
        left = (left or 0) - (not line.is_declined)
        above = line.candidacy.pk if line.candidacy.pk in seen else above
        if not left:
            return above
    return None


def _waiting(shown: Ranking, user: User) -> dict[str, int]:
    """How many results wait for a director, and how many of them somebody else proposed."""
    standing = [line.standing for line in shown.all if line.standing]
    waits = [one for one in standing if one.status == Result.Status.PROPOSED]
    others = sum(one.proposed_by_id != user.pk for one in waits)
    return {"proposed": len(waits), "others": others}


@only(coordinates)
@require_POST
def result_propose(request: Asked, pk: int, number: str) -> HttpResponse:
    """Propose what one application gets."""
    row = round_or_404(request, pk)
    rows = Candidacy.objects.visible_to(request.user).filter(round=row).select_related("round")
    candidacy, form = get_object_or_404(rows, number=number), ResultForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(text) for texts in form.errors.values() for text in texts))
    results.propose(candidacy, by=request.user, **form.cleaned_data)
    messages.success(request, _("Proposed for %(number)s.") % {"number": number})
    return redirect("scholarship_ranking", pk)


@only(coordinates)
@require_POST
def result_propose_all(request: Asked, pk: int) -> HttpResponse:
    """Propose the whole round as ranked."""
    row, why = round_or_404(request, pk), request.POST.get("why", "")[:500]
    made = results.propose_as_ranked(row, why=why, by=request.user)
    _tell(request, len(made))
    return redirect("scholarship_ranking", pk)


def _tell(request: Asked, count: int) -> None:
    """How many were proposed."""
    text = ngettext("%(count)s result proposed.", "%(count)s results proposed.", count)
    messages.success(request, text % {"count": count})


def _ticked(request: Asked) -> Sequence[str] | None:
    """The numbers that a form names; all of the round when it names none."""
    return request.POST.getlist("number") or None


@only(coordinates)
@require_POST
def result_withdraw(request: Asked, pk: int) -> HttpResponse:
    """Take back one proposal, or all of the round's."""
    count = results.withdraw(round_or_404(request, pk), _ticked(request), by=request.user)
    text = ngettext("%(count)s proposal taken back.", "%(count)s proposals taken back.", count)
    messages.info(request, text % {"count": count})
    return redirect("scholarship_ranking", pk)


@only(directs)
@require_POST
def result_approve(request: Asked, pk: int) -> HttpResponse:
    """Approve one proposal, or all of the round's."""
    count = results.approve(round_or_404(request, pk), _ticked(request), by=request.user)
    text = ngettext("%(count)s result approved.", "%(count)s results approved.", count)
    messages.success(request, text % {"count": count})
    return redirect("scholarship_ranking", pk)


@only(directs)
@require_POST
def result_send_back(request: Asked, pk: int) -> HttpResponse:
    """Give one result back to the coordination, or all of the round's, with words."""
    why = request.POST.get("why", "")[:500]
    row = round_or_404(request, pk)
    count = results.send_back(row, _ticked(request), why=why, by=request.user)
    text = ngettext("%(count)s result sent back.", "%(count)s results sent back.", count)
    messages.info(request, text % {"count": count})
    return redirect("scholarship_ranking", pk)
