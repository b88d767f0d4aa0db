"""Who may do what to an assignment, a decision or a release. Pure predicates: person, then row."""

from typing import Any

from accounts.permissions import coordinates, directs, reviews
from reviews.models import Assignment, Conflict, Decision, Release


def reads(user: Any, assignment: Assignment) -> bool:
    """The reader of this very assignment, while they are a reader."""
    return reviews(user) and user.pk == assignment.reviewer_id


def was_given(user: Any, assignment: Assignment) -> bool:
    """The person to whom the file was given, whatever their roles have become: anyone may step aside."""
    return bool(user and user.is_active and user.pk == assignment.reviewer_id)


def assigns(user: Any, row: Any) -> bool:
    """Coordinators give files to readers and take them back."""
    return coordinates(user)


def confirms_conflict(user: Any, conflict: Conflict) -> bool:
    """Coordinators, and the person whom it keeps from the file: nobody is made to see what they must not."""
    return coordinates(user) or bool(user and user.is_active and user.pk == conflict.person_id)


def dismisses_conflict(user: Any, conflict: Conflict) -> bool:
    """Coordinators, never about themselves."""
    return coordinates(user) and user.pk != conflict.person_id


def proposes(user: Any, row: Any) -> bool:
    """Coordinators propose decisions, and withdraw or change what is not released."""
    return coordinates(user)


def approves(user: Any, decision: Decision) -> bool:
    """A director, on what somebody else proposed."""
    return directs(user) and user.pk != decision.proposed_by_id


def prepares(user: Any, release: Any) -> bool:
    """Coordinators freeze the list."""
    return coordinates(user)


def releases(user: Any, release: Release) -> bool:
    """A director, on a list that somebody else prepared."""
    return directs(user) and user.pk != release.prepared_by_id


def cancels(user: Any, release: Release) -> bool:
    """Either side may hold or cancel a release that has not happened."""
    return coordinates(user) or directs(user)


def lets_out(user: Any, release: Release) -> bool:
    """The timetable at the hour that the second person chose, or that person at once."""
    return user is None or releases(user, release)


def halts(user: Any, release: Release) -> bool:
    """Nobody in person: the timetable, when what was approved is not what it would show."""
    return user is None


def works_on_files(user: Any) -> bool:
    """Those who see every file: coordinators and directors."""
    return coordinates(user) or directs(user)


def sees_other_reviews(user: Any, assignment: Assignment) -> bool:
    """A reader sees the others' reviews once their own is handed in, never before."""
    return reads(user, assignment) and assignment.status == Assignment.Status.HANDED_IN


def sees_scales(user: Any) -> bool:
    """Coordinators see how strict each reader is; a reader sees themselves, and nobody else."""
    return coordinates(user) or reviews(user)
