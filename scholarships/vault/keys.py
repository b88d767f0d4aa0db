"""How what is said is sealed, and how it is found again.

AES-256-GCM (`cryptography`) under the first of VAULT_KEYS; each earlier key still opens. What is sealed is bound to where it
lies: moved to another token or another kind, it does not open. A mark is an HMAC of whom an entry is about.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NAME, NONCE = 4, 12


class Locked(Exception):
    """No key of ours opens this, or it was moved to a place that it does not belong to."""


def _keys(purpose: str) -> list[bytes]:
    """32 bytes for each key, another 32 for each purpose; the newest first."""
    if not settings.VAULT_KEYS:
        raise ImproperlyConfigured("Set VAULT_KEYS: EDI answers are kept sealed.")
    return [
        hmac.digest(key.encode(), f"scholarships.vault:{purpose}".encode(), hashlib.sha256)
        for key in settings.VAULT_KEYS
    ]


def _name(key: bytes) -> bytes:
    """Four bytes that tell which key sealed, and nothing about it."""
    return hashlib.sha256(b"name:" + key).digest()[:NAME]


def seal(data: Mapping[str, Any], place: str) -> bytes:
    """The data as the vault may hold it, bound to its place: key's name, nonce, ciphertext."""
    key, nonce = _keys("seal")[0], os.urandom(NONCE)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return _name(key) + nonce + AESGCM(key).encrypt(nonce, text, place.encode())


def unseal(sealed: bytes, place: str) -> dict[str, Any]:
    """Counterpart of `seal`. Raises Locked."""
    blob = bytes(sealed)
    name, nonce, rest = blob[:NAME], blob[NAME : NAME + NONCE], blob[NAME + NONCE :]
    for key in _keys("seal"):
        if hmac.compare_digest(_name(key), name):
            try:
                found: dict[str, Any] = json.loads(AESGCM(key).decrypt(nonce, rest, place.encode()))
            except InvalidTag:
                break
            return found
    raise Locked


def is_newest(sealed: bytes) -> bool:
    """Whether the newest key sealed this."""
    return bytes(sealed)[:NAME] == _name(_keys("seal")[0])


def marks(subject: str, kind: str) -> list[str]:
    """64 hexadecimal digits under every key, the newest first: what to look an entry up by."""
    text = f"{kind}\0{subject}".encode()
    return [hmac.new(key, text, hashlib.sha256).hexdigest() for key in _keys("mark")]
