"""What is kept of a list, and what is looked for in it; each act is one address, and leads back to the list."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.asking import Asked
from accounts.returning import back
from finding import keeping
from finding.lists import LISTS
from finding.lists.listed import Listed
from finding.models import SavedView


def listed_for(request: Asked, key: str) -> Listed:
    """A list that this person may see, or 404, or 403."""
    listed = LISTS.get(key)
    if listed is None:
        raise Http404
    if not listed.may(request.user):
        raise PermissionDenied
    return listed


def code_of(request: Asked) -> dict[str, str]:
    """The cycle that a form names."""
    code = request.POST.get("cycle", "")[:10]
    return {"cycle": code} if code else {}


@require_POST
def list_ask(request: Asked, key: str) -> HttpResponse:
    """Lead to a list with what was typed, sealed."""
    listed = listed_for(request, key)
    return redirect(
        listed.address(listed.asked(request.POST), **(code_of(request) or {"view": "0"}))
    )


@require_POST
def view_keep(request: Asked, key: str) -> HttpResponse:
    """Keep what a list shows under a name."""
    listed = listed_for(request, key)
    filters = listed.asked(request.POST)
    keeping.keep(
        listed,
        request.POST.get("name", ""),
        filters,
        by=request.user,
        first=bool(request.POST.get("first")),
        share=bool(request.POST.get("share")),
    )
    messages.success(request, _("The view is kept."))
    return redirect(listed.address(filters, **(code_of(request) or {"view": "0"})))


def _own(request: Asked, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)


def _act(request: Asked, pk: int, verb: Callable[..., None], said: str) -> HttpResponse:
    """One act on one view, and back to where the person came from."""
    verb(_own(request, pk), by=request.user)
    messages.success(request, said)
    return back(request, "exports")


@require_POST
def view_rename(request: Asked, pk: int) -> HttpResponse:
    """Another name for a view."""
    keeping.rename(_own(request, pk), request.POST.get("name", ""), by=request.user)
    messages.success(request, _("The view has another name."))
    return back(request, "exports")


@require_POST
def view_first(request: Asked, pk: int) -> HttpResponse:
    """Show this view first, or no longer."""
    return _act(request, pk, keeping.show_first, _("Noted: what the list opens on has changed."))


@require_POST
def view_share(request: Asked, pk: int) -> HttpResponse:
    """Share this view, or no longer."""
    return _act(request, pk, keeping.share, _("Noted: who sees this view has changed."))


@require_POST
def view_drop(request: Asked, pk: int) -> HttpResponse:
    """Forget a view; it can be put back for ten minutes."""
    return _act(request, pk, keeping.drop, _("The view is gone. You can put it back."))


@require_POST
def view_restore(request: Asked, pk: int) -> HttpResponse:
    """Put back what was dropped."""
    return _act(request, pk, keeping.restore, _("The view is back."))
