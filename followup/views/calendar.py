"""Dates to put into one's own calendar."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from cycles.models import Cycle
from followup.calendar import calendar_file
from followup.situation import Situation
from followup.views.home import own_situation


def _download(situation: Situation, name: str) -> HttpResponse:
    response = HttpResponse(calendar_file(situation), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mila-{name}.ics"'
    return response


@require_safe
def application_calendar(request: Asked, number: str) -> HttpResponse:
    """The dates of one's own application."""
    return _download(own_situation(request, number), number)


@login_not_required
@require_safe
def cycle_calendar(request: Asked) -> HttpResponse:
    """The public dates of the current cycle."""
    cycle = Cycle.objects.current()
    if cycle is None:
        raise Http404
    return _download(Situation(cycle, request.arrived_at), cycle.code)
