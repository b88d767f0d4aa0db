"""What services tell later: kept once, in any order, and a letter only ever goes forward."""

import itertools
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from notifications import delivery, esp, ledger
from notifications.event import LetterEvent
from notifications.events import note, step
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.settling import settle
from tests.esp import Service
from tests.mail import TestMailbox
from tests.notifications.conftest import Queue, later


def told(email: OutgoingEmail, kind: str = "delivered", **more: Any) -> AnymailTrackingEvent:
    """An event of this letter, as django-anymail reads it."""
    said: dict[str, Any] = {
        "event_type": kind,
        "event_id": str(uuid.uuid4()),
        "metadata": {"letter": esp.mark_of(email)},
        "timestamp": timezone.now(),
        "recipient": email.address,
    }
    return AnymailTrackingEvent(**{**said, **more})


def at(email: OutgoingEmail, status: str, **changes: Any) -> OutgoingEmail:
    """The letter in this status after one try."""
    values: dict[str, Any] = {"status": status, "attempts": 1, "tried_at": Now()}
    if status == "sent":
        values["sent_at"] = Now()
    if status == "sending":
        values |= {"lease_token": uuid.uuid4(), "lease_until": Now() + timedelta(minutes=1)}
    if status in {"dead", "bounced"}:
        values["error"] = "No."
    OutgoingEmail.objects.filter(pk=email.pk).update(**{**values, **changes})
    email.refresh_from_db()
    return email


def now(email: OutgoingEmail) -> tuple[str, str]:
    """Its status and its outcome."""
    email.refresh_from_db()
    return email.status, email.outcome


# From which status and outcome, by which event, to which.
TABLE = [
    ("sent", "", "accepted", ("sent", "")),
    ("sent", "", "deferred", ("sent", "")),
    ("sent", "", "delivered", ("sent", "delivered")),
    ("sent", "", "complained", ("sent", "complained")),
    ("sent", "", "bounced", ("bounced", "bounced")),
    ("sent", "delivered", "delivered", ("sent", "delivered")),
    ("sent", "delivered", "complained", ("sent", "complained")),
    ("sent", "delivered", "bounced", ("bounced", "bounced")),
    ("sent", "complained", "delivered", ("sent", "complained")),
    ("sent", "complained", "bounced", ("bounced", "bounced")),
    ("bounced", "bounced", "delivered", ("bounced", "bounced")),
    ("bounced", "bounced", "complained", ("bounced", "bounced")),
    ("bounced", "", "delivered", ("bounced", "")),
    ("unknown", "", "accepted", ("sent", "")),
    ("unknown", "", "deferred", ("sent", "")),
    ("unknown", "", "delivered", ("sent", "delivered")),
    ("unknown", "", "bounced", ("bounced", "bounced")),
    ("pending", "", "delivered", ("sent", "delivered")),
    ("dead", "", "delivered", ("sent", "delivered")),
    ("sending", "", "accepted", ("sending", "")),
    ("sending", "", "bounced", ("sending", "bounced")),
]


@pytest.mark.parametrize(("status", "outcome", "kind", "after"), TABLE)
def test_the_table(
    queued: Queue, status: str, outcome: str, kind: str, after: tuple[str, str]
) -> None:
    name = {"accepted": "queued"}.get(kind, kind)
    email = at(queued(), status, outcome=outcome)
    note(told(email, name), service="resend")
    assert now(email) == after == step(status, outcome, kind)
    assert email.events.count() == 1


def test_nothing_was_ever_sent_of_a_letter_that_was_not_tried() -> None:
    assert step("pending", "", "delivered", tried=False) == ("pending", "")


@pytest.mark.parametrize("start", ["unknown", "sent"])
def test_whatever_the_order_the_end_is_the_same(start: str) -> None:
    kinds = ["accepted", "deferred", "delivered", "complained", "bounced"]
    for some in range(1, 6):
        for chosen in itertools.combinations(kinds, some):
            ends = set()
            for order in itertools.permutations(chosen):
                state = (start, "")
                for kind in (*order, order[0]):  # and the first once more, late
                    state = step(*state, kind)
                ends.add(state)
            assert len(ends) == 1, chosen
            came_back = "bounced" in chosen
            assert ends.pop()[0] == ("bounced" if came_back else "sent")


def test_the_same_event_twice_is_one(queued: Queue) -> None:
    email = at(queued(), "sent")
    event = told(email)
    assert note(event, service="resend")
    assert note(event, service="resend") is None
    nameless = told(email, event_id=None)
    assert note(nameless, service="resend")
    assert note(nameless, service="resend") is None
    assert LetterEvent.objects.count() == 2
    assert "delivered" in str(LetterEvent.objects.first())


def test_its_own_words_do_not_make_a_known_event_another(queued: Queue) -> None:
    """Mailgun signs the event's number alone: whoever saw one must not turn "delivered" into "came back"."""
    email = at(queued(), "sent")
    note(told(email, event_id="t"), service="mailgun")
    note(told(email, "bounced", event_id="t"), service="mailgun")
    assert now(email) == ("sent", "delivered")


@pytest.mark.parametrize("kind", ["opened", "clicked", "unsubscribed", "autoresponded", "unknown"])
def test_nobody_follows_readers(queued: Queue, kind: str) -> None:
    note(told(at(queued(), "sent"), kind), service="resend")
    assert not LetterEvent.objects.exists()


@pytest.mark.parametrize(
    ("metadata", "number"),
    [
        ({}, None),
        ({}, ""),
        ({}, "unknown"),
        ([], 7),
        ({"letter": f"{uuid.uuid4()}.0"}, None),
        ({"letter": ["x"]}, None),
    ],
)
def test_letters_of_others_are_none_of_ours(queued: Queue, metadata: Any, number: Any) -> None:
    at(queued(), "sent")
    event = told(OutgoingEmail.objects.get(), metadata=metadata, message_id=number)
    assert note(event, service="resend") is None
    assert not LetterEvent.objects.exists()


def test_a_letter_is_found_by_either_number(queued: Queue) -> None:
    first = at(queued("a@example.com"), "sent", esp_message_id="n-1")
    second = at(queued("b@example.com"), "sent")
    note(told(first, metadata={}, message_id="n-1"), service="postal")
    note(told(second, metadata={}, message_id=second.message_id), service="mailgun")
    assert now(first) == now(second) == ("sent", "delivered")


def test_what_is_said_of_the_sending_before_moves_nothing(queued: Queue, claire: User) -> None:
    email = at(queued(), "sent")
    before = told(email, "complained")
    note(told(email, "bounced", mta_response="550 \x00No\nsuch"), service="resend")
    email.refresh_from_db()
    assert email.error == "resend:  550 No such"
    assert email.sent_at
    ledger.resend(email, by=claire, why="A new address.")
    note(before, service="resend")
    assert now(email) == ("pending", "")
    assert LetterEvent.objects.count() == 2


def test_a_bounce_that_is_quicker_than_we_are(
    queued: Queue, mailbox: TestMailbox, monkeypatch: Any
) -> None:
    """The service may tell before the worker has written "sent", between two letters or after the last."""
    posted = delivery.Round._try

    def and_tell(self: Any, letter: OutgoingEmail, end: float) -> Any:
        answer = posted(self, letter, end)
        note(told(letter, "bounced", description="Full"), service="resend")
        return answer

    monkeypatch.setattr(delivery.Round, "_try", and_tell)
    queued("p1@example.com")
    queued("p2@example.com")
    delivery.deliver()
    rows = OutgoingEmail.objects.values_list("status", "outcome", "error")
    assert set(rows) == {("bounced", "bounced", "resend:  Full")}


def test_an_event_is_evidence(queued: Queue, resend: Service) -> None:
    email = at(queued(), "sending", transport="resend")
    note(told(email, "bounced", reject_reason="invalid"), service="resend")
    OutgoingEmail.objects.update(lease_until=Now() - timedelta(seconds=1))
    settle()
    assert now(email) == ("bounced", "bounced")
    assert email.error == "resend: invalid"


def test_a_letter_that_arrived_is_not_sent_again(queued: Queue, mailbox: TestMailbox) -> None:
    email = at(queued(letter=Letter("probe", secret=True)), "pending")
    note(told(email), service="resend")
    later()
    delivery.deliver()
    assert now(email) == ("sent", "delivered")
    assert email.text == ""
    assert not mailbox.store.find()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (datetime(2026, 1, 5, 12), datetime(2026, 1, 5, 17, tzinfo=UTC)),
        (datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2026, 1, 5, 12, tzinfo=UTC)),
        (datetime(2999, 1, 1, tzinfo=UTC), None),
        (None, None),
    ],
)
def test_the_future_is_now(queued: Queue, said: Any, kept: datetime | None) -> None:
    row = note(told(at(queued(), "sent"), timestamp=said), service="resend")
    assert row
    assert row.at == kept if kept else abs(row.at - timezone.now()) < timedelta(minutes=1)
