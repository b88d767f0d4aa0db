"""The reader's calibration: the anchor files one after the other, then a comparison that only they see."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.door import only
from accounts.models import User
from audit.moves import Refused
from committee import authoring, comparison
from committee.calibration import lines_of, may_correct, next_of, save_reading
from committee.forms.reading import AnchorForm
from committee.models import Anchor
from committee.permissions import calibrates
from cycles.models import Cycle
from reviews.scoring import Stale


@only(calibrates)
@require_safe
def calibration(request: HttpRequest) -> HttpResponse:
    """What is left to score; once all is, where this reader stands beside the group."""
    cycle = Cycle.objects.current()
    reader = cast(User, request.user)
    lines = lines_of(reader, cycle) if cycle else []
    if cycle is None or not lines:
        return render(request, "committee/calibration.html", {"lines": []})
    group = comparison.group_of(cycle)
    following = next_of(lines)
    context: dict[str, Any] = {
        "cycle": cycle,
        "lines": lines,
        "following": following,
        "left": sum(line.reading is None for line in lines),
        "may_correct": may_correct(reader, cycle, lines, group),
    }
    if following is None:
        criteria = list(cycle.criteria.all())
        context |= {
            "group": group,
            "rows": comparison.compared(lines, criteria, group),
            "drift": comparison.drift_of(reader, cycle, lines),
        }
    return render(request, "committee/calibration.html", context)


@only(calibrates)
@require_http_methods(["GET", "HEAD", "POST"])
def calibration_read(request: HttpRequest, pk: int) -> HttpResponse:
    """One anchor file beside the rubric; saving opens the next."""
    reader = cast(User, request.user)
    rows = Anchor.objects.visible_to(reader).select_related("cycle")
    anchor = get_object_or_404(rows, pk=pk)
    lines = lines_of(reader, anchor.cycle)
    reading = next(line.reading for line in lines if line.anchor == anchor)
    posted = request.method == "POST"
    criteria = list(anchor.cycle.criteria.all())
    form = AnchorForm(request.POST if posted else None, criteria=criteria, reading=reading)
    refused: Refused | None = None
    if posted and form.is_valid():
        try:
            said = {key: form.cleaned_data[key] for key in ("comment", "revision")}
            save_reading(anchor, form.values(), by=reader, **said)
        except Refused as error:
            refused = error
        else:
            return _after(request, lines_of(reader, anchor.cycle))
    return _page(request, anchor, form, lines, refused)


def _after(request: HttpRequest, lines: list[Any]) -> HttpResponse:
    """The next file, or the comparison."""
    following = next_of(lines)
    if following:
        messages.success(request, _("Saved."))
        return redirect("calibration_read", following.pk)
    messages.success(request, _("Saved: that was the last one. Thank you!"))
    return redirect("calibration")


def _page(
    request: HttpRequest,
    anchor: Anchor,
    form: AnchorForm,
    lines: list[Any],
    refused: Refused | None,
) -> HttpResponse:
    """Rail, file and rubric. A refusal keeps what was typed."""
    reading = next(line.reading for line in lines if line.anchor == anchor)
    stale = isinstance(refused, Stale)
    fresh = lines_of(cast(User, request.user), anchor.cycle) if stale else lines
    saved = next(line.reading for line in fresh if line.anchor == anchor)
    context = {
        "anchor": anchor,
        "reading": reading,
        "form": form,
        "lines": lines,
        "left": sum(line.reading is None for line in lines),
        "told": authoring.told(anchor),
        "is_open": reading is None or may_correct(cast(User, request.user), anchor.cycle, lines),
        "refused": refused,
        "stale": stale,
        "revision": saved.revision if stale and saved else form["revision"].value(),
        "has_errors": bool(refused or form.errors),
    }
    status = 409 if stale else 422 if refused or form.errors else 200
    return render(request, "committee/calibration_read.html", context, status=status)
