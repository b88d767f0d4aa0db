"""The applicant's pages of scholarships: the list, a round, the statement, sending, withdrawing."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import applies
from applications.forms.draft import short_hash
from applications.views.draft import kept_typing
from audit.moves import Refused
from followup.situation import of_person
from scholarships import applying, confidences, consents
from scholarships.forms.statement import StatementForm
from scholarships.listing import Seen, in_the_eyes, rounds_for, seen_by
from scholarships.models import Candidacy, Round
from scholarships.on_file import on_file
from scholarships.outcomes import award_ending_with
from scholarships.parts import part_of
from scholarships.proofs import is_asked
from scholarships.who_reads import wall


def own_candidacy(request: Asked, number: str) -> Candidacy:
    """One's own scholarship application; 404 for everybody else, staff included."""
    rows = Candidacy.objects.own(request.user).select_related(
        "round__cycle", "application__cycle", "application__applicant"
    )
    return get_object_or_404(rows, number=number)


def seen(request: Asked, row: Round) -> Seen:
    """A round as this person sees it."""
    full = get_object_or_404(rounds_for(request.user), pk=row.pk)
    return in_the_eyes(full, of_person(request.user, at=request.arrived_at), at=request.arrived_at)


@only(applies)
@require_safe
def scholarships(request: Asked) -> HttpResponse:
    """The rounds of this person's cycle: theirs, open, coming, closed."""
    found = seen_by(request.user, at=request.arrived_at)
    return render(request, "scholarships/scholarships.html", {"rounds": found})


@only(applies)
@require_safe
def scholarship(request: Asked, pk: int) -> HttpResponse:
    """A round, with everything before one begins; and one's own application, if there is one."""
    row = get_object_or_404(Round.objects.published(), pk=pk)
    one = seen(request, row)
    mine = one.candidacy
    context = {
        "one": one,
        "round": one.round,
        "wall": wall(one.round),
        "part": part_of(mine) if mine else None,
        "asks_proof": mine is not None and is_asked(mine),
        "lacks": applying.missing(mine) if mine and one.may_write else [],
        "consents": mine.consents if mine else [],
        "panel_codes": [item.code for item in consents.asked(one.round)],
        "papers": on_file(one.round, mine.application) if mine else [],
        "measures": list(one.round.measures.all()),
    }
    return render(request, "scholarships/scholarship.html", context)


@only(applies)
@require_POST
def scholarship_begin(request: Asked, pk: int) -> HttpResponse:
    """Begin, or go on with what was begun."""
    row = get_object_or_404(Round.objects.published(), pk=pk)
    situation = seen(request, row).situation
    if situation is None or situation.application is None:
        raise Refused(
            _("This scholarship is for people whose application for admission is submitted.")
        )
    mine = applying.begin(row, situation.application, by=request.user, at=request.arrived_at)
    return redirect("scholarship_statement", mine.number)


@require_http_methods(["GET", "HEAD", "POST"])
def scholarship_statement(request: Asked, number: str) -> HttpResponse:
    """The statement: show it, or keep what was typed; nothing is sent."""
    mine = own_candidacy(request, number)
    if request.method == "POST":
        return _save(request, mine)
    if mine.status not in applying.WRITABLE or not mine.round.accepts(request.arrived_at):
        messages.info(request, _("This application can no longer be changed."))
        return redirect("scholarship", mine.round_id)
    kept = kept_typing(request)
    if kept:
        messages.warning(
            request,
            _("You were signed out before this was saved. Here is what you typed: save it."),
        )
    return _show(request, mine, StatementForm(kept, candidacy=mine))


def _save(request: Asked, mine: Candidacy) -> HttpResponse:
    form = StatementForm(request.POST, candidacy=mine)
    alone = request.headers.get("HX-Request") == "true"
    try:
        mine = applying.save(
            mine,
            form.typed,
            seen=request.POST.get("seen", ""),
            page=request.POST.get("page", ""),
            by=request.user,
            at=request.arrived_at,
        )
    except applying.ChangedElsewhere:
        return _show(request, mine, form, alone, elsewhere=True, status=409)
    except Refused as refused:
        return _show(request, mine, form, alone, refused=refused.text, status=409)
    if alone or not form.is_right:
        return _show(request, mine, form, alone, status=200 if form.is_right else 422)
    follows = "scholarship_confidential" if confidences.lacks(mine) else "scholarship_send"
    return redirect(follows, mine.number)


def _show(
    request: Asked,
    mine: Candidacy,
    form: StatementForm,
    alone: bool = False,
    *,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """The page, or with `alone` only the line that says what was saved."""
    context = {
        "form": form,
        "candidacy": mine,
        "application": mine,
        "step": {"slug": "scholarship"},
        "round": mine.round,
        "wall": wall(mine.round),
        "papers": on_file(mine.round, mine.application),
        "seen": applying.mark_of(mine),
        "page": request.POST.get("page") or secrets.token_hex(8),
        "valid": form.is_right,
        "alone": alone,
        "refused": "",
        "elsewhere": False,
        "theirs": mine.statement,
        **extra,
    }
    if alone:
        # htmx swaps successful answers only, and this line must be read whatever it says.
        return render(request, "applications/saved.html", context)
    page = "scholarships/scholarship_statement.html"
    return render(request, page, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def scholarship_send(request: Asked, number: str) -> HttpResponse:
    """Look it over, agree to each sentence, and send it."""
    mine = own_candidacy(request, number)
    if request.method != "POST":
        return _look_over(request, mine)
    try:
        if request.POST.get("wording") != _wording(mine.round):
            raise Refused(_("The sentences were changed meanwhile: read them once more."))
        ticked = request.POST.getlist("consent")
        applying.send(mine, agreed=ticked, by=request.user, at=request.arrived_at)
    except Refused as refused:
        if refused.forbidden:
            raise
        return _look_over(request, mine, refused)
    messages.success(request, _("Your scholarship application is in."))
    return redirect("scholarship", mine.round_id)


def _wording(row: Round) -> str:
    """A mark of the sentences that a page shows."""
    wanted = consents.asked(row)
    return short_hash([(one.code, one.text, row.notice_version) for one in wanted])


def _look_over(request: Asked, mine: Candidacy, problem: Refused | None = None) -> HttpResponse:
    """The last page before sending; with a `problem`, what was ticked stays ticked."""
    context = {
        "candidacy": mine,
        "round": mine.round,
        "part": part_of(mine),
        "wall": wall(mine.round),
        "wanted": consents.asked(mine.round),
        "ticked": request.POST.getlist("consent"),
        "stands": consents.standing(mine),
        "wording": _wording(mine.round),
        "lacks": applying.missing(mine),
        "problem": problem,
        "papers": on_file(mine.round, mine.application),
        "is_open": mine.round.accepts(request.arrived_at) and mine.status in applying.WRITABLE,
    }
    status = 409 if problem else 200
    return render(request, "scholarships/scholarship_send.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def scholarship_withdraw(request: Asked, number: str) -> HttpResponse:
    """Confirm, then withdraw."""
    mine = own_candidacy(request, number)
    if request.method == "POST":
        applying.withdraw(mine, by=request.user, at=request.arrived_at)
        messages.success(request, _("Your scholarship application is withdrawn."))
        return redirect("scholarship", mine.round_id)
    context = {
        "candidacy": mine,
        "round": mine.round,
        "part": part_of(mine),
        "award": award_ending_with(mine),
        "may_be_undone": mine.round.accepts(request.arrived_at),
        "consent": None,
    }
    return render(request, "scholarships/scholarship_withdraw.html", context)


@require_POST
def scholarship_restore(request: Asked, number: str) -> HttpResponse:
    """Undo the withdrawal before the close."""
    mine = applying.restore(own_candidacy(request, number), by=request.user, at=request.arrived_at)
    messages.success(request, _("Your scholarship application is back."))
    return redirect("scholarship", mine.round_id)


@require_http_methods(["GET", "HEAD", "POST"])
def scholarship_consent_withdraw(request: Asked, number: str, code: str) -> HttpResponse:
    """Confirm, then no longer agree to one sentence: the application is withdrawn with it."""
    mine = own_candidacy(request, number)
    consent = consents.standing(mine).get(code)
    if consent is None or code not in {one.code for one in consents.asked(mine.round)}:
        raise Http404
    if request.method == "POST":
        applying.take_consent_back(mine, code, by=request.user, at=request.arrived_at)
        messages.success(
            request, _("You no longer agree to this, and your application is withdrawn.")
        )
        return redirect("scholarship", mine.round_id)
    context = {
        "candidacy": mine,
        "round": mine.round,
        "part": part_of(mine),
        "award": award_ending_with(mine),
        "may_be_undone": mine.round.accepts(request.arrived_at),
        "consent": consent,
    }
    return render(request, "scholarships/scholarship_withdraw.html", context)
