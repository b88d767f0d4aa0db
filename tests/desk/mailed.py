"""Letters of the office's tests, and where their pages are."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from applications.models import Application
from notifications.models import OutgoingEmail

WHY = {"why": "She told us on the telephone."}


def letter_of(application: Application) -> OutgoingEmail:
    """The acknowledgement of a file."""
    told = OutgoingEmail.objects.about(application).filter(letter="acknowledgement").first()
    assert told
    return told


def became(letter: OutgoingEmail, status: str, **fields: Any) -> OutgoingEmail:
    """The letter after its try."""
    values: dict[str, Any] = {"status": status, "tried_at": timezone.now(), "attempts": 1}
    if status in {"bounced", "dead"}:
        values["error"] = "550 No such person"
    if status == "sent":
        values["sent_at"] = timezone.now()
    OutgoingEmail.objects.filter(pk=letter.pk).update(**{**values, **fields})
    letter.refresh_from_db()
    return letter


def copy_of(original: OutgoingEmail, **fields: Any) -> OutgoingEmail:
    """Another letter like it."""
    values = {
        name: getattr(original, name)
        for name in ("letter", "language", "address", "about", "subject", "text")
    }
    key = f"copy:{OutgoingEmail.objects.count()}"
    return OutgoingEmail.objects.create(**{**values, "key": key, **fields})


def to(name: str, *args: Any) -> str:
    """Where a page is, in English."""
    with translation.override("en"):
        return reverse(name, args=args)


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    """A page of the ledger, in English."""
    answer = client.get(to(name, *args), query)
    assert answer.status_code == 200
    return answer.content.decode()
