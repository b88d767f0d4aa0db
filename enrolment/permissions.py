"""Who may do what on the board and at its end. Pure predicates: person, then row."""

from typing import Any

from accounts.permissions import coordinates, directs
from enrolment.models import Closing
from followup.permissions import follows_up


def cares(user: Any) -> bool:
    """Coordinators write, remind, assign and record."""
    return coordinates(user)


def proposes_closing(user: Any, closing: Closing) -> bool:
    """Coordinators propose that a cycle is closed, and take that back."""
    return coordinates(user)


def confirms_closing(user: Any, closing: Closing) -> bool:
    """A director confirms what somebody else proposed."""
    return directs(user) and user.pk != closing.proposed_by_id


def reopens(user: Any, closing: Closing) -> bool:
    """Coordinators and directors take a closed cycle up again."""
    return follows_up(user)
