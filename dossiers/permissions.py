"""Who may settle what is hidden. Pure predicates: person, then row."""

from typing import Any

from accounts.permissions import coordinates
from applications.models import Application
from applications.models.application import ApplicationQuerySet
from desk.sight import in_sight


def sees_redactions(user: Any) -> ApplicationQuerySet:
    """The files whose findings this person may look at: a coordinator's, none that is kept from them."""
    return in_sight(user) if coordinates(user) else Application.objects.none()


def settles(user: Any, redaction: Any) -> bool:
    """A coordinator, on any file but their own."""
    return coordinates(user) and user.pk != redaction.submission.application.applicant_id
