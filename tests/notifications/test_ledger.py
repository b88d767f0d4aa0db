"""What a person may do about a stuck letter, and who may."""

from typing import Any

import pytest

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused, available
from notifications import ledger
from notifications.models import OutgoingEmail
from tests.notifications.conftest import Queue


def stuck(email: OutgoingEmail, status: str) -> OutgoingEmail:
    """The letter in one of the statuses that need a person."""
    tried = {"tried_at": email.queued_at, "attempts": 6, "error": "No."}
    OutgoingEmail.objects.filter(pk=email.pk).update(status=status, **tried)
    email.refresh_from_db()
    return email


@pytest.mark.parametrize("status", ["unknown", "bounced", "dead"])
def test_a_coordinator_sends_a_stuck_letter_again(queued: Queue, claire: User, status: str) -> None:
    email = stuck(queued(), status)
    ledger.resend(email, by=claire, why="She has a new address.")
    assert list(OutgoingEmail.objects.due()) == [email]
    email.refresh_from_db()
    assert (email.status, email.attempts, email.error) == ("pending", 0, "")
    (entry,) = AuditEntry.objects.about(email)
    assert (entry.actor, entry.old, entry.new, entry.why) == (
        claire,
        status,
        "pending",
        "She has a new address.",
    )


def test_a_coordinator_settles_a_doubt(queued: Queue, claire: User) -> None:
    email = ledger.settle_as_sent(stuck(queued(), "unknown"), by=claire, why="She has it.")
    email.refresh_from_db()
    assert email.status == "sent"
    assert email.text
    assert email.sent_at


def test_a_settled_secret_is_erased(queued: Queue, adam: User) -> None:
    email = stuck(queued(), "unknown")
    OutgoingEmail.objects.update(secret=True)
    email.refresh_from_db()
    ledger.settle_as_sent(email, by=adam, why="Arrived.")
    assert OutgoingEmail.objects.get().text == ""


@pytest.mark.parametrize("status", ["pending", "sent"])
def test_a_letter_on_its_way_is_left_alone(queued: Queue, claire: User, status: str) -> None:
    email = queued()
    if status == "sent":
        OutgoingEmail.objects.update(status="sent", sent_at=email.queued_at)
    for verb in (ledger.resend, ledger.settle_as_sent):
        with pytest.raises(Refused):
            verb(email, by=claire, why="Impatience.")


def test_an_erased_secret_cannot_be_sent_again(queued: Queue, claire: User) -> None:
    email = stuck(queued(), "dead")
    OutgoingEmail.objects.update(text="", secret=True)
    with pytest.raises(Refused) as refused:
        ledger.resend(email, by=claire, why="Again.")
    assert refused.value.reasons


def test_nobody_else_may(queued: Queue, amina: User, david: User, dominique: User) -> None:
    email = stuck(queued(), "unknown")
    for person in (amina, david, dominique, None):
        assert available(email, ledger.MOVES, by=person) == []
        for verb in (ledger.resend, ledger.settle_as_sent):
            with pytest.raises(Refused) as refused:
                verb(email, by=person, why="Why not.")
            assert refused.value.forbidden
    assert not AuditEntry.objects.exists()


def test_the_buttons_follow_the_status(queued: Queue, claire: User) -> None:
    email: Any = queued()
    assert available(email, ledger.MOVES, by=claire) == []
    assert available(stuck(email, "dead"), ledger.MOVES, by=claire) == [ledger.RESEND]
    assert available(stuck(email, "unknown"), ledger.MOVES, by=claire) == list(ledger.MOVES)
