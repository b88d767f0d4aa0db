"""Who may do what to an application."""

from typing import Any

from accounts.permissions import coordinates
from applications.models import Application


def owns(user: Any, application: Application) -> bool:
    """The applicant, signed in, on their own file."""
    return bool(user and user.is_active and user.pk == application.applicant_id)


def owns_or_coordinates(user: Any, application: Application) -> bool:
    """The applicant, or a coordinator on their behalf."""
    return owns(user, application) or coordinates(user)
