"""The table itself refuses a letter that cannot be."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from notifications.models import OutgoingEmail, new_message_id
from tests.notifications.conftest import Queue

NOW = timezone.now()
LEASE = {"lease_token": uuid.uuid4(), "lease_until": NOW}


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "lost"}, "outgoing_status_known"),
        ({"language": "de"}, "outgoing_language_known"),
        ({"subject": "A\nB"}, "outgoing_one_line_headers"),
        ({"subject": "A\rB"}, "outgoing_one_line_headers"),
        ({"address": "a@b.ca\nBcc: c@d.ca"}, "outgoing_one_line_headers"),
        ({"subject": ""}, "outgoing_written"),
        ({"text": ""}, "outgoing_written"),
        ({"lease_until": NOW}, "outgoing_lease_whole"),
        ({"lease_token": uuid.uuid4()}, "outgoing_lease_whole"),
        ({"status": "sending", "tried_at": NOW}, "outgoing_sending_held"),
        ({"status": "unknown", "tried_at": NOW, **LEASE}, "outgoing_settled_free"),
        ({"status": "sent", "sent_at": NOW, **LEASE}, "outgoing_settled_free"),
        ({"status": "sent"}, "outgoing_sent_dated"),
        ({"sent_at": NOW}, "outgoing_sent_dated"),
        ({"status": "sending", **LEASE}, "outgoing_doubt_dated"),
        ({"status": "unknown"}, "outgoing_doubt_dated"),
        ({"status": "bounced"}, "outgoing_failure_explained"),
        ({"status": "dead"}, "outgoing_failure_explained"),
        ({"status": "sent", "sent_at": NOW, "secret": True}, "outgoing_secret_erased"),
        ({"status": "dead", "error": "No.", "secret": True}, "outgoing_secret_erased"),
    ],
)
def test_what_cannot_be_is_refused(queued: Queue, changes: dict[str, Any], constraint: str) -> None:
    email = queued()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        OutgoingEmail.objects.filter(pk=email.pk).update(**changes)


@pytest.mark.parametrize("field", ["key", "message_id"])
def test_keys_and_message_ids_are_unique(queued: Queue, field: str) -> None:
    first, second = queued("a@example.com"), queued("b@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingEmail.objects.filter(pk=second.pk).update(**{field: getattr(first, field)})


def test_a_sender_without_a_domain_still_gives_a_message_id(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "admissions"
    assert new_message_id().endswith("@localhost>")


def test_only_what_is_due_and_free_is_due(queued: Queue) -> None:
    due, held, postponed = queued("a@example.com"), queued("b@example.com"), queued("c@example.com")
    soon = timezone.now() + timedelta(hours=1)
    OutgoingEmail.objects.filter(pk=held.pk).update(lease_token=uuid.uuid4(), lease_until=soon)
    OutgoingEmail.objects.filter(pk=postponed.pk).update(next_attempt_at=soon)
    assert list(OutgoingEmail.objects.due()) == [due]
