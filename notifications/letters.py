"""A letter, and how its text is made: `templates/emails/<name>.<language>.txt`, first line the subject.

Each app lists its own letters in its `letters.py`, with one small function a letter that queues it. Two things of a
context mean something here: `cycle`, whose own text, sender and address for replies the letter takes, and `dates`,
which go with it as a calendar.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import Context
from django.utils import timezone, translation

from notifications.calendars import Entry
from notifications.letter_text import LetterText
from notifications.overriding import (
    Halves,
    UnknownPlaceholder,
    composed,
    halves,
    in_use,
    scope_of,
)

SEVERAL_EMPTY = re.compile(r"\n(?:[ \t]*\n){2,}")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What one kind of letter is called and how it is treated.

    `resend_after`: when the outcome of a delivery stays unknown that long, it is sent again; None: only a
    person may. `secret`: its text is erased once it has left (sign-in codes; never put one in the subject).
    `priority`: 0 leaves first, 9 last. `private`: no page of the staff shows that it was sent.
    """

    name: str
    resend_after: timedelta | None = None
    secret: bool = False
    priority: int = 5
    private: bool = False


class Unsendable(ValueError):
    """The letter cannot be put in an envelope: a broken address, or a subject of several lines."""


@dataclass(frozen=True)
class Rendered:
    """A letter as the reader gets it: its words, from whom, where a reply goes, the dates that go with it."""

    subject: str
    text: str
    sender: str = ""
    reply_to: str = ""
    dates: Sequence[dict[str, str]] = ()


def render(
    letter: Letter,
    *,
    language: str,
    context: Mapping[str, Any],
    texts: Mapping[str, LetterText] | None = None,
) -> Rendered:
    """The letter in the reader's language, whoever clicked, with times in Montréal's.

    `texts`: what `in_use` found for many copies at once; without it, this copy looks for itself. Raises Unsendable
    when the text cannot be made of this context, or the subject is empty or has several lines.
    """
    found = in_use(letter.name, [context]) if texts is None else texts
    own = found.get(scope_of(context))
    return written(_halves_of(letter, language, own), language=language, context=context)


def _halves_of(letter: Letter, language: str, own: LetterText | None) -> Halves:
    """The administrator's words, or the file's: also where a newer file no longer knows a placeholder of theirs."""
    if own:
        try:
            return composed(letter.name, language, *own.halves(language))
        except UnknownPlaceholder:
            logger.error("%s is not used: the letter has other placeholders now.", own)
    return halves(letter.name, language)


def written(made_of: Halves, *, language: str, context: Mapping[str, Any]) -> Rendered:
    """The letter of these words. Raises Unsendable."""
    values = {"site_url": settings.SITE_URL, **context}
    subject, body = made_of
    try:
        with translation.override(language), timezone.override(settings.TIME_ZONE):
            first_line = subject.render(Context(values, autoescape=False)).strip()
            text = body.render(Context(values, autoescape=False)).strip() + "\n"
            text = SEVERAL_EMPTY.sub("\n\n", text)  # a part with nothing to say leaves no hole
            dates = [entry.as_data() for entry in _entries(context)]
    except Exception as error:
        raise Unsendable(f"The text could not be made ({type(error).__name__}).") from error
    if not first_line or len(first_line.splitlines()) > 1:
        raise Unsendable("The subject must be one line.")
    if not text.strip():
        raise Unsendable("There is no text.")
    cycle = context.get("cycle")
    sender = getattr(cycle, f"sender_{language}", "") or ""
    reply_to = context.get("reply_to") or getattr(cycle, "reply_to", "") or ""
    return Rendered(first_line, text, sender, reply_to, dates)


def _entries(context: Mapping[str, Any]) -> Sequence[Entry]:
    """The dates that go with the letter."""
    dates: Sequence[Entry] = context.get("dates", ())
    return dates


def check_address(address: str) -> None:
    """Raise Unsendable for an address that no mail server should be shown."""
    try:
        validate_email(address)
    except ValidationError as error:
        raise Unsendable("This is not an e-mail address.") from error
    if len(address) > 254:
        raise Unsendable("This e-mail address is too long.")
