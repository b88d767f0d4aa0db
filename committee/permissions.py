"""Who may do what in the committee's work. Pure predicates: person, then row."""

from typing import Any

from accounts.permissions import coordinates, directs, reviews
from applications.models import Application
from committee.models import Remark
from committee.sight import discussed_by


def plans(user: Any, row: Any) -> bool:
    """Coordinators say how much each reader takes, and ask for, apply and discard plans."""
    return coordinates(user)


def may_discuss(user: Any) -> bool:
    """Those who have files to discuss: readers, coordinators, directors."""
    return reviews(user) or coordinates(user) or directs(user)


def discusses(user: Any, application: Application) -> bool:
    """Whether this person may read and write about this very file, now."""
    return discussed_by(user).filter(pk=application.pk).exists()


def wrote(user: Any, remark: Remark) -> bool:
    """The author, as long as they may discuss the file."""
    return user.pk == remark.author_id and discusses(user, remark.application)


def calibrates(user: Any) -> bool:
    """Readers score the anchor files, and see their own drift: theirs alone."""
    return reviews(user)


def sees_progress(user: Any) -> bool:
    """Coordinators and directors see how the reading goes."""
    return coordinates(user) or directs(user)


def reminds(user: Any) -> bool:
    """Coordinators write to readers, move their files and give them more time."""
    return coordinates(user)
