"""Who somebody is here: pure predicates. Anonymous visitors and closed accounts are nobody."""

from typing import Any

from accounts.models import Role


def holds(user: Any, *roles: Role) -> bool:
    """Whether this is a signed-in, active person with one of these roles."""
    return bool(user and user.is_authenticated and user.has(*roles))


def coordinates(user: Any) -> bool:
    """Runs the cycle day by day."""
    return holds(user, Role.COORDINATOR)


def directs(user: Any) -> bool:
    """Approves decisions and releases."""
    return holds(user, Role.DIRECTOR)


def reviews(user: Any) -> bool:
    """Reads and scores files."""
    return holds(user, Role.REVIEWER)


def administers(user: Any) -> bool:
    """Configures cycles and people."""
    return holds(user, Role.ADMINISTRATOR)
