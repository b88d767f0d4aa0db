"""The coordination's view of the reading: how it goes, who needs a word, and the three acts that follow."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.door import only
from accounts.models import Role, User
from applications.paging import Page, page_of
from committee import comparison, reminding
from committee import progress as reading
from committee.forms.reading import TICKED, ExtendForm, MoveForm
from committee.models import Anchor
from committee.permissions import reminds, sees_progress
from cycles.clock import day_of
from cycles.models import Cycle
from reviews.board import chosen_cycle
from reviews.models import Assignment
from reviews.models.assignment import AssignmentQuerySet
from reviews.reassigning import extend, move_files


@only(sees_progress)
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Figures, the days, then the readers, who needs a word first."""
    cycle = chosen_cycle(request.GET.get("cycle"))
    if cycle is None:
        return render(request, "committee/progress.html", {"cycle": None})
    now = timezone.now()
    report = reading.report(cycle, cast(User, request.user), today=day_of(now), now=now)
    coming = report.forecast
    context = {
        "cycle": cycle,
        "report": report,
        "totals": report.totals,
        "acts": reminds(request.user),
        "quiet": reading.QUIET.days,
        "is_late": report.today > cycle.reviews_due_on,
        "will_be_late": bool(coming and coming.is_after(cycle.reviews_due_on)),
        "may_be_late": bool(coming and coming.may_be_after(cycle.reviews_due_on)),
    }
    return render(request, "committee/progress.html", context)


@only(sees_progress)
@require_safe
def progress_calibration(request: HttpRequest) -> HttpResponse:
    """Who scored the anchor files, and how far apart the group is; never who gave what."""
    cycle = chosen_cycle(request.GET.get("cycle"))
    anchors = list(Anchor.objects.complete().filter(cycle=cycle)) if cycle else []
    if cycle is None or not anchors:
        return render(request, "committee/progress_calibration.html", {"anchors": []})
    group = comparison.group_of(cycle)
    readers = User.objects.with_role(Role.REVIEWER)
    context = {
        "cycle": cycle,
        "anchors": anchors,
        "group": group,
        "spreads": comparison.spreads(cycle, group) if group.is_large_enough else [],
        "readers": [(reader, reader.pk in group.finished) for reader in readers],
    }
    return render(request, "committee/progress_calibration.html", context)


def named_cycle(code: str | None) -> Cycle:
    """The cycle that a form names, or 404."""
    return get_object_or_404(Cycle, code=code or "")


def to_progress(cycle: Cycle, page: str = "progress", *parts: int) -> HttpResponse:
    """Back to a page of this cycle."""
    return redirect(f"{reverse(page, args=parts)}?{urlencode({'cycle': cycle.code})}")


@only(reminds)
@require_http_methods(["GET", "HEAD", "POST"])
def progress_remind(request: HttpRequest) -> HttpResponse:
    """The letters as they will leave; then they leave."""
    told = request.POST if request.method == "POST" else request.GET
    cycle = named_cycle(told.get("cycle"))
    keys = [int(key) for key in told.getlist("ticked") if key.isdecimal() and len(key) < 10]
    by, now = cast(User, request.user), timezone.now()
    if request.method != "POST":
        planned = reminding.plan(cycle, keys, by=by, now=now)
        context = {"cycle": cycle, "plan": planned, "quiet": reading.QUIET.days}
        return render(request, "committee/progress_remind.html", context)
    done = reminding.remind(cycle, keys, by=by, now=now)
    sent = len(done.copies)
    if sent:
        text = ngettext("%(count)s reminder is leaving.", "%(count)s reminders are leaving.", sent)
        messages.success(request, text % {"count": sent})
    for reader, why in done.skipped:
        told_why = _("No reminder for %(reader)s. %(why)s") % {"reader": reader, "why": why}
        messages.info(request, told_why)
    if not keys:
        messages.info(request, _("Tick at least one reader."))
    return to_progress(cycle)


def given_to(request: HttpRequest, reader: User, cycle: Cycle) -> AssignmentQuerySet:
    """What this reader still has to read, as far as this person may see it."""
    rows = Assignment.objects.visible_to(request.user).live().filter(reviewer=reader)
    return rows.filter(application__cycle=cycle, status=Assignment.Status.ASSIGNED)


def readers() -> "QuerySet[User]":
    """Those who read, and those who did and still have files."""
    has_files = Exists(Assignment.objects.active().filter(reviewer=OuterRef("pk")))
    return User.objects.filter(Q(roles__contains=[Role.REVIEWER]) | has_files)


@only(sees_progress)
@require_safe
def progress_reader(request: HttpRequest, pk: int) -> HttpResponse:
    """One reader's files that are left, and what a coordinator can do about them."""
    cycle = chosen_cycle(request.GET.get("cycle"))
    reader = get_object_or_404(readers(), pk=pk)
    if cycle is None:
        return redirect("progress")
    return _reader(request, reader, cycle, MoveForm(reader=reader), ExtendForm())


def _reader(
    request: HttpRequest, reader: User, cycle: Cycle, move: MoveForm, more: ExtendForm
) -> HttpResponse:
    """The page, with a form that was refused in its place."""
    rows = given_to(request, reader, cycle).select_related("application", "review")
    page: Page = page_of(rows.order_by("due_on", "pk"), request.GET.get("page", "1"))
    context = {
        "cycle": cycle,
        "reader": reader,
        "page": page,
        "today": day_of(timezone.now()),
        "acts": reminds(request.user),
        "move": move,
        "more": more,
        "ticked": move.ticks,
        "has_errors": bool(move.errors or more.errors),
    }
    status = 422 if context["has_errors"] else 200
    return render(request, "committee/progress_reader.html", context, status=status)


@only(reminds)
@require_POST
def progress_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Files of this reader go to another one, or are taken back to be planned again."""
    cycle, reader = named_cycle(request.POST.get("cycle")), get_object_or_404(readers(), pk=pk)
    form = MoveForm(request.POST, reader=reader)
    if not form.is_valid():
        return _reader(request, reader, cycle, form, ExtendForm())
    said, rows = form.cleaned_data, given_to(request, reader, cycle)
    ticked = said["which"] == TICKED
    moved = move_files(
        rows.filter(pk__in=said["ticked"]) if ticked else rows,
        said["to"],
        cycle=cycle,
        today=day_of(timezone.now()),
        by=cast(User, request.user),
        why=said["why"],
        begun_too=ticked and said["begun_too"],
    )
    text = ngettext("%(count)s file moved.", "%(count)s files moved.", moved.files)
    messages.success(request, " ".join([text % {"count": moved.files}, *moved.stayed]))
    return to_progress(cycle, "progress_reader", reader.pk)


@only(reminds)
@require_POST
def progress_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """More time for one reader."""
    cycle, reader = named_cycle(request.POST.get("cycle")), get_object_or_404(readers(), pk=pk)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return _reader(request, reader, cycle, MoveForm(reader=reader), form)
    rows, by = given_to(request, reader, cycle), cast(User, request.user)
    count = extend(rows, cycle=cycle, by=by, **form.cleaned_data)
    text = ngettext("%(count)s file is due later.", "%(count)s files are due later.", count)
    messages.success(request, text % {"count": count})
    return to_progress(cycle, "progress_reader", reader.pk)
