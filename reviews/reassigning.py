"""Many files of one reader at once: to another reader, to nobody yet, or with more time. A fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role, User
from audit.models import AuditEntry, subject_of
from audit.moves import Refused, move_all
from cycles.models import Cycle
from reviews import standings
from reviews.assignment import UNASSIGN, refuse_conflicted
from reviews.conflicts import kept_apart, one_at_a_time
from reviews.models import Assignment, Review
from reviews.models.assignment import AssignmentQuerySet
from reviews.permissions import assigns

# Whoever takes over a file late has a week for it.
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Moved:
    """How many files changed hands, and how many stayed and why."""

    files: int
    begun: int = 0
    apart: int = 0

    @property
    def stayed(self) -> list[str]:
        """What stayed where it was, a sentence a reason."""
        begun = ngettext(
            "%(count)s file was begun, and stays.",
            "%(count)s files were begun, and stay.",
            self.begun,
        )
        apart = ngettext(
            "%(count)s file stays: this person has it, had it or must not read it.",
            "%(count)s files stay: this person has them, had them or must not read them.",
            self.apart,
        )
        told = [(self.begun, begun), (self.apart, apart)]
        return [text % {"count": count} for count, text in told if count]


@transaction.atomic
def move_files(
    rows: AssignmentQuerySet,
    to: User | None,
    *,
    cycle: Cycle,
    today: date,
    by: User,
    why: str,
    begun_too: bool = False,
) -> Moved:
    """Take files of a cycle back from their readers, and give them to another reader when one is named.

    What was begun stays unless `begun_too`; a reader who begins at this very moment keeps the file. Raises
    Refused when nothing can be moved.
    """
    if not assigns(by, None):
        raise Refused(_("You may not do this."), forbidden=True)
    if to and not to.has(Role.REVIEWER):
        raise Refused(_("This person is not a reader."))
    locked = _locked(rows, cycle)
    refuse_conflicted(by, [row.application_id for row in locked])
    begun = set() if begun_too else _begun(locked)
    apart = _apart(locked, to, cycle) if to else set()
    moving = [row for row in locked if row.pk not in begun and row.application_id not in apart]
    stays = sum(row.application_id in apart for row in locked if row.pk not in begun)
    moved = Moved(len(moving), begun=len(begun), apart=stays)
    if not moving:
        raise Refused(_("There is no file to move."), moved.stayed)
    keys = [row.pk for row in moving]
    move_all(Assignment.objects.filter(pk__in=keys), UNASSIGN, by=by, why=why)
    if to:
        _give(moving, to, max(cycle.reviews_due_on, today + A_WEEK), by=by, why=why)
    standings.refresh(row.application for row in moving)
    return moved


def _locked(rows: AssignmentQuerySet, cycle: Cycle) -> list[Assignment]:
    """The open ones among these, held until the end: a review that is being saved is there, or comes too late."""
    still = rows.filter(application__cycle=cycle, status=Assignment.Status.ASSIGNED)
    held = still.select_related("application").select_for_update(of=("self",))
    return list(held.order_by("pk"))


def _begun(rows: list[Assignment]) -> set[int]:
    """Those that have a draft of a review, asked once the rows are held."""
    drafts = Review.objects.filter(assignment__in=[row.pk for row in rows])
    return set(drafts.values_list("assignment_id", flat=True))


def _apart(rows: list[Assignment], to: User, cycle: Cycle) -> set[int]:
    """The files that this person must not read, or has already."""
    files = {row.application_id for row in rows}
    one_at_a_time(files)
    never = {file for file, person in kept_apart(cycle) if person == to.pk and file in files}
    theirs = Assignment.objects.filter(reviewer=to, application__in=files)
    held = theirs.exclude(status=Assignment.Status.RETURNED)
    return never | set(held.values_list("application_id", flat=True))


def _give(rows: list[Assignment], to: User, due_on: date, *, by: User, why: str) -> None:
    """The same files, for another reader."""
    try:
        with transaction.atomic():
            made = Assignment.objects.bulk_create(
                Assignment(application=row.application, reviewer=to, assigned_by=by, due_on=due_on)
                for row in rows
            )
    except IntegrityError as error:
        raise Refused(_("This person already has this file, or declared a conflict.")) from error
    _record("assign", made, by=by, new=Assignment.Status.ASSIGNED, why=why)


def _record(verb: str, rows: Iterable[Assignment], *, by: User, why: str, new: str = "") -> None:
    """One line of the trail a file."""
    AuditEntry.objects.bulk_create(
        AuditEntry(actor=by, verb=verb, subject=subject_of(row), new=new, why=why) for row in rows
    )


@transaction.atomic
def extend(rows: AssignmentQuerySet, due_on: date, *, cycle: Cycle, by: User, why: str) -> int:
    """Give more time for what is still to read; how many files. Raises Refused."""
    if not assigns(by, None):
        raise Refused(_("You may not do this."), forbidden=True)
    if due_on > cycle.release_on:
        raise Refused(_("That is after the answers are released."))
    later = [row for row in _locked(rows, cycle) if row.due_on < due_on]
    if not later:
        raise Refused(_("Every file that is left is due on that day or later."))
    refuse_conflicted(by, [row.application_id for row in later])
    Assignment.objects.filter(pk__in=[row.pk for row in later]).update(due_on=due_on)
    _record("extend_reading", later, by=by, why=why)
    return len(later)
