"""Who may organise the reading. Pure predicates: person, then row."""

from typing import Any

from accounts.permissions import coordinates


def plans(user: Any, row: Any) -> bool:
    """Coordinators say how much each reader takes, and ask for, apply and discard plans."""
    return coordinates(user)
