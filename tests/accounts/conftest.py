"""What the account tests share: reading codes from the outbox, and an address of one's own."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from notifications.models import OutgoingEmail

Enter = Callable[..., Client]


@pytest.fixture(autouse=True)
def no_tries_left_over(db: None) -> Iterator[None]:
    """The limits count in the cache, which is a table: it begins empty."""
    cache.clear()
    yield


def last_letter(address: str) -> OutgoingEmail:
    """The last letter to the address."""
    return OutgoingEmail.objects.filter(address=address).order_by("pk").last()  # type: ignore[return-value]


def code_sent_to(address: str) -> str:
    """The six digits of the last letter."""
    found = re.search(r"^(\d{6})$", last_letter(address).text, re.MULTILINE)
    assert found, last_letter(address).text
    return found[1]
