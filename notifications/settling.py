"""Finding out what became of letters whose worker vanished while they went out."""

import logging
import time
from datetime import timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Greatest, Least, Now

from notifications import evidence, identity
from notifications.delivery import FREE, MAX_ATTEMPTS, SENT, TEXT_OR_NOTHING
from notifications.evidence import Answer, Evidence
from notifications.models import OutgoingEmail

logger = logging.getLogger(__name__)

Status = OutgoingEmail.Status
RUN_SECONDS = 20.0
BATCH = 500
SOONEST = timedelta(seconds=30)
LATEST = timedelta(hours=1)


def settle() -> None:
    """Put abandoned letters in doubt, then look each doubtful one up."""
    if not identity.is_trusted():
        return
    # Never back to "waiting": the worker may have vanished after the server took the letter.
    if count := OutgoingEmail.objects.abandoned().update(
        status=Status.UNKNOWN, next_attempt_at=Now(), **FREE
    ):
        logger.warning("%s letters were going out when their worker vanished.", count)
    end = time.monotonic() + RUN_SECONDS
    for letter in OutgoingEmail.objects.to_settle()[:BATCH]:
        if time.monotonic() > end:
            break
        judge(letter, evidence.about(letter))


def judge(letter: OutgoingEmail, source: Evidence) -> None:
    """Settle one letter by the evidence, or leave it in doubt a while longer."""
    # Another worker may be ahead of us: only the doubt that we looked at is settled.
    doubt = OutgoingEmail.objects.filter(
        pk=letter.pk, status=Status.UNKNOWN, attempts=letter.attempts, tried_at=letter.tried_at
    )
    match source.look_up(letter.message_id):
        case Answer.FOUND:
            doubt.update(**{**SENT, "sent_at": F("tried_at")})
        case Answer.ABSENT:
            _again(doubt, transport="")
        case Answer.REPEATABLE:
            _again(doubt)
        case _:
            patient = Q(tried_at__lte=Now() - F("resend_after"))
            if not _again(doubt.filter(patient)):
                doubt.update(next_attempt_at=_next_look())


def _again(doubt: QuerySet[OutgoingEmail], **changes: str) -> int:
    """Let it go out once more, unless it had its tries: a letter that ends its workers must stop too.

    By the same transport, which may have it already, unless `changes` free it.
    """
    worn_out = doubt.filter(attempts__gte=MAX_ATTEMPTS)
    gave_up = worn_out.update(
        status=Status.DEAD, error="Each attempt ended without an answer.", text=TEXT_OR_NOTHING
    )
    return gave_up or doubt.update(status=Status.PENDING, next_attempt_at=Now(), **changes)


def _next_look() -> Least:
    """Ever less often, but not later than the letter's own patience ends (LEAST passes over a NULL)."""
    age = ExpressionWrapper(Now() - F("tried_at"), output_field=DurationField())
    patience = ExpressionWrapper(F("tried_at") + F("resend_after"), output_field=DateTimeField())
    return Least(Now() + Greatest(age, SOONEST), Now() + LATEST, patience)
