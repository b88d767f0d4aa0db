"""Letters that only tests send, and a mail server that may be difficult."""

import base64
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models.functions import Now
from django.template import engines

from accounts.models import User
from notifications import identity, letters, nudge, ways
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.outbox import queue
from tests.esp import Service, service
from tests.mail import TestMailbox, serving

PROBE = Letter("probe")
TEMPLATES = Path(__file__).parent / "templates"

Queue = Callable[..., OutgoingEmail]


@pytest.fixture(autouse=True)
def letters_of_tests() -> Iterator[None]:
    """Their texts are found beside ours."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    engine.dirs = [*engine.dirs, TEMPLATES]
    letters.halves.cache_clear()
    yield
    engine.dirs = engine.dirs[:-1]
    for loader in engine.template_loaders:
        loader.reset()


@pytest.fixture(autouse=True)
def breakers_closed() -> None:
    """What failed in one test is tried again in the next."""
    for breaker in (ways.outage, ways.second_outage, nudge.breaker, identity.complaint):
        breaker.reset()


@pytest.fixture
def queued(amina: User) -> Queue:
    """Queues one letter about amina: `queued("b@example.com", letter=…, key=…)`."""

    def put(address: str = "amina@example.com", **asked: Any) -> OutgoingEmail:
        with transaction.atomic():
            return queue(
                asked.get("letter", PROBE),
                address=address,
                language=asked.get("language", "fr"),
                about=amina,
                key=asked.get("key", address),
                context=asked.get("context", {"name": "Amina"}),
            )

    return put


@pytest.fixture
def mailbox(settings: Any) -> Iterator[TestMailbox]:
    """A real SMTP server, and the settings that lead to it."""
    with serving() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.smtp_port
        settings.EMAIL_TIMEOUT = 5
        settings.OUTBOX_EVIDENCE = "notifications.evidence.MailboxEvidence"
        settings.OUTBOX_EVIDENCE_URL = f"http://127.0.0.1:{server.http_port}"
        yield server


def statuses() -> dict[str, str]:
    """Each address and how far its letter got."""
    return dict(OutgoingEmail.objects.values_list("address", "status"))


def later() -> None:
    """Time passes: what waits for its next attempt is due."""
    OutgoingEmail.objects.update(next_attempt_at=Now() - timedelta(seconds=1))


SIGNING = "whsec_" + base64.b64encode(b"a secret of this test").decode()


@pytest.fixture
def resend(settings: Any) -> Iterator[Service]:
    """A mail service over HTTP, and the settings that lead to it: Resend, which remembers repeated requests."""
    with service() as server:
        settings.EMAIL_BACKEND = "anymail.backends.resend.EmailBackend"
        settings.ANYMAIL = {
            "RESEND_API_KEY": "key",
            "RESEND_API_URL": server.url,
            "RESEND_SIGNING_SECRET": SIGNING,
            "REQUESTS_TIMEOUT": 5.0,
        }
        settings.OUTBOX_EVIDENCE = "notifications.evidence.EventEvidence"
        yield server
