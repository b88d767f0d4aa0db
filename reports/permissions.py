"""Who may read what the reports tell."""

from typing import Any

from accounts.permissions import administers, coordinates, directs


def watches_timetable(user: Any) -> bool:
    """Whoever answers for what leaves by itself: the coordination, the direction, the administrators."""
    return coordinates(user) or directs(user) or administers(user)


def opens_dashboard(user: Any) -> bool:
    """Those who run the year: the coordination and the direction."""
    return coordinates(user) or directs(user)
