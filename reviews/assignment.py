"""Giving files to readers, taking them back, and what a reader must not read."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from applications.models import Application
from audit.moves import Move, Refused, move, record
from reviews import conflicts, standings
from reviews.models import Assignment, Reason
from reviews.models.assignment import conflicting
from reviews.permissions import assigns

UNASSIGN = Move(
    "unassign",
    (Assignment.Status.ASSIGNED,),
    Assignment.Status.RETURNED,
    may=assigns,
    label=gettext_lazy("Take back"),
)


def refuse_conflicted(user: User, applications: list[int]) -> None:
    """Raise Refused when this person, whatever their role, is in conflict with one of these files."""
    if {row["application_id"] for row in conflicting(user)} & set(applications):
        raise Refused(_("You declared a conflict of interest about this file."), forbidden=True)


@transaction.atomic
def assign(application: Application, reviewer: User, *, by: User) -> Assignment:
    """Give a filed application to a reader, due when the cycle says. Raises Refused."""
    if not assigns(by, application):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_conflicted(by, [application.pk])
    if not application.is_filed:
        raise Refused(_("Only a submitted application is given to readers."))
    if not reviewer.has(Role.REVIEWER):
        raise Refused(_("This person is not a reader."))
    if reviewer.pk == application.applicant_id:
        raise Refused(_("Nobody reads their own application."))
    conflicts.refuse_kept_apart(application, reviewer)
    try:
        with transaction.atomic():
            assignment = Assignment.objects.create(
                application=application,
                reviewer=reviewer,
                assigned_by=by,
                due_on=application.cycle.reviews_due_on,
            )
    except IntegrityError as error:
        raise Refused(_("This person already has this file, or declared a conflict.")) from error
    record("assign", assignment, by=by, new=Assignment.Status.ASSIGNED)
    standings.refresh([application])
    return assignment


@transaction.atomic
def unassign(assignment: Assignment, *, by: User, why: str = "") -> Assignment:
    """Take a file back from a reader who has not handed in; their draft counts for nothing."""
    move(assignment, UNASSIGN, by=by, why=why)
    standings.refresh([assignment.application])
    return assignment


@transaction.atomic
def declare_conflict(
    assignment: Assignment, *, by: User, why: str, reason: str = Reason.OTHER
) -> Assignment:
    """It leaves the reader's sight at once, and their review stops counting; the row of it is kept."""
    move(assignment, conflicts.DECLARE, by=by, why=why)
    conflicts.keep_declared(assignment.application, by=by, reason=reason, words=why)
    standings.refresh([assignment.application])
    return assignment
