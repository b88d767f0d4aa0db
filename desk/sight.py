"""Which files a member of the office may see at the desk: all but those that something keeps from them."""

from typing import Any

from applications.models import Application
from applications.models.application import ApplicationQuerySet
from applications.sight import unhidden


def in_sight(user: Any) -> ApplicationQuerySet:
    """Every file that this person may look at; not their own, which they see as any applicant does."""
    return unhidden(Application.objects.visible_to(user), user)
