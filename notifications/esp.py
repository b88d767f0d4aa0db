"""What the API of a mail service needs beside the letter, and what its answers tell."""

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from anymail.backends.base import AnymailBaseBackend
from anymail.exceptions import AnymailAPIError
from django.core.mail import EmailMessage
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from notifications.models import OutgoingEmail

# By service: the header of its API that makes a repeated request the same request, and how long it remembers,
# with a margin. Brevo's is left out: what it answers to a repetition looks like a refusal.
REPEATABLE = {"resend": ("Idempotency-Key", timedelta(hours=23))}

# They take nothing beside the letter: their events find it by the number that they gave it.
WITHOUT_METADATA = {"mailersend", "postal"}

_MARK = re.compile(r"(?P<uuid>[0-9a-f-]{36})\.(?P<sending>\d{1,4})")


class Failed(ValueError):
    """The service answered that it cannot send this letter."""


def mark_of(letter: OutgoingEmail) -> str:
    """What a service gives back with each event: the letter's own part of its Message-ID, and which sending."""
    return f"{letter.message_id[1:37]}.{letter.resent}"


def read_mark(mark: object) -> tuple[str, int] | None:
    """The beginning of a Message-ID and the sending, from an event; None for anything that is not ours."""
    found = _MARK.fullmatch(mark) if isinstance(mark, str) else None
    return (f"<{found['uuid']}@", int(found["sending"])) if found else None


def key_of(letter: OutgoingEmail) -> str:
    """The same for each try of one sending, another once a person has it sent again."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, mark_of(letter)))


def dress(message: EmailMessage, letter: OutgoingEmail, backend: Any) -> None:
    """Give the service what lets its events find the letter, and a key where it knows one."""
    if not isinstance(backend, AnymailBaseBackend):
        return
    service = type(backend).__module__.rpartition(".")[2]
    if service not in WITHOUT_METADATA:
        message.metadata = {"letter": mark_of(letter)}  # type: ignore[attr-defined]
    session = getattr(backend, "session", None)
    if service in REPEATABLE and session is not None:
        session.headers[REPEATABLE[service][0]] = key_of(letter)


def number_of(message: EmailMessage) -> str:
    """The service's own number of a letter that it took; empty where it gave none, or for plain SMTP.

    Raises Failed where it answered in good order that it did not take it.
    """
    answer = getattr(message, "anymail_status", None)
    if answer is None:
        return ""
    if answer.status == {"failed"}:
        raise Failed("The mail service says that it failed.")
    return answer.message_id[:255] if isinstance(answer.message_id, str) else ""


def never_began(error: AnymailAPIError) -> bool:
    """Whether the service was not even reached: surely nothing of the letter left."""
    return any(isinstance(one, ConnectTimeoutError | NewConnectionError) for one in _causes(error))


def _causes(error: object) -> Iterator[object]:
    """An error and what it was made of: `requests` wraps `urllib3`'s, which keeps its own in `reason`."""
    while isinstance(error, BaseException):
        yield error
        inside = error.args[0] if error.args else None
        error = (
            error.__cause__
            or getattr(error, "reason", None)
            or (inside if isinstance(inside, BaseException) else None)
        )
