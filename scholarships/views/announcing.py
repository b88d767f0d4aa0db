"""The day of the results: the frozen lists of a cycle, their hour, and the two people behind them."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates, directs
from answers.forms import HourForm, proposed_hour
from audit.moves import Refused
from cycles.models import Cycle
from desk.forms import WhyForm
from scholarships import announcing
from scholarships.forms.judging import ListForm
from scholarships.frozen import Halt, batch_of, halt_of_list, obstacles, unanswered
from scholarships.models import Announcement, Result
from scholarships.panels import manages

PEOPLE = ("round", "prepared_by", "approved_by", "stopped_by")


def _cycle(code: str) -> Cycle:
    return get_object_or_404(Cycle.objects.published(), code=code)


@only(manages)
@require_safe
def announcement(request: Asked, code: str) -> HttpResponse:
    """Whether the results can be frozen, why not, the frozen lists and their hour, and those of before."""
    cycle = _cycle(code)
    batch = list(batch_of(cycle).select_related(*PEOPLE).annotate(**_tally()))
    first = batch[0] if batch else None
    past = Announcement.objects.filter(round__cycle=cycle).exclude(pk__in=[row.pk for row in batch])
    halt = first.why_stopped if first and first.why_stopped in Halt.values else ""
    context: dict[str, Any] = {
        "cycle": cycle,
        "batch": batch,
        "first": first,
        "obstacles": [] if batch else obstacles(cycle),
        "halt": Halt(halt).label if halt else "",
        "changed": halt_of_list(cycle, batch) if batch else None,
        "waits": bool(batch) and unanswered(batch),
        "past": past.select_related(*PEOPLE).order_by("-prepared_at", "pk"),
        "coordinates": coordinates(request.user),
        "may_approve": first and announcing.is_second(request.user, first),
        "hour_form": HourForm(initial={"at": (first and first.due_at) or proposed_hour(cycle)}),
        "list_form": ListForm(),
        "hold_form": WhyForm(auto_id="id_hold_%s"),
        "cancel_form": WhyForm(auto_id="id_cancel_%s"),
    }
    return render(request, "scholarships/announcement.html", context)


def _tally() -> dict[str, Count]:
    """How many of each outcome are on a list."""
    return {
        name: Count("results", filter=Q(results__outcome=name)) for name in Result.Outcome.values
    }


def _judged(form: Any) -> Any:
    """The form, if what was typed in it will do. Raises Refused with what is wrong."""
    if not form.is_valid():
        raise Refused(" ".join(str(text) for texts in form.errors.values() for text in texts))
    return form.cleaned_data


@only(coordinates)
@require_POST
def announcement_prepare(request: Asked, code: str) -> HttpResponse:
    """Freeze the approved results of every round that has closed."""
    announcing.prepare(_cycle(code), by=request.user)
    messages.success(request, _("The list is frozen. A director who did not prepare it shows it."))
    return redirect("announcement", code)


@only(directs)
@require_POST
def announcement_approve(request: Asked, code: str) -> HttpResponse:
    """Approve the lists for an hour, or for another one."""
    cycle, said = _cycle(code), _judged(HourForm(request.POST))
    announcing.approve(cycle, by=request.user, at=said["at"])
    messages.success(request, _("Approved. It becomes visible by itself at its hour."))
    return redirect("announcement", code)


@only(directs)
@require_POST
def announcement_show(request: Asked, code: str) -> HttpResponse:
    """Show every result to its person, now."""
    cycle = _cycle(code)
    first = batch_of(cycle).first()
    _judged(ListForm(request.POST, fingerprint=first.fingerprint if first else "-"))
    count = announcing.show(cycle, by=request.user)
    text = ngettext(
        "%(count)s result is visible to its person. The letter is leaving.",
        "%(count)s results are visible to their people. The letters are leaving.",
        count,
    )
    messages.success(request, text % {"count": count})
    return redirect("announcement", code)


@only(manages)
@require_POST
def announcement_hold(request: Asked, code: str) -> HttpResponse:
    """Stop the clock."""
    why = _judged(WhyForm(request.POST))["why"]
    announcing.hold(_cycle(code), why=why, by=request.user)
    messages.info(request, _("On hold: nothing becomes visible until a director resumes it."))
    return redirect("announcement", code)


@only(manages)
@require_POST
def announcement_cancel(request: Asked, code: str) -> HttpResponse:
    """Unfreeze the lists: nothing was shown to anybody."""
    why = _judged(WhyForm(request.POST))["why"]
    announcing.cancel(_cycle(code), why=why, by=request.user)
    messages.info(request, _("Cancelled: nothing was shown to anybody."))
    return redirect("announcement", code)
