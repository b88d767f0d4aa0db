"""The letters of the office's desk, for the catalogue."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from applications.letter_samples import WORDS, about_file
from cycles.clock import day_of
from desk import letters
from desk.models import Request
from notifications.catalogue import Asked, Entry, Reader, register

PIECE = {
    **WORDS,
    "piece": _("What is asked"),
    "piece_link": _("Address of the page where the piece is sent"),
    "reason": _("Why, in the words of the coordination"),
    "due": _("Last day, in Montréal"),
    "received": _("When it was received"),
    "why": _("Why, in the words of the coordination"),
}
SAID = {
    "fr": (
        "Traduction certifiée du relevé",
        "Le relevé est en portugais.",
        "La page 2 est coupée.",
    ),
    "en": ("Certified translation", "The transcript is in Portuguese.", "Page 2 is cut off."),
}


def piece(asked: Asked, *, is_awaited: bool = False) -> dict[str, Any]:
    """A piece that nobody asked for, of the file."""
    context = about_file(asked)
    title, reason, refusal = SAID["en" if get_language() == "en" else "fr"]
    now = timezone.now()
    request = Request(
        pk=0,
        application=context["application"],
        title=title,
        reason=reason,
        refusal=refusal,
        due_on=day_of(now + timedelta(days=7)),
        received_at=now,
    )
    dates = letters.due_of(request) if is_awaited else []
    return {**context, "request": request, "dates": dates}


def closed(asked: Asked) -> dict[str, Any]:
    """A file that lacks something."""
    return about_file(asked, why=SAID["en" if get_language() == "en" else "fr"][1])


def joined(asked: Asked) -> dict[str, Any]:
    """The account that stays."""
    return {"what": "stays"}


applicant = partial(Entry, reader=Reader.APPLICANT, words=PIECE)
awaited = partial(
    applicant, sample=partial(piece, is_awaited=True), required=("piece", "due", "piece_link")
)

register(
    awaited(
        letters.PIECE_ASKED, _("A piece is asked for"), _("When the coordination asks for a piece")
    ),
    awaited(
        letters.PIECE_REMINDER, _("Reminder: a piece is due"), _("Shortly before a piece is due")
    ),
    applicant(
        letters.PIECE_RECEIVED,
        _("A piece was received"),
        _("At once, when a piece arrives"),
        sample=piece,
        required=("piece",),
    ),
    awaited(
        letters.PIECE_REFUSED, _("A piece has to be sent again"), _("When a piece does not do")
    ),
    applicant(
        letters.PIECE_CANCELLED,
        _("A piece is no longer needed"),
        _("When the coordination takes a request back"),
        sample=piece,
        required=("piece",),
    ),
    applicant(
        letters.MESSAGE_WAITING,
        _("A message waits"),
        _("When the office writes to an applicant"),
        sample=about_file,
        required=("messages",),
    ),
    applicant(
        letters.FILE_CLOSED,
        _("File closed as incomplete"),
        _("When the coordination closes a file"),
        sample=closed,
        required=("why",),
    ),
    applicant(
        letters.FILE_TAKEN_UP,
        _("File taken up again"),
        _("When the coordination takes a closed file up again"),
        sample=about_file,
        required=("link",),
    ),
    Entry(
        letters.ACCOUNTS_JOINED,
        _("Two accounts became one"),
        _("When the coordination joins or separates accounts"),
        Reader.ACCOUNT,
        sample=joined,
        words={},
        is_fixed=True,
    ),
)
