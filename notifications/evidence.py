"""Finding out whether a letter of unknown fate had left, by its Message-ID."""

import json
from datetime import timedelta
from enum import Enum, auto
from typing import Protocol
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from notifications import ways
from notifications.esp import REPEATABLE
from notifications.models import OutgoingEmail

PATIENCE = 3.0


class Answer(Enum):
    """What the evidence says."""

    FOUND = auto()
    ABSENT = auto()
    DONT_KNOW = auto()
    REPEATABLE = auto()  # nobody knows, but the same service does not send the same request twice


class Evidence(Protocol):
    """Anything that can look a Message-ID up: a mailbox, the events of a mail service."""

    def look_up(self, message_id: str) -> Answer:
        """Whether that letter was taken. Never raises; ABSENT only when it is sure."""


class NoEvidence:
    """A plain SMTP server tells nothing afterwards."""

    def look_up(self, message_id: str) -> Answer:
        """Nobody knows."""
        return Answer.DONT_KNOW


class MailboxEvidence:
    """Asks the mailbox of demonstrations and tests, at OUTBOX_EVIDENCE_URL."""

    def look_up(self, message_id: str) -> Answer:
        """The mailbox keeps a letter before it says "received", so that what it lacks was never taken."""
        address = (
            f"{settings.OUTBOX_EVIDENCE_URL}/messages.json?{urlencode({'message_id': message_id})}"
        )
        try:
            with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310
                found = json.load(answer)
        except (URLError, OSError, ValueError):
            return Answer.DONT_KNOW
        return Answer.FOUND if found else Answer.ABSENT


class EventEvidence:
    """The events of a mail service: it told of the letter, so it has it. Silence proves nothing."""

    def look_up(self, message_id: str) -> Answer:
        """Found by any event of the letter's last sending; else what the service's own memory allows."""
        letter = OutgoingEmail.objects.filter(message_id=message_id).first()
        if letter is None:
            return Answer.DONT_KNOW
        if letter.events.filter(sending=letter.resent).exists():
            return Answer.FOUND
        _, memory = REPEATABLE.get(letter.transport, ("", timedelta(0)))
        tried_at = letter.tried_at or letter.queued_at
        return Answer.REPEATABLE if timezone.now() - tried_at < memory else Answer.DONT_KNOW


def configured() -> Evidence:
    """The one that the settings name."""
    evidence: Evidence = import_string(settings.OUTBOX_EVIDENCE)()
    return evidence


def about(letter: OutgoingEmail) -> Evidence:
    """Who is to be asked about this letter: the settings' one knows the first transport alone."""
    other = ways.second()
    return EventEvidence() if other and letter.transport == other.name else configured()
