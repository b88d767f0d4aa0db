"""A list opened by its bare address shows the view that its reader keeps first; any word in the address is obeyed instead."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from finding.lists import LISTS
from finding.models import SavedView

KEPT = "_views_of_list"


def views_of(request: Any, key: str) -> list[SavedView]:
    """The views of a list that the reader of a page may use; looked up once a page."""
    if not hasattr(request, KEPT):
        rows = SavedView.objects.visible_to(request.user).filter(listed=key)
        setattr(request, KEPT, list(rows.select_related("owner")))
    found: list[SavedView] = getattr(request, KEPT)
    return found


class OpensFirst:
    """Leads from the bare address of a list to the view shown first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseRedirect | None:
        """Nothing, or the way to the view."""
        listed = LISTS.get(request.resolver_match.url_name or "")
        bare = request.method == "GET" and not request.META.get("QUERY_STRING")
        if listed is None or not bare or not listed.may(request.user):
            return None
        mine = (row for row in views_of(request, listed.key) if row.owner_id == request.user.pk)
        first = next((row for row in mine if row.is_default), None)
        filters = listed.asked(first.filters) if first else {}
        return HttpResponseRedirect(listed.address(filters)) if filters else None
