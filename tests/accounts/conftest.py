"""What the account tests share: reading codes from the outbox, and an address of one's own."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from notifications.models import OutgoingEmail


@pytest.fixture(autouse=True)
def no_tries_left_over(db: None) -> None:
    """The limits count in the cache, which is a table: it begins empty."""
    cache.clear()


def last_letter(address: str) -> OutgoingEmail:
    """The last letter to the address."""
    return OutgoingEmail.objects.filter(address=address).order_by("pk").last()  # type: ignore[return-value]


def code_sent_to(address: str) -> str:
    """The six digits of the last letter."""
    found = re.search(r"^(\d{6})$", last_letter(address).text, re.MULTILINE)
    assert found, last_letter(address).text
    return found[1]


def wrong_code(address: str) -> str:
    """Six digits that were not sent."""
    return "111111" if code_sent_to(address) == "000000" else "000000"


def ask(client: Client, address: str) -> Any:
    """Ask for a code on the sign-in page."""
    return client.post("/account/sign-in/", {"email": address})


def enter(client: Client, address: str, **fields: str) -> Any:
    """Enter the code that was sent."""
    return client.post("/account/sign-in/code/", {"code": code_sent_to(address), **fields})


def code_now(secret: str) -> str:
    """What an authenticator app with this secret shows now."""
    counter = int(time.time()) // 30
    return format_hotp_value(hotp_value(secret, counter))
