"""What somebody looks for, as an address may hold it: sealed, so that no log, history or shared screen spells a name out.

An address is written down in places that we do not own: proxies, browsers, a bar of bookmarks. A list still keeps its
filters there, so that it can be opened again, turned over and shared; only the words are unreadable.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

NAME = "q"
LONGEST = 100
# What begins so is sealed; nobody's name does.
SIGN = "~"


def _locks() -> MultiFernet:
    """The newest key seals; older ones, while they are being replaced, open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    purpose = b"applications.sought"
    made = (hmac.digest(str(key).encode(), purpose, hashlib.sha256) for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])


def tidy(words: Any) -> str:
    """The words as they are looked for: one line, without NUL, not longer than a name can be."""
    return " ".join(str(words or "").replace("\0", "").split())[:LONGEST]


def sealed(words: str) -> str:
    """The words as an address may hold them; nothing stays nothing."""
    words = tidy(words)
    return SIGN + _locks().encrypt(words.encode()).decode().rstrip("=") if words else ""


def sought(address: Mapping[str, Any]) -> str:
    """What an address looks for; what cannot be opened looks for nothing. An old address in plain words still works."""
    said = str(address.get(NAME) or "")
    if not said.startswith(SIGN):
        return tidy(said)
    token = said.removeprefix(SIGN)
    try:
        return tidy(_locks().decrypt((token + "=" * (-len(token) % 4)).encode()).decode())
    except (InvalidToken, ValueError):
        return ""
