"""What one confides for a scholarship: kept in the vault and nowhere else, shown again to its person alone.

No view here leaves a word in a session that ended, a report of errors, or the browser: see `never_kept`, and the pages, which
save nothing by themselves.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.asking import Asked
from accounts.door import never_kept
from audit.moves import Refused
from papers.handing import sealed
from scholarships import applying, confidences, proofs
from scholarships.forms.proof import ProofForm
from scholarships.models import Candidacy, Category
from scholarships.outcomes import award_ending_with, outcome_of
from scholarships.parts import Part, part_of
from scholarships.views.applying import own_candidacy
from scholarships.who_reads import wall


def own_part(request: Asked, number: str) -> tuple[Candidacy, Part]:
    """One's own application and its confidential part; 404 for others, and where nothing confidential is asked."""
    mine = own_candidacy(request, number)
    part = part_of(mine)
    if part is None:
        raise Http404
    return mine, part


@never_kept
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def scholarship_confidential(request: Asked, number: str) -> HttpResponse:
    """The declaration or the budget: show it to its person, or keep what was typed in the vault."""
    mine, part = own_part(request, number)
    posted = request.method == "POST"
    is_open = mine.status in applying.WRITABLE and mine.round.accepts(request.arrived_at)
    said = confidences.own(mine, by=request.user)
    form = part.form(request.POST if posted else None, candidacy=mine, said=said)
    refused: Any = ""
    if posted and form.is_valid():
        try:
            part.keep(mine, **form.said(), by=request.user, at=request.arrived_at)
        except Refused as problem:
            if problem.forbidden:
                raise
            refused = problem.text
        else:
            messages.success(request, _("Kept, sealed. You can change or erase it at any time."))
            return redirect("scholarship_send", mine.number)
    context = {
        "candidacy": mine,
        "round": mine.round,
        "part": part,
        "form": form,
        "is_there": said is not None,
        "is_open": is_open,
        "refused": refused,
        "wall": wall(mine.round),
    }
    status = 409 if refused else 422 if posted else 200
    return render(request, "scholarships/scholarship_confidential.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def scholarship_confidential_erase(request: Asked, number: str) -> HttpResponse:
    """Confirm, then erase what was confided, also after the close."""
    mine, part = own_part(request, number)
    if request.method == "POST":
        if confidences.take_back(mine, by=request.user, at=request.arrived_at):
            messages.success(request, _("It is erased, and nothing of it is left."))
        else:
            messages.info(request, _("There is nothing to erase."))
        return redirect("scholarship", mine.round_id)
    rests = mine.round.category == Category.WOMEN_IN_AI
    context = {
        "candidacy": mine,
        "round": mine.round,
        "part": part,
        "is_open": mine.round.accepts(request.arrived_at),
        "award": award_ending_with(mine) if rests else None,
        "is_answered": not rests and outcome_of(mine, request.arrived_at) is not None,
    }
    return render(request, "scholarships/scholarship_confidential_erase.html", context)


@never_kept
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def scholarship_proof(request: Asked, number: str) -> HttpResponse:
    """The proof that a shortlisted person is asked for: see it, send it, send another in its place."""
    mine = own_candidacy(request, number)
    if not proofs.is_asked(mine):
        raise Http404
    posted = request.method == "POST"
    form = ProofForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            proofs.keep(mine, form.cleaned_data["file"], by=request.user)
        except Refused as problem:
            if problem.forbidden:
                raise
            form.add_error("file", str(problem.text))
        else:
            messages.success(request, _("Your proof is kept, sealed."))
            return redirect("scholarship_proof", mine.number)
    context = {
        "candidacy": mine,
        "round": mine.round,
        "form": form,
        "proof": proofs.own(mine, by=request.user),
        "lacks_budget": confidences.lacks(mine),
        "wall": wall(mine.round),
    }
    status = 422 if posted else 200
    return render(request, "scholarships/scholarship_proof.html", context, status=status)


@require_safe
def scholarship_proof_file(request: Asked, number: str) -> HttpResponseBase:
    """The proof itself, for its person."""
    mine = own_candidacy(request, number)
    proof = proofs.own(mine, by=request.user)
    if proof is None:
        raise Http404
    response = HttpResponse(proof.content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, proof.label) or "attachment"
    return sealed(response)


@require_POST
def scholarship_proof_erase(request: Asked, number: str) -> HttpResponse:
    """Erase the proof, at once and wholly."""
    mine = own_candidacy(request, number)
    if proofs.erase(mine, by=request.user):
        messages.success(request, _("Your proof is erased, and nothing of it is left."))
    else:
        messages.info(request, _("There is nothing to erase."))
    return redirect("scholarship", mine.round_id)
