"""Who may do what on the decision board. Pure predicates: person, then row."""

from typing import Any

from accounts.permissions import coordinates, directs
from answers.models import Act


def undoes(user: Any, act: Act) -> bool:
    """Coordinators undo what was proposed or put in order; what a director sent back, that director."""
    if act.kind == Act.Kind.SEND_BACK:
        return directs(user) and user.pk == act.by_id
    return coordinates(user)


def notes(user: Any) -> bool:
    """Coordinators and directors leave a note for the decision."""
    return coordinates(user) or directs(user)


def keeps(user: Any, *, grave: bool) -> bool:
    """Coordinators and directors say that a finding stands; a grave one, directors alone."""
    return directs(user) or (coordinates(user) and not grave)


def orders(user: Any) -> bool:
    """Coordinators put the waitlist in order."""
    return coordinates(user)
