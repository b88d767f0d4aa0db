"""Giving files to readers, taking them back, and what a reader must not read."""

from collections.abc import Iterable

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from applications.models import Application
from audit.models import AuditEntry, subject_of
from audit.moves import Move, Refused, move, move_all, record
from cycles.models import Cycle
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
def assign_all(cycle: Cycle, pairs: Iterable[tuple[int, int]], *, by: User) -> list[Assignment]:
    """Give files to readers, all or none; pairs of (application's id, reader's id), of one cycle.

    The rules are those of `assign`; the number of queries does not grow. Raises Refused.
    """
    wanted = sorted(set(pairs))
    if not assigns(by, None):
        raise Refused(_("You may not do this."), forbidden=True)
    files = Application.objects.filter(cycle=cycle).in_bulk([file for file, _reader in wanted])
    readers = User.objects.with_role(Role.REVIEWER).in_bulk([reader for _file, reader in wanted])
    refuse_conflicted(by, list(files))
    if any(file not in files or not files[file].is_filed for file, _reader in wanted):
        raise Refused(_("Only a submitted application is given to readers."))
    if any(reader not in readers for _file, reader in wanted):
        raise Refused(_("This person is not a reader."))
    conflicts.one_at_a_time(files)
    if conflicts.kept_apart(cycle) & set(wanted):
        raise Refused(_("A reader is kept apart from a file of this list."))
    rows = [
        Assignment(
            application_id=file, reviewer_id=reader, assigned_by=by, due_on=cycle.reviews_due_on
        )
        for file, reader in wanted
    ]
    try:
        with transaction.atomic():
            made = Assignment.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Refused(_("A reader of this list already has the file.")) from error
    assigned = Assignment.Status.ASSIGNED
    AuditEntry.objects.bulk_create(
        AuditEntry(actor_id=by.pk, verb="assign", subject=subject_of(row), new=assigned)
        for row in made
    )
    standings.refresh(files.values())
    return made


@transaction.atomic
def unassign_all(
    rows: "models.QuerySet[Assignment]", *, by: User, why: str = ""
) -> list[Assignment]:
    """Take files back from readers who have not handed in, all or none, in a few queries. Raises Refused."""
    taken: list[Assignment] = move_all(rows, UNASSIGN, by=by, why=why)
    files = Application.objects.in_bulk([row.application_id for row in taken])
    standings.refresh(files.values())
    return taken


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
