"""Filters kept under a name."""

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.asking import Asked
from accounts.door import only
from accounts.returning import back
from enrolment import saving
from enrolment.listing import Filter
from enrolment.models import SavedFilter
from followup.permissions import follows_up


@only(follows_up)
@require_POST
def filter_save(request: Asked) -> HttpResponse:
    """Keep what the address shows under a name."""
    asked = Filter.of(dict(parse_qsl(request.POST.get("query", "")[:300])))
    query = urlencode(asked.query)
    first = bool(request.POST.get("first"))
    saving.save(request.POST.get("name", "")[:60], query, by=request.user, first=first)
    messages.success(request, _("The filter is kept."))
    words = {"show": asked.show, **asked.query}
    if code := request.POST.get("cycle", "")[:10]:
        words["cycle"] = code
    return redirect(f"{reverse('followup_board')}?{urlencode(words)}")


@only(follows_up)
@require_POST
def filter_first(request: Asked, pk: int) -> HttpResponse:
    """Show this filter first, or no longer."""
    row = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    saving.show_first(row, by=request.user)
    return back(request, "followup_board")


@only(follows_up)
@require_POST
def filter_drop(request: Asked, pk: int) -> HttpResponse:
    """Forget a filter."""
    row = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    saving.drop(row, by=request.user)
    messages.success(request, _("The filter is gone."))
    return back(request, "followup_board")
