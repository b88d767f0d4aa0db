"""Letters leave once, in their order, whatever the mail server's temper."""

import time
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.db.models.functions import Now

from notifications import delivery, tasks
from notifications.delivery import claim, deliver, patiently
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.transport import Conversation, LineBackend, TlsLine
from tests.mail import TestMailbox
from tests.notifications.conftest import Queue, statuses


def test_a_letter_leaves_once_as_it_was_written(queued: Queue, mailbox: TestMailbox) -> None:
    email = queued(context={"name": "Amélie"})
    tasks.deliver()
    tasks.deliver()
    email.refresh_from_db()
    assert email.status == "sent"
    assert email.sent_at is not None
    assert (email.attempts, email.lease_token, email.lease_until, email.error) == (
        1,
        None,
        None,
        "",
    )
    (letter,) = mailbox.store.find()
    assert letter.message_id == email.message_id
    assert letter.to == ["amina@example.com"]
    assert letter.message["Subject"] == "Bonjour Amélie"
    assert letter.message["Auto-Submitted"] == "auto-generated"
    assert letter.message["Content-Language"] == "fr"
    assert letter.part("plain").replace("\r\n", "\n").strip() == email.text.strip()


def test_the_urgent_first_then_the_oldest(queued: Queue, mailbox: TestMailbox) -> None:
    queued("third@example.com", letter=Letter("probe", priority=9))
    queued("second@example.com")
    queued("first@example.com", letter=Letter("probe", priority=0))
    deliver()
    arrived = [letter.to[0] for letter in reversed(mailbox.store.find())]
    assert arrived == ["first@example.com", "second@example.com", "third@example.com"]


def test_all_batches_share_one_connection(
    queued: Queue, mailbox: TestMailbox, settings: Any
) -> None:
    settings.OUTBOX_BATCH = 2
    for number in range(5):
        queued(f"p{number}@example.com")
    deliver()
    assert set(statuses().values()) == {"sent"}
    assert mailbox.difficult.connections == 1


@pytest.mark.parametrize(("letters", "calls"), [(1, 0), (2, 1), (7, 1)])
def test_a_worker_with_more_than_a_batch_calls_one_other(
    queued: Queue, mailbox: TestMailbox, settings: Any, monkeypatch: Any, letters: int, calls: int
) -> None:
    settings.OUTBOX_BATCH = 2
    for number in range(letters):
        queued(f"p{number}@example.com")
    called: list[bool] = []
    monkeypatch.setattr(delivery, "nudge", lambda: called.append(True))
    deliver()
    assert len(called) == calls
    assert len(mailbox.store) == letters


def test_a_secret_is_erased_once_it_left(queued: Queue, mailbox: TestMailbox) -> None:
    for number in range(2):  # one is written as sent by the next one, one at the end
        queued(f"p{number}@example.com", letter=Letter("probe", secret=True))
    queued("plain@example.com")
    deliver()
    assert len(mailbox.store) == 3
    texts = OutgoingEmail.objects.order_by("pk").values_list("text", flat=True)
    assert [bool(text) for text in texts] == [False, False, True]


def test_a_refused_secret_is_erased_too(queued: Queue, mailbox: TestMailbox) -> None:
    queued("never@example.com", letter=Letter("probe", secret=True))
    deliver()
    assert OutgoingEmail.objects.get().text == ""


def test_a_claim_is_nobody_else_s_and_ends_with_its_lease(queued: Queue) -> None:
    queued()
    first = claim(10)
    assert first is not None
    assert claim(10) is None
    OutgoingEmail.objects.update(lease_until=Now() - timedelta(seconds=1))
    second = claim(10)
    assert second is not None
    assert second[0] != first[0]


def test_a_claim_is_shorter_than_the_lease_of_a_letter_that_goes_out(
    queued: Queue, settings: Any
) -> None:
    settings.OUTBOX_DEADLINE, settings.OUTBOX_LEASE = 10, 1000
    queued()
    claimed = claim(10)
    assert claimed is not None
    claimed_at = Now() + timedelta(seconds=11)
    assert OutgoingEmail.objects.filter(lease_until__lt=claimed_at).exists()
    delivery.Round(Conversation(), *claimed)._going_out(claimed[1][0])
    assert not OutgoingEmail.objects.filter(lease_until__lt=Now() + timedelta(seconds=900)).exists()


def test_a_worker_whose_lease_ended_sends_nothing(queued: Queue, mailbox: TestMailbox) -> None:
    email = queued()
    stale = claim(10)
    assert stale is not None
    OutgoingEmail.objects.update(lease_until=Now() - timedelta(seconds=1))
    with Conversation() as line:
        delivery.Round(line, *stale).run()
    assert len(mailbox.store) == 0
    deliver()
    assert mailbox.counted() == {email.message_id: 1}


def test_a_letter_that_another_worker_claimed_since_is_left_to_it(
    queued: Queue, mailbox: TestMailbox
) -> None:
    queued()
    slow = claim(10)
    OutgoingEmail.objects.update(lease_until=Now() - timedelta(seconds=1))
    quick = claim(10)
    assert slow is not None
    assert quick is not None
    with Conversation() as line:
        delivery.Round(line, *slow).run()
        assert len(mailbox.store) == 0
        assert OutgoingEmail.objects.get().lease_token == quick[0]
        delivery.Round(line, *quick).run()
    assert len(mailbox.store) == 1
    assert statuses() == {"amina@example.com": "sent"}


def test_a_worker_that_is_stopped_on_the_wire_leaves_a_doubt(
    queued: Queue, mailbox: TestMailbox, monkeypatch: Any
) -> None:
    queued("p1@example.com")
    queued("p2@example.com")
    queued("p3@example.com")
    hand_over = LineBackend.hand_over

    def stopped(self: LineBackend, letter: OutgoingEmail) -> None:
        hand_over(self, letter)
        if letter.address == "p2@example.com":
            raise SystemExit

    monkeypatch.setattr(LineBackend, "hand_over", stopped)
    with pytest.raises(SystemExit):
        deliver()
    assert statuses() == {
        "p1@example.com": "sent",
        "p2@example.com": "sending",
        "p3@example.com": "pending",
    }
    assert OutgoingEmail.objects.filter(lease_token=None).count() == 2


def test_a_backend_without_smtp_works_too(queued: Queue) -> None:
    queued()
    deliver()
    assert statuses() == {"amina@example.com": "sent"}
    (message,) = mail.outbox
    assert message.extra_headers["Message-ID"] == OutgoingEmail.objects.get().message_id


def test_the_time_of_one_run_is_bounded(queued: Queue, mailbox: TestMailbox) -> None:
    queued()
    deliver(seconds=0)
    assert statuses() == {"amina@example.com": "pending"}


def test_encryption_from_the_first_byte_knows_its_left_letters_too(settings: Any) -> None:
    settings.EMAIL_USE_SSL = True
    assert LineBackend().connection_class is TlsLine


def test_what_is_known_is_written_as_soon_as_the_database_is_back(db: None) -> None:
    tries: list[float] = []

    def write() -> None:
        tries.append(time.monotonic())
        if len(tries) < 3:
            raise OperationalError

    connection.ensure_connection()
    closed = connection.close
    connection.close = lambda: None  # type: ignore[method-assign]
    try:
        patiently(write)
        assert len(tries) == 3
        with pytest.raises(OperationalError):
            patiently(_always_down, seconds=0)
    finally:
        connection.close = closed  # type: ignore[method-assign]


def _always_down() -> None:
    raise OperationalError


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work_and_send_nothing_twice(
    queued: Queue, mailbox: TestMailbox, settings: Any
) -> None:
    settings.OUTBOX_BATCH = 5
    for number in range(60):
        queued(f"p{number}@example.com")

    def work() -> None:
        try:
            deliver()
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(statuses().values()) == {"sent"}
    assert len(mailbox.counted()) == 60
    assert set(mailbox.counted().values()) == {1}
