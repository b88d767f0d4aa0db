"""Preparing a release, looking at it, and following it on the day."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates, directs
from answers.correcting import corrections_of
from answers.dry_run import dry_run, previews
from answers.forms import FingerprintForm, HourForm, proposed_hour
from answers.frozen import Halt, obstacles
from answers.gate import how_many
from answers.progress import progress_of
from answers.release import APPROVE, CANCEL, HOLD, RESUME, prepare_release
from answers.seeing import is_time_to_call, unread
from answers.still_open import still_open
from applications.sight import unhidden
from audit.moves import available
from cycles.models import Cycle
from desk.forms import WhyForm
from reviews.board import chosen_cycle
from reviews.models import FROZEN, Release
from reviews.permissions import works_on_files

Kind = Release.Kind
PEOPLE = ("cycle", "prepared_by", "approved_by", "stopped_by")


def release_or_404(request: Asked, pk: int) -> Release:
    """The release, for those who know that there is one."""
    rows = Release.objects.visible_to(request.user).select_related(*PEOPLE)
    return get_object_or_404(rows, pk=pk)


@only(works_on_files)
@require_safe
def releases(request: Asked) -> HttpResponse:
    """Whether a release can be prepared, why not, the corrections on their way, and the releases of before."""
    cycle, user = chosen_cycle(request.GET.get("cycle")), request.user
    if cycle is None:
        return render(request, "answers/releases.html", {"cycle": None})
    corrections = list(unhidden(corrections_of(cycle), user, "application"))
    context = {
        "cycle": cycle,
        "obstacles": obstacles(cycle, user),
        "found": how_many(cycle, user),
        "still_open": still_open(cycle),
        "corrections": corrections,
        "correction_obstacles": obstacles(cycle, user, Kind.CORRECTION) if corrections else [],
        "coordinates": coordinates(user),
        "directs": directs(user),
        "rows": Release.objects.filter(cycle=cycle).select_related(*PEOPLE),
    }
    return render(request, "answers/releases.html", context)


@only(coordinates)
@require_POST
def release_prepare(request: Asked) -> HttpResponse:
    """Freeze the list of approved decisions of a cycle, or of its corrections."""
    cycle = get_object_or_404(Cycle, code=request.POST.get("cycle", ""))
    kind = Kind.CORRECTION if request.POST.get("kind") == Kind.CORRECTION else Kind.FIRST
    knows = request.POST.get("while_open") == "on"
    prepared = prepare_release(cycle, by=request.user, kind=kind, while_open=knows)
    messages.success(
        request, _("The list is frozen. A director who did not prepare it releases it.")
    )
    return redirect("release_show", prepared.pk)


@only(works_on_files)
@require_safe
def release_show(request: Asked, pk: int) -> HttpResponse:
    """Where it stands, what happens next, the dry run before and the letters after."""
    row, user = release_or_404(request, pk), request.user
    frozen = row.status in FROZEN
    moves = {move.name for move in available(row, (APPROVE, RESUME, HOLD, CANCEL), by=user)}
    context: dict[str, Any] = {
        **progress_of(row, user),
        "run": dry_run(row, user) if frozen else None,
        "still_open": still_open(row.cycle) if frozen and not row.is_correction else None,
        "may_approve": APPROVE.name in moves,
        "may_resume": RESUME.name in moves,
        "may_hold": HOLD.name in moves,
        "may_cancel": CANCEL.name in moves,
        "directs": directs(user),
        "is_preparer": user.pk == row.prepared_by_id,
        "halt": Halt(row.why_stopped).label if row.why_stopped in Halt.values else "",
        "hour_form": HourForm(initial={"at": row.due_at or proposed_hour(row.cycle)}),
        "typed_form": FingerprintForm(release=row),
        "why_form": WhyForm(auto_id="id_hold_%s"),
        "cancel_form": WhyForm(auto_id="id_cancel_%s"),
        "free_form": WhyForm(auto_id="id_free_%s"),
    }
    return render(request, "answers/release_show.html", context)


@only(works_on_files)
@require_safe
def release_progress(request: Asked, pk: int) -> HttpResponse:
    """The part of the page that refreshes itself; the whole page is asked for anew once the status changed."""
    row = release_or_404(request, pk)
    response = render(request, "answers/release_progress.html", progress_of(row, request.user))
    if request.GET.get("seen") != row.status:
        response["HX-Refresh"] = "true"
    return response


@only(works_on_files)
@require_safe
def release_letters(request: Asked, pk: int) -> HttpResponse:
    """A few letters drawn by lot, in both languages, exactly as they would leave."""
    row = release_or_404(request, pk)
    drawn = previews(row, request.user) if row.status in FROZEN else []
    return render(request, "answers/release_letters.html", {"release": row, "previews": drawn})


@only(works_on_files)
@require_safe
def release_unread(request: Asked, pk: int) -> HttpResponse:
    """Accepted people who have not looked at their answer, to be called."""
    row = release_or_404(request, pk)
    rows = unread(row, request.user)
    context = {
        "release": row,
        "rows": rows,
        "now": request.arrived_at,
        "is_time": is_time_to_call(row),
    }
    return render(request, "answers/release_unread.html", context)
