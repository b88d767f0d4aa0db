"""The letter of a test, for the catalogue."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cycles.letters.previewing import LETTER_TEST
from notifications.catalogue import Asked, Entry, Reader, register


def tried(asked: Asked) -> dict[str, Any]:
    """Some letter."""
    return {"subject": "Bonjour", "text": "Bonjour Alex,"}


register(
    Entry(
        LETTER_TEST,
        _("Test of a letter"),
        _("When an administrator sends one to themselves"),
        Reader.ACCOUNT,
        sample=tried,
        words={},
        is_fixed=True,
    )
)
