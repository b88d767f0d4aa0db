"""Who may do what with awards. Pure predicates: person, then row."""

from typing import Any

from accounts.permissions import coordinates, directs
from applications.permissions import owns
from scholarships.models import Award


def owns_award(user: Any, award: Award) -> bool:
    """The person whom it was offered to."""
    return owns(user, award.candidacy.application)


def is_timetable(user: Any, award: Award) -> bool:
    """Nobody in person: what the files themselves bring about."""
    return user is None


def runs_awards(user: Any, award: Award | None = None) -> bool:
    """Coordinators call, pay, and change what became of an award."""
    return coordinates(user)


def sees_ledger(user: Any) -> bool:
    """Coordinators and directors see the money."""
    return coordinates(user) or directs(user)
