"""The one search: asked by a form, so that the words stand in no address; shown on a page that can be opened again."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from applications.sought import NAME, sealed, sought, tidy
from finding.hits import shown
from finding.permissions import searches
from finding.search import look_for

SUGGESTED = 3


@only(searches)
@require_safe
def search(request: Asked) -> HttpResponse:
    """What was found, by kind, best first."""
    answer = look_for(sought(request.GET), request.user)
    context = {"words": answer.words, "groups": shown(answer, request.user)}
    return render(request, "finding/search.html", context)


@only(searches)
@require_POST
def search_ask(request: Asked) -> HttpResponse:
    """Lead to the page of what was typed."""
    words = sealed(request.POST.get(NAME, ""))
    return redirect(f"{reverse('search')}?{urlencode({NAME: words})}" if words else "search")


@only(searches)
@require_POST
def search_suggest(request: Asked) -> HttpResponse:
    """The first few of each kind, under the field."""
    answer = look_for(tidy(request.POST.get(NAME, "")), request.user)
    groups = [(group, group.hits[:SUGGESTED]) for group in shown(answer, request.user)]
    return render(request, "finding/search_suggest.html", {"groups": groups})
