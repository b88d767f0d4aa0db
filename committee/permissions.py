"""Who may do what in the committee's organisation. Pure predicates: person, then row."""

from typing import Any

from accounts.permissions import coordinates, directs, reviews


def calibrates(user: Any) -> bool:
    """Readers score the anchor files, and see their own drift: theirs alone."""
    return reviews(user)


def sees_progress(user: Any) -> bool:
    """Coordinators and directors see how the reading goes."""
    return coordinates(user) or directs(user)


def reminds(user: Any) -> bool:
    """Coordinators write to readers, move their files and give them more time."""
    return coordinates(user)
