"""Personal facts that the database, its backups and its dumps hold only sealed.

The keys come from the environment (`SEALING_KEYS`): the first seals, all of them open, so that a key is replaced
without an outage. A mark is a keyed fingerprint of a text, to find a row by it without opening any other.
"""

import base64
import hashlib
import hmac
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.lookups import Exact

Sealed = str


def _secrets(purpose: str) -> list[bytes]:
    """32 bytes for each key, another 32 for each purpose."""
    if not settings.SEALING_KEYS:
        raise ImproperlyConfigured("Set SEALING_KEYS: personal facts are kept sealed.")
    return [
        hmac.digest(key.encode(), f"followup.sealing:{purpose}".encode(), hashlib.sha256)
        for key in settings.SEALING_KEYS
    ]


def _locks() -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in _secrets("seal")])


def seal(text: str) -> Sealed:
    """The text as the database may hold it; nothing stays nothing."""
    return _locks().encrypt(text.encode()).decode() if text else ""


def unseal(token: Sealed) -> str:
    """Counterpart of `seal`. Raises cryptography's InvalidToken when the key is gone."""
    return _locks().decrypt(token.encode()).decode() if token else ""


def is_newest(token: Sealed) -> bool:
    """Whether this was sealed under the first of the keys: what is not waits to be sealed anew."""
    newest = Fernet(base64.urlsafe_b64encode(_secrets("seal")[0]))
    try:
        newest.decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def mark(text: str) -> str:
    """64 hexadecimal digits that stand for the text under the newest key; nothing has none."""
    return marks(text)[0] if text else ""


def marks(text: str) -> list[str]:
    """The same under every key, the newest first: what to look for while keys are being replaced."""
    return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in _secrets("mark")]


class SealedField(models.TextField):
    """A text that is sealed on its way to the database and opened on its way back; it cannot be searched."""

    def get_prep_value(self, value: Any) -> Any:
        """Sealed."""
        return seal(str(value)) if value else ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Opened."""
        return unseal(value) if value else ""


@SealedField.register_lookup
class SealedExact(Exact):
    """Only whether there is something: the same text is sealed differently each time."""

    def get_prep_lookup(self) -> Any:
        """Nothing, or a refusal."""
        if self.rhs != "":
            raise TypeError("A sealed field can only be compared with nothing; look for its mark.")
        return ""
