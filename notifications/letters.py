"""A letter, and how its text is made: `templates/emails/<name>.<language>.txt`, first line the subject.

Each app lists its own letters in its `letters.py`, with one small function a letter that queues it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import Context, Template, engines
from django.utils import timezone, translation


@dataclass(frozen=True)
class Letter:
    """What one kind of letter is called and how it is treated.

    `resend_after`: when the outcome of a delivery stays unknown that long, it is sent again; None: only a
    person may. `secret`: its text is erased once it has left (sign-in codes; never put one in the subject).
    `priority`: 0 leaves first, 9 last.
    """

    name: str
    resend_after: timedelta | None = None
    secret: bool = False
    priority: int = 5


class Unsendable(ValueError):
    """The letter cannot be put in an envelope: a broken address, or a subject of several lines."""


@dataclass(frozen=True)
class Rendered:
    """A letter as the reader gets it."""

    subject: str
    text: str


@lru_cache(maxsize=256)
def halves(name: str, language: str) -> tuple[Template, Template]:
    """The subject and the body of a letter's text, compiled apart.

    Apart, so that a line break in somebody's name cannot push the rest of a subject into the body.
    Raises TemplateDoesNotExist when the language has no text.
    """
    engine = engines["django"].engine  # type: ignore[attr-defined]
    whole = engine.get_template(f"emails/{name}.{language}.txt")
    subject, _, body = whole.source.partition("\n")
    return (
        Template(subject, whole.origin, whole.name, engine),
        Template(body, whole.origin, whole.name, engine),
    )


def render(letter: Letter, *, language: str, context: Mapping[str, Any]) -> Rendered:
    """The letter in the reader's language, whoever clicked, with times in Montréal's.

    Raises Unsendable when the text cannot be made of this context, or the subject is empty or has several
    lines.
    """
    values = {"site_url": settings.SITE_URL, **context}
    subject, body = halves(letter.name, language)
    try:
        with translation.override(language), timezone.override(settings.TIME_ZONE):
            first_line = subject.render(Context(values, autoescape=False)).strip()
            text = body.render(Context(values, autoescape=False)).strip() + "\n"
    except Exception as error:
        raise Unsendable(f"The text could not be made ({type(error).__name__}).") from error
    if not first_line or len(first_line.splitlines()) > 1:
        raise Unsendable("The subject must be one line.")
    return Rendered(first_line, text)


def check_address(address: str) -> None:
    """Raise Unsendable for an address that no mail server should be shown."""
    try:
        validate_email(address)
    except ValidationError as error:
        raise Unsendable("This is not an e-mail address.") from error
    if len(address) > 254:
        raise Unsendable("This e-mail address is too long.")
