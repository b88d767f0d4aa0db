"""What the mail server refuses, drops or dawdles over: tried again, given up or left in doubt, never sent twice."""

import time
from datetime import timedelta
from typing import Any

import pytest

from notifications import tasks, ways
from notifications.delivery import deliver, pause_after
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.transport import Conversation, LineBackend, Unreachable
from tests.mail import TestMailbox
from tests.notifications.conftest import Queue, later, statuses


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
    assert mailbox.difficult.connections == 1  # a refusal in words leaves the line good


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
        ways.outage.reset()
        deliver()
    email.refresh_from_db()
    assert (email.status, email.attempts, email.lease_token) == ("pending", 0, None)
    assert "cannot be reached" in caplog.text
    assert ways.outage.is_open


def test_while_it_is_away_it_is_not_tried_again_at_once(
    queued: Queue, mailbox: TestMailbox
) -> None:
    queued()
    ways.outage.trip()
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


def test_a_server_that_does_not_let_go_is_left(
    queued: Queue, mailbox: TestMailbox, monkeypatch: Any
) -> None:
    def never(self: LineBackend) -> None:
        raise TimeoutError

    monkeypatch.setattr(LineBackend, "close", never)
    queued()
    deliver()
    assert statuses() == {"amina@example.com": "sent"}
