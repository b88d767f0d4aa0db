"""Two ways out: the second takes letters when the first is away, and never one that the first may have."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from accounts.models import User
from notifications import breaker, evidence, switching, ways
from notifications.breaker import Breaker
from notifications.delivery import deliver
from notifications.evidence import EventEvidence, MailboxEvidence
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.settling import settle
from tests.esp import Service, service
from tests.mail import TestMailbox
from tests.notifications.conftest import Queue, later, statuses


@pytest.fixture
def other(settings: Any) -> Iterator[Service]:
    """A second way out, by the API of a service that remembers nothing."""
    with service() as server:
        settings.EMAIL_SECOND = {"BACKEND": "anymail.backends.postmark.EmailBackend", "OPTIONS": {}}
        settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "t", "POSTMARK_API_URL": server.url}
        settings.OUTBOX_SECOND_AFTER = 0
        yield server


@pytest.fixture
def away(settings: Any) -> None:
    """The first mail server does not answer."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 5


def test_while_the_first_is_away_the_second_takes_letters(
    queued: Queue, away: None, other: Service
) -> None:
    email = queued()
    deliver()
    email.refresh_from_db()
    assert (email.status, email.transport, len(other.taken)) == ("sent", "postmark", 1)


def test_a_short_absence_is_waited_for(
    queued: Queue, away: None, other: Service, settings: Any
) -> None:
    settings.OUTBOX_SECOND_AFTER = 300
    queued()
    for _ in range(3):
        ways.outage.reset()
        deliver()
    assert statuses() == {"amina@example.com": "pending"}
    assert not other.taken


def test_the_first_takes_over_again(
    queued: Queue, away: None, other: Service, settings: Any, mailbox: TestMailbox
) -> None:
    settings.EMAIL_PORT, port = 9, settings.EMAIL_PORT
    queued("p1@example.com")
    deliver()
    assert ways.outage.is_open
    queued("p2@example.com")
    deliver()  # the first is not even tried
    settings.EMAIL_PORT = port
    ways.outage.trip(-1)  # its rest is over
    queued("p3@example.com")
    deliver()
    assert [one["To"] for one in other.taken] == ["p1@example.com", "p2@example.com"]
    assert [letter.to for letter in mailbox.store.find()] == [["p3@example.com"]]
    assert not ways.outage.lasted


def test_the_switch(queued: Queue, other: Service, mailbox: TestMailbox, claire: User) -> None:
    switching.take_second(by=claire, why="The first is slow.")
    queued("p1@example.com")
    deliver()
    switching.take_first(by=claire, why="It is well again.")
    queued("p2@example.com")
    deliver()
    assert len(other.taken) == len(mailbox.store.find()) == 1


def test_what_the_first_may_have_is_never_given_to_the_second(
    queued: Queue, other: Service, mailbox: TestMailbox, claire: User, settings: Any
) -> None:
    """Its patience is over and nobody knows: it waits for the first, however long."""
    settings.OUTBOX_EVIDENCE = "notifications.evidence.NoEvidence"
    email = queued("mute@example.com", letter=Letter("probe", resend_after=timedelta(0)))
    deliver()
    later()
    settle()
    assert statuses() == {"mute@example.com": "pending"}
    switching.take_second(by=claire, why="The first is slow.")
    deliver()
    email.refresh_from_db()
    assert (email.status, email.transport, other.asked) == ("pending", "127.0.0.1", 0)
    mailbox.difficult.refuse_all = "451 Not now"
    switching.take_first(by=claire, why="It is well again.")
    deliver()
    email.refresh_from_db()
    assert (email.status, email.transport) == (
        "pending",
        "127.0.0.1",
    )  # the first try is still in doubt


def test_what_the_first_surely_lacks_is_free(
    queued: Queue, other: Service, mailbox: TestMailbox, claire: User
) -> None:
    queued("busy@example.com")
    deliver()
    absent = queued("b@example.com")
    OutgoingEmail.objects.filter(pk=absent.pk).update(
        status="unknown", attempts=1, tried_at=Now(), transport="127.0.0.1"
    )
    settle()
    switching.take_second(by=claire, why="The first is slow.")
    later()
    deliver()
    assert sorted(one["To"] for one in other.taken) == ["b@example.com"]
    assert OutgoingEmail.objects.get(address="busy@example.com").transport == ""


def test_each_way_has_its_own_evidence(queued: Queue, other: Service, mailbox: TestMailbox) -> None:
    email = queued()
    assert isinstance(evidence.about(email), MailboxEvidence)
    email.transport = "postmark"
    assert isinstance(evidence.about(email), EventEvidence)


def test_both_away(queued: Queue, away: None, other: Service, settings: Any, caplog: Any) -> None:
    settings.EMAIL_SECOND = {
        "BACKEND": ways.SMTP_BACKEND,
        "OPTIONS": {"host": "localhost", "port": 9, "timeout": 5},
    }
    email = queued()
    deliver()
    email.refresh_from_db()
    assert (email.status, email.attempts) == ("pending", 0)
    assert "127.0.0.1" in caplog.text
    assert "localhost" in caplog.text
    assert ways.in_order() == []


def test_a_way_knows_its_service(settings: Any) -> None:
    assert ways.first().service == ""
    settings.EMAIL_BACKEND = "anymail.backends.resend.EmailBackend"
    assert ways.first().service == "resend"
    assert not ways.first().by_smtp


def test_troubles_are_told_apart(monkeypatch: Any) -> None:
    trouble = Breaker(5)
    assert trouble.lasted == 0
    clock = [1000.0]
    monkeypatch.setattr(breaker.time, "monotonic", lambda: clock[0])
    trouble.trip()
    clock[0] += 60
    assert not trouble.is_open
    trouble.trip(30)
    assert (trouble.lasted, trouble.is_open) == (60, True)
    clock[0] += 200
    assert trouble.lasted == 0
    trouble.trip()
    assert trouble.lasted == 0
