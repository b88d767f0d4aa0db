"""Which files a person may discuss."""

from typing import Any

from accounts.permissions import coordinates, directs, reviews
from applications.models import Application
from applications.models.application import ApplicationQuerySet
from reviews.models import Assignment
from reviews.models.assignment import conflicting


def discussed_by(user: Any) -> ApplicationQuerySet:
    """Submitted files without one's conflicts: all for coordinators and directors; for a reader, those
    that they handed a review in for, as long as it is not taken back."""
    files = Application.objects.filed().exclude(pk__in=conflicting(user))
    if coordinates(user) or directs(user):
        return files
    if not reviews(user):
        return files.none()
    handed_in = Assignment.objects.filter(
        reviewer_id=user.pk, status=Assignment.Status.HANDED_IN
    ).values("application_id")
    return files.filter(pk__in=handed_in)
