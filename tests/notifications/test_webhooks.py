"""The addresses for mail services: real signatures, forgeries, repetitions, and nothing open to anybody."""

import base64
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from notifications import esp
from notifications.event import LetterEvent
from notifications.models import OutgoingEmail
from tests.esp import Service
from tests.notifications.conftest import SIGNING, Queue
from tests.notifications.test_events import at, now

SECRET = "user:a-long-password"


def signed(body: bytes, *, number: str = "msg_1", moment: int | None = None) -> dict[str, str]:
    """The headers that Resend sends with this body."""
    moment = int(time.time()) if moment is None else moment
    key = base64.b64decode(SIGNING.removeprefix("whsec_"))
    digest = hmac.new(key, f"{number}.{moment}.".encode() + body, hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(b'another').decode()} v1,{base64.b64encode(digest).decode()}"
    return {"svix-id": number, "svix-timestamp": str(moment), "svix-signature": signature}


def told_by_resend(email: OutgoingEmail, kind: str = "email.delivered") -> bytes:
    """An event as Resend posts it."""
    mark = json.dumps({"letter": esp.mark_of(email)})
    data = {
        "email_id": "n-1",
        "to": [email.address],
        "headers": [{"name": "X-Metadata", "value": mark}],
        "bounce": {"message": "The recipient's server sent a hard bounce message."},
    }
    said = {"type": kind, "created_at": "2026-03-01T12:00:00.000Z", "data": data}
    return json.dumps(said).encode()


def post(service: str, body: bytes, headers: dict[str, str], client: Client | None = None) -> int:
    """Post it as the service does, and the status of our answer."""
    browser = client or Client(enforce_csrf_checks=True)
    answer = browser.post(
        reverse("mail_events", args=[service]), body, "application/json", headers=headers
    )
    assert not answer.cookies
    return answer.status_code


def test_a_signed_event_moves_its_letter(queued: Queue, resend: Service, caplog: Any) -> None:
    caplog.set_level("INFO")
    email = at(queued(), "sent")
    body = told_by_resend(email)
    assert post("resend", body, signed(body)) == 200
    assert now(email) == ("sent", "delivered")
    assert post("resend", body, signed(body)) == 200  # told again, and harmless
    assert LetterEvent.objects.count() == 1
    late = told_by_resend(email, "email.bounced")
    assert post("resend", late, signed(late, number="msg_2")) == 200
    assert now(email) == ("bounced", "bounced")
    assert email.address not in caplog.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"svix-id": "msg_1", "svix-timestamp": "now", "svix-signature": "v1,x"},
        {"svix-signature": "v1,AAAA"},
        {"svix-timestamp": str(int(time.time()) - 3600)},
        {"svix-id": "msg_9"},
    ],
)
def test_a_forgery_writes_nothing(queued: Queue, resend: Service, headers: dict[str, str]) -> None:
    email = at(queued(), "sent")
    body = told_by_resend(email, "email.bounced")
    whole = {**signed(body), **headers} if headers else {}
    assert post("resend", body, whole) == 403
    assert now(email) == ("sent", "")
    assert not LetterEvent.objects.exists()


def test_an_old_request_is_not_told_again(queued: Queue, resend: Service) -> None:
    body = told_by_resend(at(queued(), "sent"))
    assert post("resend", body, signed(body, moment=int(time.time()) - 301)) == 403


def test_other_bytes_under_a_right_signature(queued: Queue, resend: Service) -> None:
    email = at(queued(), "sent")
    headers = signed(told_by_resend(email))
    assert post("resend", told_by_resend(email, "email.bounced"), headers) == 403


def test_a_secret_that_is_no_secret_opens_nothing(
    queued: Queue, resend: Service, settings: Any
) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "RESEND_SIGNING_SECRET": "whsec_***"}
    body = told_by_resend(at(queued(), "sent"))
    assert post("resend", body, signed(body)) == 403


def test_over_the_wire(queued: Queue, resend: Service, live_server: Any) -> None:
    email = at(queued(), "sent")
    address = live_server.url + reverse("mail_events", args=["resend"])
    body = told_by_resend(email)
    with urllib.request.urlopen(urllib.request.Request(address, body, signed(body))) as answer:
        assert answer.status == 200
    with pytest.raises(urllib.error.HTTPError, match="403") as refused:
        urllib.request.urlopen(urllib.request.Request(address, body))
    refused.value.close()
    assert now(email) == ("sent", "delivered")


def test_letters_of_others_are_answered_and_forgotten(resend: Service, queued: Queue) -> None:
    email = queued()
    OutgoingEmail.objects.all().delete()
    body = told_by_resend(email)
    assert post("resend", body, signed(body)) == 200
    assert not LetterEvent.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b'{"type": []}', b"null"])
def test_nonsense_is_refused_in_good_order(resend: Service, body: bytes) -> None:
    assert post("resend", body, signed(body)) == 400


def test_a_flood_is_not_read(resend: Service) -> None:
    body = b"x" * (1024 * 1024 + 1)
    assert post("resend", body, signed(body)) == 413


def test_who_is_there(resend: Service) -> None:
    address = reverse("mail_events", args=["resend"])
    assert Client().head(address).status_code == 200
    assert Client().get(address).status_code == 405


def test_only_the_services_that_are_used_are_listened_to(
    resend: Service, mailbox: Any, settings: Any
) -> None:
    assert post("resend", b"{}", signed(b"{}")) == 404  # the mailbox came after: SMTP
    settings.EMAIL_SECOND = {"BACKEND": "anymail.backends.resend.EmailBackend", "OPTIONS": {}}
    assert post("resend", b"{}", signed(b"{}")) == 400
    assert post("mailgun", b"{}", {}) == 404
    assert post("nobody", b"{}", {}) == 404


def mailgun(email: OutgoingEmail, token: str = "t1", key: bytes = b"key") -> bytes:
    """An event as Mailgun posts it, signed in its body."""
    moment = str(int(time.time()))
    signature = hmac.new(key, f"{moment}{token}".encode(), hashlib.sha256).hexdigest()
    return json.dumps(
        {
            "signature": {"timestamp": moment, "token": token, "signature": signature},
            "event-data": {
                "event": "complained",
                "recipient": email.address,
                "timestamp": time.time(),
                "user-variables": {"letter": esp.mark_of(email)},
            },
        }
    ).encode()


def test_mailgun_signs_in_its_body(queued: Queue, settings: Any) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": "key"}
    email = at(queued(), "sent")
    assert post("mailgun", mailgun(email, key=b"other"), {}) == 403
    assert post("mailgun", b"{}", {}) == 403
    assert now(email) == ("sent", "")
    assert post("mailgun", mailgun(email), {}) == 200
    assert now(email) == ("sent", "complained")


@pytest.mark.parametrize(("secret", "status"), [(SECRET, 200), ("user:wrong", 403), ("", 403)])
def test_without_a_signature_a_shared_secret(
    queued: Queue, settings: Any, secret: str, status: int
) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    email = at(queued(), "sent")
    said = {"RecordType": "Delivery", "Metadata": {"letter": esp.mark_of(email)}, "Recipient": "a"}
    basic = {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
    assert post("postmark", json.dumps(said).encode(), basic if secret else {}) == status
    assert now(email) == ("sent", "delivered" if status == 200 else "")


def test_what_nothing_vouches_for_is_not_there(queued: Queue, settings: Any) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "t"}
    assert post("postmark", b"{}", {}) == 404


def test_a_session_is_no_key(queued: Queue, resend: Service, claire: User) -> None:
    client = Client()
    client.force_login(claire)
    body = told_by_resend(at(queued(), "sent"))
    answer = client.post(reverse("mail_events", args=["resend"]), body, "application/json")
    assert answer.status_code == 403
