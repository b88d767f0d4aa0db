"""Files side by side, for those who prepare and those who approve the answers."""

from typing import cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.door import only
from accounts.models import User
from audit.moves import Refused
from reviews import comparison
from reviews.permissions import works_on_files


@only(works_on_files)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four files in columns; one that cannot be seen makes the page a missing one."""
    numbers = list(dict.fromkeys(request.GET.getlist("n")))
    user = cast(User, request.user)
    if len(numbers) > comparison.MOST:
        raise Http404
    rows = comparison.compared(numbers, user=user)
    if len(rows) < len(numbers):
        raise Http404
    return render(request, "reviews/compare.html", {"sides": comparison.sides(rows, by=user)})


@only(works_on_files)
@require_POST
def decisions_compare(request: HttpRequest) -> HttpResponse:
    """From the ranked list to the files that were ticked in it."""
    numbers = list(dict.fromkeys(request.POST.getlist("ticked")))
    if not comparison.LEAST <= len(numbers) <= comparison.MOST:
        raise Refused(_("Tick two to four files to compare them."))
    return redirect(f"{reverse('compare')}?{urlencode([('n', number) for number in numbers])}")
