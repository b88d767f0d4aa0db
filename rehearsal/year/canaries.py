"""Words that occur nowhere else, planted in what a person writes: where they are found later, that person is still held."""

import hashlib


def planted(email: str) -> str:
    """The word of this person, the same on every day."""
    return "canari" + hashlib.sha256(email.encode()).hexdigest()[:16]
