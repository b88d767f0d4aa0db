"""Letters by the API of a mail service: its answers, its silence, and what it gives back with its events."""

import importlib
import pkgutil
from datetime import timedelta
from typing import Any

import anymail.backends
import pytest
from anymail.exceptions import AnymailAPIError
from anymail.message import AnymailRecipientStatus, AnymailStatus
from django.core.mail import EmailMessage, get_connection
from django.db.models.functions import Now

from notifications import esp, ledger, ways
from notifications.delivery import deliver
from notifications.evidence import Answer, EventEvidence
from notifications.models import OutgoingEmail
from notifications.settling import settle
from notifications.transport import as_message
from notifications.verdicts import Verdict, verdict
from tests.esp import Service
from tests.notifications.conftest import Queue, later, statuses

SERVICES = sorted(
    module.name
    for module in pkgutil.iter_modules(anymail.backends.__path__)
    if module.name not in {"base", "base_requests", "console", "test", "sendinblue"}
)


def test_the_service_s_number_and_its_name_are_kept(queued: Queue, resend: Service) -> None:
    queued("p1@example.com")
    queued("p2@example.com")
    deliver()
    kept = dict(OutgoingEmail.objects.values_list("address", "esp_message_id"))
    assert kept == {letter["to"][0]: letter["number"] for letter in resend.taken}
    assert set(OutgoingEmail.objects.values_list("transport", flat=True)) == {"resend"}


@pytest.mark.parametrize(
    ("address", "status", "taken"),
    [
        ("never@example.com", "dead", 0),
        ("busy@example.com", "pending", 0),
        ("locked@example.com", "pending", 0),
        ("mute@example.com", "unknown", 1),
        ("sick@example.com", "unknown", 1),
        ("garbled@example.com", "unknown", 1),
    ],
)
def test_what_its_answers_mean(
    queued: Queue, resend: Service, address: str, status: str, taken: int
) -> None:
    queued(address)
    deliver()
    assert statuses() == {address: status}
    assert len(resend.taken) == taken


def test_a_refused_reader_is_a_refused_address(
    queued: Queue, resend: Service, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "t", "POSTMARK_API_URL": resend.url}
    queued("never@example.com")
    email = queued("good@example.com")
    deliver()
    assert statuses() == {"never@example.com": "bounced", "good@example.com": "sent"}
    (taken,) = resend.taken
    assert taken["Metadata"] == {"letter": esp.mark_of(email)}
    assert taken["key"] == ""  # a header that Postmark does not know is not sent


def test_a_service_in_doubt_gets_no_other_letter_for_a_while(
    queued: Queue, resend: Service
) -> None:
    for number in range(5):
        queued(f"sick{number}@example.com")
    deliver()
    deliver()
    assert sorted(statuses().values()) == ["pending"] * 4 + ["unknown"]


@pytest.mark.parametrize("address", ["mute@example.com", "sick@example.com"])
def test_a_lost_answer_is_asked_again_as_the_same_request(
    queued: Queue, resend: Service, address: str
) -> None:
    queued(address)
    deliver()
    later()
    settle()
    ways.outage.reset()
    deliver()
    email = OutgoingEmail.objects.get()
    assert (email.status, email.attempts) == ("sent", 2)
    assert len(resend.taken) == 1
    assert resend.asked == 2
    assert email.esp_message_id == resend.taken[0]["number"]


def test_a_person_s_resending_is_another_request(
    queued: Queue, resend: Service, claire: Any
) -> None:
    email = queued()
    deliver()
    OutgoingEmail.objects.update(status="bounced", error="550", outcome="bounced")
    email.refresh_from_db()
    ledger.resend(email, by=claire, why="She asked.")
    email.refresh_from_db()
    assert (email.outcome, email.transport, email.sent_at, email.resent) == ("", "", None, 1)
    deliver()
    assert len({letter["key"] for letter in resend.taken}) == len(resend.taken) == 2


def test_what_is_too_old_is_not_repeated(queued: Queue, resend: Service) -> None:
    email = queued()
    assert EventEvidence().look_up(email.message_id) is Answer.DONT_KNOW  # no transport has it
    OutgoingEmail.objects.update(transport="resend", tried_at=Now() - timedelta(hours=22))
    assert EventEvidence().look_up(email.message_id) is Answer.REPEATABLE
    OutgoingEmail.objects.update(tried_at=Now() - timedelta(hours=24))
    assert EventEvidence().look_up(email.message_id) is Answer.DONT_KNOW
    assert EventEvidence().look_up("<nobody@example.com>") is Answer.DONT_KNOW


def test_a_service_that_cannot_be_reached_uses_up_nothing(
    queued: Queue, settings: Any, resend: Service
) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "RESEND_API_URL": "http://127.0.0.1:9/"}
    email = queued()
    for _ in range(8):
        ways.outage.reset()
        deliver()
    email.refresh_from_db()
    assert (email.status, email.attempts, email.transport) == ("pending", 0, "")
    assert ways.outage.is_open


@pytest.mark.parametrize(
    ("status", "number", "kept"),
    [("sent", "7", "7"), ("sent", None, ""), ("queued", "x" * 300, "x" * 255)],
)
def test_the_number_is_kept_where_there_is_one(status: str, number: Any, kept: str) -> None:
    message: Any = EmailMessage()
    assert esp.number_of(message) == ""
    message.anymail_status = AnymailStatus()
    told = {"a@example.com": AnymailRecipientStatus(number, status)}
    message.anymail_status.set_recipient_status(told)
    assert esp.number_of(message) == kept


def test_a_polite_failure_is_a_failure() -> None:
    message: Any = EmailMessage()
    message.anymail_status = AnymailStatus()
    message.anymail_status.set_recipient_status(
        {"a@example.com": AnymailRecipientStatus(None, "failed")}
    )
    with pytest.raises(esp.Failed) as failed:
        esp.number_of(message)
    assert verdict(failed.value, left=True) is Verdict.DEAD


def test_only_a_failed_connection_is_no_beginning() -> None:
    assert not esp.never_began(AnymailAPIError("Refused."))
    assert not esp.never_began(AnymailAPIError(ValueError("inside")))


OTHER = "4f0b7a52-2f5e-4b8e-9c4e-1d2c3b4a5f60"


@pytest.mark.parametrize("mark", [None, 3, "", "x", OTHER, f"{OTHER}.x", "..1"])
def test_a_mark_of_others_says_nothing(mark: object) -> None:
    assert esp.read_mark(mark) is None


@pytest.mark.filterwarnings("ignore::anymail.exceptions.AnymailNotSupportedWarning")
@pytest.mark.parametrize("name", SERVICES)
def test_every_service_takes_our_letters(queued: Queue, settings: Any, name: str) -> None:
    """Each backend of django-anymail builds its request of our letter: none calls a part of it unknown."""
    module = importlib.import_module(f"anymail.backends.{name}")
    esp_name = module.EmailBackend.esp_name.upper().replace(" ", "_")
    keys = ("API_KEY", "SECRET_KEY", "API_TOKEN", "SERVER_TOKEN", "API_URL", "PROJECT_ID", "REGION")
    settings.ANYMAIL = {
        **{f"{esp_name}_{key}": "https://example.org/" for key in keys},
        f"{esp_name}_SENDER_DOMAIN": "example.org",
    }
    backend: Any = get_connection(f"anymail.backends.{name}.EmailBackend")
    email = queued()
    message = as_message(email)
    esp.dress(message, email, backend)
    payload = backend.build_message_payload(message, backend.send_defaults)
    built = str(vars(payload)) + str(getattr(payload, "mime_message", ""))
    assert "amina@example.com" in built
    assert (esp.mark_of(email) in built) is (name not in esp.WITHOUT_METADATA)
