"""What mail services tell of letters afterwards: kept once, and a letter's state only ever goes forward.

| the letter is | accepted, deferred | delivered | complained | bounced |
|---|---|---|---|---|
| in doubt, waiting after a try, given up | sent | sent, delivered | sent, complained | bounced |
| sent | | delivered | complained | bounced |
| sent, delivered | | | complained | bounced |
| sent, complained | | | | bounced |
| bounced | | | | |
| going out | | the outcome alone: the worker that holds it writes the rest | | |

In whatever order events come, the end is the same.
"""

import hashlib
import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from notifications.esp import read_mark
from notifications.event import LetterEvent
from notifications.models import OutgoingEmail

logger = logging.getLogger(__name__)

Kind = LetterEvent.Kind
Status = OutgoingEmail.Status

# By django-anymail's names. Openings, clicks and subscriptions are not listed: they are not kept.
KINDS = {
    "queued": Kind.ACCEPTED,
    "sent": Kind.ACCEPTED,
    "deferred": Kind.DEFERRED,
    "delivered": Kind.DELIVERED,
    "complained": Kind.COMPLAINED,
    "bounced": Kind.BOUNCED,
    "rejected": Kind.BOUNCED,
    "failed": Kind.BOUNCED,
}
# From the least to the last word.
ORDER = ["", Kind.DELIVERED, Kind.COMPLAINED, Kind.BOUNCED]
# Once tried, the service has a letter in one of these, whatever we knew of it: it speaks of it.
PERHAPS_SENT = {Status.PENDING, Status.UNKNOWN, Status.DEAD}


@transaction.atomic
def note(event: Any, *, service: str) -> LetterEvent | None:
    """Keep what a service said of a letter, and move the letter forward; None for what is known or not ours."""
    kind = KINDS.get(event.event_type)
    letter, sending = _told_of(event) if kind else (None, 0)
    if kind is None or letter is None:
        return None
    row, is_new = LetterEvent.objects.get_or_create(
        identity=_identity(event, service),
        defaults={
            "letter": letter,
            "sending": sending,
            "service": service,
            "kind": kind,
            "reason": str(event.reject_reason or "")[:40],
            "detail": _words(event),
            "at": _moment(event.timestamp),
        },
    )
    if not is_new:
        return None
    logger.info("Letter %s: %s, says %s.", letter.pk, kind, service)
    if sending == letter.resent:
        _go_forward(letter, row)
    return row


def step(status: str, outcome: str, kind: str, *, tried: bool = True) -> tuple[str, str]:
    """The status and the outcome of a letter after one event: the table above."""
    if status == Status.BOUNCED or not tried:
        return status, outcome
    if kind in ORDER and ORDER.index(kind) > ORDER.index(outcome):
        outcome = kind
    if status in PERHAPS_SENT:
        status = Status.SENT
    if status == Status.SENT and outcome == Kind.BOUNCED:
        status = Status.BOUNCED
    return status, outcome


def _told_of(event: Any) -> tuple[OutgoingEmail | None, int]:
    """The letter that an event is about, locked, and which of its sendings."""
    rows = OutgoingEmail.objects.select_for_update(no_key=True)
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    if mark := read_mark(metadata.get("letter")):
        return rows.filter(message_id__startswith=mark[0]).first(), mark[1]
    number = event.message_id
    if not isinstance(number, str) or not number:
        return None, 0
    # Two plain look-ups: each has its index, which one look-up for both would not use.
    letter = (
        rows.filter(esp_message_id=number).exclude(esp_message_id="").first()
        or rows.filter(message_id=number).first()
    )
    return letter, letter.resent if letter else 0


def _go_forward(letter: OutgoingEmail, row: LetterEvent) -> None:
    """Write what the event changes of the letter."""
    status, outcome = step(letter.status, letter.outcome, row.kind, tried=letter.attempts > 0)
    changes: dict[str, Any] = {}
    if outcome != letter.outcome:
        changes["outcome"] = outcome
        if outcome == Kind.BOUNCED:
            changes["error"] = f"{row.service}: {row.reason} {row.detail}".strip()[:500]
    if status != letter.status:
        changes |= {"status": status, "lease_until": None, "lease_token": None}
        changes["sent_at"] = letter.sent_at or letter.tried_at
        if letter.secret:
            changes["text"] = ""
        if status == Status.SENT:
            changes["error"] = ""
    if changes:
        OutgoingEmail.objects.filter(pk=letter.pk).update(**changes)


def _identity(event: Any, service: str) -> str:
    """The same for the same event told twice: the service's own number of it, or else all that it says."""
    all_of_it = [event.event_type, event.recipient, event.message_id, event.timestamp]
    parts = [service, event.event_id] if event.event_id else [service, *all_of_it]
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def _words(event: Any) -> str:
    """What the reader's server said, on a line; nothing that a database would not keep."""
    said = str(event.mta_response or event.description or "")
    return " ".join(said.replace("\x00", " ").split())[:500]


def _moment(said: object) -> datetime:
    """When it happened, by the service's clock; ours when it says nothing, or the future."""
    now = timezone.now()
    if not isinstance(said, datetime):
        return now
    return min(timezone.make_aware(said) if timezone.is_naive(said) else said, now)
