"""Who may do what to permits. Pure predicates: person, then row."""

from typing import Any

from accounts.permissions import coordinates
from applications.permissions import owns
from permits.models import PermitStep


def owns_step(user: Any, step: PermitStep) -> bool:
    """The person whose permits these are."""
    return owns(user, step.application)


def puts_right(user: Any, step: PermitStep) -> bool:
    """A coordinator, on any file but their own."""
    return coordinates(user) and user.pk != step.application.applicant_id
