"""Reminders to many: the preview, and the sending."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from audit.moves import Refused
from cycles.clock import day_of
from enrolment import letters, reminding
from enrolment.choosing import board_address, board_of, people_of
from enrolment.listing import Board
from enrolment.models import Kind
from enrolment.views.returning import carried, nobody_chosen
from notifications.letters import Rendered
from notifications.letters import render as written


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def followup_remind(request: Asked) -> HttpResponse:
    """Who gets which letter, and who does not; confirmed, it leaves once."""
    typed = request.POST if request.method == "POST" else request.GET
    board = board_of(typed.get("cycle"), request.user, request.arrived_at)
    if board is None:
        raise Http404
    kind = Kind(typed["kind"]) if typed.get("kind") in Kind.values else Kind.WORD
    rows = people_of(board, typed)
    if request.method == "POST":
        ids = [row.place.application for row in rows]
        batch = reminding.remind(
            board.cycle, ids, kind, key=key_of(typed.get("key", "")), by=request.user
        )
        sent = batch.reminders.count()
        said = ngettext("%(count)s reminder leaves now.", "%(count)s reminders leave now.", sent)
        messages.success(request, said % {"count": sent})
        return redirect(board_address(board.cycle, typed))
    if not rows:
        return nobody_chosen(request, board, typed)
    preview = reminding.preview(board, rows, kind)
    context = {
        **carried(board, typed),
        "cycle": board.cycle,
        "preview": preview,
        "kinds": Kind.choices,
        "texts": texts_of(board, preview),
        "chosen": " ".join(
            copy.application.number for copy in [*preview.copies, *preview.left_out]
        ),
        "files": " ".join(copy.application.number for copy in preview.copies),
        "key": uuid4(),
    }
    return render(request, "enrolment/followup_remind.html", context)


def key_of(text: str) -> UUID:
    """The key that a preview made. Raises Refused for what is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused(_("Look at the preview first.")) from error


def texts_of(board: Board, preview: reminding.Preview) -> list[tuple[str, Rendered, str]]:
    """In each language that somebody gets the letter in: the letter to the first of them, and their name."""
    today, found = day_of(board.at), []
    for language in ("fr", "en"):
        mine = (row for row in preview.copies if row.application.applicant.language == language)
        first = next(mine, None)
        if first is None:
            continue
        due = reminding.named_day(first.due, today)
        context = letters.reminder(first.application, preview.kind, due).context
        text = written(letters.FOLLOW_UP_REMINDER, language=language, context=context)
        found.append((language, text, first.application.name))
    return found
