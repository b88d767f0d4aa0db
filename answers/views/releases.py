"""Preparing a release, looking at it, and doing it."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates, directs
from answers.letters import DECISION_AVAILABLE
from answers.release import (
    CANCEL,
    RELEASE,
    cancel_release,
    dry_run,
    obstacles,
    prepare_release,
    release,
)
from applications.models import Application
from applications.sight import ids_kept_from
from audit.models import subject_of
from audit.moves import available
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from reviews.board import chosen_cycle
from reviews.models import Release
from reviews.permissions import works_on_files

DELIVERED, WAITING = ("sent",), ("pending", "sending", "unknown")


@only(works_on_files)
@require_safe
def releases(request: Asked) -> HttpResponse:
    """Whether a release can be prepared, why not, and those of before."""
    cycle = chosen_cycle(request.GET.get("cycle"))
    rows = Release.objects.visible_to(request.user).select_related(
        "cycle", "prepared_by", "released_by"
    )
    context = {
        "cycle": cycle,
        "obstacles": obstacles(cycle, request.user) if cycle else [],
        "coordinates": coordinates(request.user),
        "rows": rows.filter(cycle=cycle),
    }
    return render(request, "answers/releases.html", context)


@only(coordinates)
@require_POST
def release_prepare(request: HttpRequest) -> HttpResponse:
    """Freeze the list of approved decisions of a cycle."""
    cycle = get_object_or_404(Cycle, code=request.POST.get("cycle", ""))
    prepared = prepare_release(cycle, by=cast(User, request.user))
    messages.success(
        request, _("The list is frozen. A director who did not prepare it releases it.")
    )
    return redirect("release_show", prepared.pk)


@only(works_on_files)
@require_safe
def release_show(request: Asked, pk: int) -> HttpResponse:
    """The dry run before, the delivery after."""
    rows = Release.objects.visible_to(request.user).select_related(
        "cycle", "prepared_by", "released_by"
    )
    row = get_object_or_404(rows, pk=pk)
    done = row.status == Release.Status.DONE
    moves = {move.name for move in available(row, (RELEASE, CANCEL), by=request.user)}
    context: dict[str, Any] = {
        "release": row,
        "is_done": done,
        "run": dry_run(row, request.user) if row.status == Release.Status.PREPARED else None,
        "delivery": delivery(row) if done else None,
        "failures": _failures(row, request.user) if done else [],
        "may_release": RELEASE.name in moves,
        "may_cancel": CANCEL.name in moves,
        "directs": directs(request.user),
    }
    return render(request, "answers/release_show.html", context)


def _letters(row: Release) -> Any:
    """The announcements of the cycle: a file's number begins with the cycle's code."""
    prefix = f"{DECISION_AVAILABLE.name}:{row.cycle.code}-"
    return OutgoingEmail.objects.filter(letter=DECISION_AVAILABLE.name, key__startswith=prefix)


def _failures(row: Release, user: User) -> Any:
    """Those that need a person, about files that this one may see."""
    hidden = [subject_of(Application(pk=pk)) for pk in ids_kept_from(user)]
    return _letters(row).needing_a_person().exclude(about__in=hidden)[:50]


def delivery(row: Release) -> dict[str, int]:
    """How many letters are delivered, waiting, failed."""
    counts = dict(_letters(row).order_by().values_list("status").annotate(count=Count("pk")))
    delivered = sum(counts.get(status, 0) for status in DELIVERED)
    waiting = sum(counts.get(status, 0) for status in WAITING)
    total = sum(counts.values())
    return {
        "delivered": delivered,
        "waiting": waiting,
        "failed": total - delivered - waiting,
        "total": total,
    }


@only(directs)
@require_POST
def release_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every answer to its applicant, now; clicking twice does it once."""
    row = get_object_or_404(Release.objects.visible_to(request.user), pk=pk)
    done = release(row, by=cast(User, request.user))
    text = ngettext(
        "%(count)s answer is visible to its applicant. The letters are leaving.",
        "%(count)s answers are visible to their applicants. The letters are leaving.",
        done.size,
    )
    messages.success(request, text % {"count": done.size})
    return redirect("release_show", pk)


@only(works_on_files)
@require_POST
def release_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Unfreeze the list: nothing was shown to anybody."""
    row = get_object_or_404(Release.objects.visible_to(request.user), pk=pk)
    cancel_release(row, by=cast(User, request.user))
    messages.info(request, _("Cancelled: nothing was shown to anybody."))
    return redirect("releases")
