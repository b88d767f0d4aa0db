"""How the readers use the scale."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates
from reviews import scales
from reviews.board import chosen_cycle
from reviews.permissions import sees_scales


@only(sees_scales)
@require_safe
def readers_scales(request: HttpRequest) -> HttpResponse:
    """Who is stricter than most, with what is not known about it; a reader sees their own line."""
    cycle, user = chosen_cycle(request.GET.get("cycle")), cast(User, request.user)
    context = {
        "cycle": cycle,
        "lines": scales.lines(cycle, user=user) if cycle else [],
        "coordinates": coordinates(user),
    }
    return render(request, "reviews/readers_scales.html", context)
