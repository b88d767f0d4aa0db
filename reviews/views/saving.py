"""What a page that saves itself answers to its script, and what it finds again after a session ended."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from django.forms import Form
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils.translation import gettext as _

from audit.moves import Refused
from cycles.typography import hour_text


class Saved(Protocol):
    """A row that says when it was saved, and which revision it is."""

    saved_at: datetime
    revision: int


def saved(form: Form, save: Callable[[], Saved]) -> tuple[Refused | None, JsonResponse]:
    """Save what is valid; why it was refused, and the same answer for the page's script."""
    if not form.is_valid():
        return None, JsonResponse(
            {"problem": _("Not saved: look at the fields in red.")}, status=422
        )
    try:
        row = save()
    except Refused as refused:
        return refused, JsonResponse({"problem": str(refused.text)}, status=409)
    return None, JsonResponse({"saved_at": hour_text(row.saved_at), "revision": row.revision})


def kept(request: HttpRequest) -> QueryDict | None:
    """What was typed when the session ended, once, for the page it was meant for."""
    waiting = request.session.get("kept")
    if not waiting or waiting["path"].removesuffix("hand-in/") != request.path:
        return None
    del request.session["kept"]
    fields = QueryDict(mutable=True)
    for name, values in waiting["fields"].items():
        fields.setlist(name, values)
    return fields
