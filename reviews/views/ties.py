"""Whom one is close to: one's own page, and the same for a coordinator who writes for somebody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.asking import Asked
from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates
from reviews import comparing
from reviews import ties as verbs
from reviews.conflict_forms import TiesForm
from reviews.models.ties import judges_files


@only(judges_files)
@require_http_methods(["GET", "HEAD", "POST"])
def ties(request: Asked) -> HttpResponse:
    """One's own."""
    return _page(request, request.user)


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def ties_of(request: Asked, pk: int) -> HttpResponse:
    """Those of somebody who judges files."""
    return _page(request, get_object_or_404(comparing.people(), pk=pk))


def _page(request: Asked, person: User) -> HttpResponse:
    posted = request.method == "POST"
    form = TiesForm(request.POST if posted else None, instance=verbs.of(person))
    own = person == request.user
    if posted and form.is_valid():
        verbs.save(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved. Files are compared within minutes."))
        return redirect("ties") if own else redirect("ties_of", person.pk)
    context = {"form": form, "person": person, "own": own}
    return render(request, "reviews/ties.html", context, status=422 if posted else 200)
