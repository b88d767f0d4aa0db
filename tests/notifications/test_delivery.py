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
from notifications.delivery import claim, deliver, patiently, pause_after
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.transport import Conversation, LineBackend, TlsLine, Unreachable
from tests.mail import TestMailbox
from tests.notifications.conftest import Queue


def statuses() -> dict[str, str]:
    """Each address and how far its letter got."""
    return dict(OutgoingEmail.objects.values_list("address", "status"))


def later() -> None:
    """Time passes: what waits for its next attempt is due."""
    OutgoingEmail.objects.update(next_attempt_at=Now() - timedelta(seconds=1))


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
    assert len(mailbox.difficult.connections) == 1


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


def test_permanent_refusals_are_tried_once(queued: Queue, mailbox: TestMailbox) -> None:
    for address in ("never@example.com", "spam@example.com", "good@example.com"):
        queued(address)
    deliver()
    later()
    deliver()
    assert statuses() == {
        "never@example.com": "bounced",
        "spam@example.com": "dead",
        "good@example.com": "sent",
    }
    assert "No such person" in OutgoingEmail.objects.get(status="bounced").error
    assert mailbox.difficult.seen["never@example.com"] == 1
    assert len(mailbox.difficult.connections) == 1  # a refusal in words leaves the line good


def test_temporary_refusals_wait_and_leave_later(queued: Queue, mailbox: TestMailbox) -> None:
    queued("busy@example.com")
    queued("good@example.com")
    deliver()
    deliver()
    email = OutgoingEmail.objects.get(address="busy@example.com")
    assert (email.status, email.attempts, email.lease_token) == ("pending", 1, None)
    assert email.error.startswith("SMTPRecipientsRefused")
    assert statuses()["good@example.com"] == "sent"
    later()
    deliver()
    email.refresh_from_db()
    assert (email.status, email.attempts, email.error) == ("sent", 2, "")


def test_six_temporary_refusals_are_enough(queued: Queue, mailbox: TestMailbox) -> None:
    mailbox.difficult.refuse_all = "451 Not now"
    email = queued()
    for _ in range(8):
        deliver()
        later()
    email.refresh_from_db()
    assert (email.status, email.attempts) == ("dead", 6)
    assert "Not now" in email.error


def test_a_refusal_of_our_own_address_is_not_the_letter_s_fault(
    queued: Queue, mailbox: TestMailbox
) -> None:
    mailbox.difficult.refuse_all = "550 Who are you?"
    queued()
    deliver()
    mailbox.difficult.refuse_all = ""
    later()
    deliver()
    assert set(statuses().values()) == {"sent"}


def test_pauses_grow_and_differ() -> None:
    for attempts, minutes in enumerate((1, 4, 16, 64, 256), start=1):
        expected = timedelta(minutes=minutes)
        pauses = {pause_after(attempts) for _ in range(50)}
        assert len(pauses) > 1
        assert all(expected * 0.75 <= pause <= expected * 1.25 for pause in pauses)


def test_a_server_that_drops_the_line_costs_no_attempt(queued: Queue, mailbox: TestMailbox) -> None:
    mailbox.difficult.drop_after = 3
    for number in range(10):
        queued(f"p{number}@example.com")
    queued("closing@example.com")
    deliver()
    assert set(statuses().values()) == {"sent"}
    assert set(OutgoingEmail.objects.values_list("attempts", flat=True)) == {1}
    assert set(mailbox.counted().values()) == {1}


def test_a_letter_that_breaks_the_line_each_time_waits_its_turn(
    queued: Queue, mailbox: TestMailbox
) -> None:
    queued("crash@example.com")
    queued("good@example.com")
    deliver()
    assert statuses() == {"crash@example.com": "pending", "good@example.com": "sent"}


def test_a_lost_answer_leaves_the_letter_in_doubt(queued: Queue, mailbox: TestMailbox) -> None:
    queued("mute@example.com")
    queued("good@example.com")
    deliver()
    later()
    deliver()
    assert statuses() == {"mute@example.com": "unknown", "good@example.com": "sent"}
    assert OutgoingEmail.objects.get(status="unknown").lease_token is None
    assert set(mailbox.counted().values()) == {1}


def test_a_doubt_is_looked_up_only_when_the_server_must_have_finished(
    queued: Queue, mailbox: TestMailbox
) -> None:
    queued("mute@example.com")
    deliver()
    tasks.settle()
    assert statuses() == {"mute@example.com": "unknown"}
    later()
    tasks.settle()
    assert statuses() == {"mute@example.com": "sent"}


def test_a_tarpit_holds_nobody_beyond_the_deadline(
    queued: Queue, mailbox: TestMailbox, settings: Any
) -> None:
    settings.OUTBOX_DEADLINE = 1
    queued("tarpit@example.com")
    queued("good@example.com")
    began = time.monotonic()
    deliver()
    assert time.monotonic() - began < 4
    assert statuses() == {"tarpit@example.com": "pending", "good@example.com": "sent"}


def test_a_mail_server_that_is_away_uses_up_nothing(
    queued: Queue, settings: Any, caplog: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    email = queued()
    for _ in range(20):
        delivery.outage.reset()
        deliver()
    email.refresh_from_db()
    assert (email.status, email.attempts, email.lease_token) == ("pending", 0, None)
    assert "cannot be reached" in caplog.text
    assert delivery.outage.is_open


def test_while_it_is_away_it_is_not_tried_again_at_once(
    queued: Queue, mailbox: TestMailbox
) -> None:
    queued()
    delivery.outage.trip()
    deliver()
    assert statuses() == {"amina@example.com": "pending"}


def test_a_line_that_cannot_be_opened_again_gives_the_attempt_back(
    queued: Queue, mailbox: TestMailbox, monkeypatch: Any
) -> None:
    mailbox.difficult.drop_after = 1
    queued("p1@example.com")
    queued("p2@example.com")
    opened = Conversation.open

    def open_once(self: Conversation, end: float) -> None:
        if not self.is_open and mailbox.difficult.connections:
            raise Unreachable("gone")
        opened(self, end)

    monkeypatch.setattr(Conversation, "open", open_once)
    deliver()
    waiting = OutgoingEmail.objects.get(address="p2@example.com")
    assert (waiting.status, waiting.attempts, waiting.lease_token) == ("pending", 0, None)
    assert statuses()["p1@example.com"] == "sent"


@pytest.mark.parametrize("address", ["nobody", "a b@example.com", "a@x>c.com", "é@example.com"])
def test_poison_that_slipped_in_is_dead_and_blocks_nobody(
    queued: Queue, mailbox: TestMailbox, address: str
) -> None:
    poison = queued(letter=Letter("probe", priority=0))
    OutgoingEmail.objects.filter(pk=poison.pk).update(address=address)
    queued("good@example.com")
    deliver()
    assert statuses() == {address: "dead", "good@example.com": "sent"}
    assert mailbox.difficult.seen == {"good@example.com": 1}


def test_a_domain_in_any_script_is_written_to(queued: Queue, mailbox: TestMailbox) -> None:
    queued("amina@école.example")
    deliver()
    assert [letter.to for letter in mailbox.store.find()] == [["amina@xn--cole-9oa.example"]]


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


def test_a_server_that_does_not_let_go_is_left(
    queued: Queue, mailbox: TestMailbox, monkeypatch: Any
) -> None:
    def never(self: LineBackend) -> None:
        raise TimeoutError

    monkeypatch.setattr(LineBackend, "close", never)
    queued()
    deliver()
    assert statuses() == {"amina@example.com": "sent"}


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
