"""A letter whose worker vanished is settled by evidence, by its own rule, or by a person: never by hope."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from notifications import settling
from notifications.delivery import deliver
from notifications.evidence import Answer, MailboxEvidence, NoEvidence, configured
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.settling import judge, settle
from tests.mail import TestMailbox
from tests.notifications.conftest import Queue

QUARTER = timedelta(minutes=15)


def vanished(email: OutgoingEmail, *, ago: timedelta = QUARTER, **changes: Any) -> OutgoingEmail:
    """The letter as a killed worker leaves it, its lease over."""
    OutgoingEmail.objects.filter(pk=email.pk).update(
        status="sending",
        attempts=1,
        tried_at=Now() - ago,
        lease_token=uuid.uuid4(),
        lease_until=Now() - timedelta(seconds=1),
    )
    OutgoingEmail.objects.filter(pk=email.pk).update(**changes)
    email.refresh_from_db()
    return email


class Says:
    """Evidence that always says the same."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def look_up(self, message_id: str) -> Answer:
        """What it always says."""
        return self.answer


def test_an_abandoned_letter_is_in_doubt_and_never_waiting(queued: Queue) -> None:
    email = vanished(queued())
    settle()
    email.refresh_from_db()
    assert (email.status, email.lease_token, email.lease_until) == ("unknown", None, None)
    deliver()
    email.refresh_from_db()
    assert email.status == "unknown"


def test_a_letter_still_held_is_left_alone(queued: Queue) -> None:
    email = vanished(queued(), lease_until=Now() + timedelta(minutes=1))
    settle()
    email.refresh_from_db()
    assert email.status == "sending"


def test_found_means_sent_when_it_was_tried(queued: Queue, mailbox: TestMailbox) -> None:
    email = vanished(queued(letter=Letter("probe", secret=True)))
    mailbox.store.add("x", ["y"], f"Message-ID: {email.message_id}\r\n\r\nHello".encode())
    settle()
    email.refresh_from_db()
    assert (email.status, email.sent_at, email.text) == ("sent", email.tried_at, "")


def test_absent_means_it_may_leave(queued: Queue, mailbox: TestMailbox) -> None:
    email = vanished(queued())
    settle()
    email.refresh_from_db()
    assert (email.status, email.attempts) == ("pending", 1)
    deliver()
    assert mailbox.counted() == {email.message_id: 1}


def test_without_evidence_it_stays_for_a_person(queued: Queue) -> None:
    email = vanished(queued(), ago=timedelta(days=3))
    settle()
    email.refresh_from_db()
    assert email.status == "unknown"
    assert list(OutgoingEmail.objects.needing_a_person()) == [email]
    assert not OutgoingEmail.objects.to_settle().exists()  # it is asked about ever less often


@pytest.mark.parametrize(
    ("ago", "expected"), [(timedelta(minutes=14), "unknown"), (timedelta(minutes=16), "pending")]
)
def test_without_evidence_an_acknowledgement_waits_its_quarter(
    queued: Queue, ago: timedelta, expected: str
) -> None:
    email = vanished(queued(letter=Letter("probe", resend_after=QUARTER)), ago=ago)
    settle()
    email.refresh_from_db()
    assert email.status == expected
    assert not OutgoingEmail.objects.needing_a_person().exists()


def test_it_is_looked_at_again_when_its_quarter_is_over(queued: Queue) -> None:
    letter = Letter("probe", resend_after=QUARTER)
    email = vanished(queued(letter=letter), ago=timedelta(minutes=14))
    settle()
    email.refresh_from_db()
    assert email.tried_at
    assert email.next_attempt_at == email.tried_at + QUARTER


def test_it_is_looked_at_ever_less_often(queued: Queue) -> None:
    for age, pause in ((1, 30), (600, 600), (90_000, 3600)):
        email = vanished(queued(key=str(age)), ago=timedelta(seconds=age))
        settle()
        email.refresh_from_db()
        assert email.tried_at
        waits = email.next_attempt_at - email.tried_at - timedelta(seconds=age)
        assert timedelta(seconds=pause) <= waits < timedelta(seconds=pause + 20)


@pytest.mark.parametrize(("secret", "text"), [(False, True), (True, False)])
def test_a_letter_that_ends_its_workers_stops(queued: Queue, *, secret: bool, text: bool) -> None:
    email = vanished(queued(letter=Letter("probe", secret=secret)), attempts=6)
    settle()
    email.refresh_from_db()
    judge(email, Says(Answer.ABSENT))
    email.refresh_from_db()
    assert (email.status, bool(email.text)) == ("dead", text)
    assert email.error


@pytest.mark.parametrize("answer", list(Answer))
def test_a_doubt_that_another_worker_settled_is_left_alone(queued: Queue, answer: Answer) -> None:
    email = vanished(queued())
    settle()
    email.refresh_from_db()
    OutgoingEmail.objects.filter(pk=email.pk).update(attempts=2)
    judge(email, Says(answer))
    email.refresh_from_db()
    assert (email.status, email.attempts) == ("unknown", 2)


def test_the_time_of_one_run_is_bounded(queued: Queue, monkeypatch: Any) -> None:
    email = vanished(queued(letter=Letter("probe", resend_after=QUARTER)), ago=timedelta(hours=1))
    monkeypatch.setattr(settling, "RUN_SECONDS", -1.0)
    settle()
    email.refresh_from_db()
    assert email.status == "unknown"


def test_a_mailbox_that_is_away_knows_nothing(settings: Any) -> None:
    settings.OUTBOX_EVIDENCE_URL = "http://127.0.0.1:9"
    assert MailboxEvidence().look_up("<x@y>") is Answer.DONT_KNOW


def test_the_settings_name_the_evidence(settings: Any) -> None:
    assert isinstance(configured(), NoEvidence)
    settings.OUTBOX_EVIDENCE = "notifications.evidence.MailboxEvidence"
    assert isinstance(configured(), MailboxEvidence)
