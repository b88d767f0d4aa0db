"""Who may do what at the office's desk. Pure predicates: person, then row."""

from typing import Any

from accounts.permissions import administers, coordinates, directs
from applications.models import Application
from desk.models import Check, Pair, Request


def handles(user: Any, application: Application) -> bool:
    """A coordinator, on any file but their own."""
    return coordinates(user) and user.pk != application.applicant_id


def handles_check(user: Any, check: Check) -> bool:
    """A coordinator, on the completeness of somebody else's file."""
    return handles(user, check.application)


def handles_request(user: Any, request: Request) -> bool:
    """A coordinator, on a piece asked of somebody else."""
    return handles(user, request.application)


def answers(user: Any, request: Request) -> bool:
    """The applicant whom the piece was asked of."""
    return bool(user and user.is_active and user.pk == request.application.applicant_id)


def compares(user: Any, pair: Pair) -> bool:
    """A coordinator, on accounts that are not their own."""
    return coordinates(user) and user.pk not in (pair.first_id, pair.second_id)


def reads_mail(user: Any) -> bool:
    """Whoever answers for what the house says: the coordination, the direction, the administration."""
    return coordinates(user) or directs(user) or administers(user)


def handles_mail(user: Any) -> bool:
    """Whoever looks after letters that did not arrive."""
    return coordinates(user) or administers(user)
