"""One's own award: what it is, the reply, the letter."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.asking import Asked
from scholarships import award_letter, replying
from scholarships.awarding import is_reduced, rivals
from scholarships.models import Award, Stacking


def _own(request: Asked, number: str) -> Award:
    """The award of this person's own scholarship application; 404 for everybody else, staff included."""
    rows = Award.objects.own(request.user).select_related(
        "candidacy__round__cycle", "candidacy__application__applicant"
    )
    return get_object_or_404(rows, candidacy__number=number)


def _left(row: Award, at: datetime) -> dict[str, int]:
    """How long a reply can still be given, for the countdown."""
    minutes = int((row.reply_by - at).total_seconds()) // 60
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    return {"days": days, "hours": hours, "minutes": minutes}


@require_safe
def award(request: Asked, number: str) -> HttpResponse:
    """The amount, until when to reply, on which conditions, and what follows from each reply."""
    row = _own(request, number)
    at = request.arrived_at
    is_open = row.status == Award.Status.OFFERED and not row.has_lapsed(at)
    context = {
        "award": row,
        "candidacy": row.candidacy,
        "round": row.candidacy.round,
        "is_open": is_open,
        "has_lapsed": row.has_lapsed(at),
        "left": _left(row, at) if is_open else None,
        "annual": award_letter.annual(row),
        "is_reduced": is_reduced(row),
        "one_a_year": row.candidacy.round.stacking == Stacking.ONE_A_YEAR,
        "rivals": rivals(row.candidacy).filter(status=Award.Status.OFFERED).exists(),
        "payments": list(row.payments.all()),
        "has_letter": award_letter.is_ready(row),
    }
    return render(request, "scholarships/award.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def award_accept(request: Asked, number: str) -> HttpResponse:
    """Say yes. Opened as a page (after signing in again), it leads back to where the button is."""
    row = _own(request, number)
    if request.method == "POST":
        replying.accept(row, by=request.user, at=request.arrived_at)
        messages.success(request, _("Your yes is recorded. Your letter of award is ready."))
    return redirect("award", number)


@require_http_methods(["GET", "HEAD", "POST"])
def award_decline(request: Asked, number: str) -> HttpResponse:
    """Say what a no means, then take it."""
    row = _own(request, number)
    if request.method == "POST":
        replying.decline(row, by=request.user, at=request.arrived_at)
        messages.success(request, _("Your no is recorded. Thank you for telling us."))
        return redirect("award", number)
    context = {"award": row, "candidacy": row.candidacy, "round": row.candidacy.round}
    return render(request, "scholarships/award_decline.html", context)


@require_safe
def award_letter_file(request: Asked, number: str, language: str) -> HttpResponse:
    """The letter of award, in the language asked for."""
    row = _own(request, number)
    if language not in ("fr", "en") or not award_letter.is_ready(row):
        raise Http404
    pdf = award_letter.pdf_of(row, language, at=request.arrived_at)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"mila-{row.candidacy.application.number}-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
