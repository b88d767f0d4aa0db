"""Proposing an outcome, and approving what somebody else proposed.

Nothing here writes to an application, nor tells its applicant anything: only a release does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import directs
from applications.models import Application, Choice
from audit.models import AuditEntry, subject_of
from audit.moves import Move, Refused, move, move_all
from cycles.models import Intake, Program
from reviews.assignment import refuse_conflicted
from reviews.models import Decision, Outcome
from reviews.permissions import approves, proposes


def what_freezes_it(decision: Decision) -> Iterator[str]:
    """The blocker of any change: the list of a release, which must stay what two people look at.

    A list that is cancelled lets its answers go, so an unreleased answer that has a release is on a frozen one.
    """
    if decision.release_id is not None and decision.release is not None:
        yield _(
            "%(file)s is on the frozen list %(fingerprint)s: cancel that release first, then change the answer."
        ) % {
            "file": decision.application.number,
            "fingerprint": decision.release.short_fingerprint,
        }


UNRELEASED = (Decision.Status.PROPOSED, Decision.Status.APPROVED)
APPROVE = Move(
    "approve",
    (Decision.Status.PROPOSED,),
    Decision.Status.APPROVED,
    may=approves,
    label=gettext_lazy("Approve"),
)
SET_ASIDE = Move(
    "set_aside",
    UNRELEASED,
    Decision.Status.SET_ASIDE,
    may=proposes,
    blocked_by=what_freezes_it,
    label=gettext_lazy("Withdraw the proposal"),
)
SEND_BACK = Move(
    "send_back",
    UNRELEASED,
    Decision.Status.SET_ASIDE,
    may=approves,
    blocked_by=what_freezes_it,
    label=gettext_lazy("Send back"),
)


@dataclass(frozen=True)
class Wanted:
    """What a file is to be answered, and who stands behind it."""

    application: int
    outcome: str
    program: int | None
    rank: int | None
    proposer: int


def propose(
    application: Application,
    outcome: str,
    program: Program | None = None,
    *,
    rank: int | None = None,
    by: User,
) -> Decision:
    """Propose one answer; an earlier one is set aside, and this one must be approved anew."""
    propose_all([application], outcome, program, rank=rank, by=by)
    return Decision.objects.get(application=application, is_current=True)


@transaction.atomic
def propose_all(
    applications: Iterable[Application],
    outcome: str,
    program: Program | None = None,
    *,
    rank: int | None = None,
    by: User,
) -> list[Decision]:
    """Propose the same answer for these files, on all or on none; returns the new proposals.

    A file that already has exactly this answer keeps it. On the waitlist, places go on from `rank`,
    or from the last place taken, in the order of `applications`. Raises Refused. The number of
    queries does not grow.
    """
    files = list(applications)
    _refuse_proposal(files, outcome, program, by)
    old = _current(files)
    same = {file for file, row in old.items() if _is(row, outcome, program, rank)}
    new = [file for file in files if file.pk not in same]
    replaced = [old[file.pk].pk for file in new if file.pk in old]
    move_all(Decision.objects.filter(pk__in=replaced), SET_ASIDE, by=by, is_current=False)
    place = _first_place(new, outcome, program, rank)
    named = program.pk if program else None
    wanted = [
        Wanted(file.pk, outcome, named, place + index if place else None, by.pk)
        for index, file in enumerate(new)
    ]
    return new_versions(wanted, by=by)


@transaction.atomic
def new_versions(
    wanted: Iterable[Wanted], *, by: User, verb: str = "propose", why: str = ""
) -> list[Decision]:
    """A new proposal for each of these files, none of which has one that counts; the caller has judged the person."""
    told = {one.application: one for one in wanted}
    versions = dict(
        Decision.objects.filter(application__in=list(told))
        .order_by()
        .values_list("application")
        .annotate(Max("version"))
    )
    rows = [
        Decision(
            application_id=pk,
            version=versions.get(pk, 0) + 1,
            outcome=one.outcome,
            program_id=one.program,
            rank=one.rank,
            proposed_by_id=one.proposer,
        )
        for pk, one in told.items()
    ]
    return _create(rows, by, verb, why)


def _create(rows: list[Decision], by: User, verb: str, why: str) -> list[Decision]:
    """Write the proposals and their lines of the trail."""
    try:
        with transaction.atomic():
            made = Decision.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Refused(_("Somebody else has just proposed for one of these files.")) from error
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor=by,
            verb=verb,
            subject=subject_of(row),
            new=Decision.Status.PROPOSED,
            why=why,
            details={"outcome": row.outcome, "version": row.version},
        )
        for row in made
    )
    return made


def _refuse_proposal(
    files: Sequence[Application], outcome: str, program: Program | None, by: User
) -> None:
    """Raise Refused unless this person may propose this for all of these files."""
    if not proposes(by, None):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_conflicted(by, [file.pk for file in files])
    if not files:
        raise Refused(_("Choose at least one file."))
    if not all(file.is_filed for file in files):
        raise Refused(_("Only a submitted application gets an answer."))
    if outcome not in Outcome.values:
        raise Refused(_("Choose an outcome."))
    if (outcome == Outcome.DECLINE) == (program is not None):
        raise Refused(_("Name the program to accept or waitlist for, and only then."))
    if program:
        asked = Choice.objects.filter(application__in=[file.pk for file in files], program=program)
        if asked.count() != len(files):
            raise Refused(_("One of these people did not ask for this program."))


def _current(files: Sequence[Application]) -> dict[int, Decision]:
    """The decisions that count now, locked, by file. Raises Refused when one was released."""
    rows = Decision.objects.filter(application__in=[file.pk for file in files], is_current=True)
    current = {row.application_id: row for row in rows.order_by("pk").select_for_update()}
    if any(row.status == Decision.Status.RELEASED for row in current.values()):
        raise Refused(_("An answer that was released cannot be changed here."))
    return current


def _is(row: Decision, outcome: str, program: Program | None, rank: int | None) -> bool:
    """Whether this decision already says exactly that."""
    program_id = program.pk if program else None
    if (row.outcome, row.program_id) != (outcome, program_id):
        return False
    return rank is None or row.rank == rank


def hold_waitlist(cycle: int, program: Program) -> None:
    """Nobody else gives places on this waitlist until we are done."""
    list(Intake.objects.select_for_update().filter(cycle=cycle, program=program).values_list("pk"))


def _first_place(
    files: Sequence[Application], outcome: str, program: Program | None, rank: int | None
) -> int | None:
    """The first place to give on the waitlist; None for the other outcomes. Raises Refused when one is taken."""
    if outcome != Outcome.WAITLIST or program is None or not files:
        return None
    hold_waitlist(files[0].cycle_id, program)
    waiting = Decision.objects.current().filter(
        application__cycle=files[0].cycle_id, program=program, outcome=Outcome.WAITLIST
    )
    if rank is None:
        last = waiting.aggregate(last=Max("rank"))["last"]
        return (last or 0) + 1
    if waiting.filter(rank__range=(rank, rank + len(files) - 1)).exists():
        raise Refused(_("Another file has this place on the waitlist: move it there instead."))
    return rank


def withdraw_proposal(decision: Decision, *, by: User, why: str = "") -> Decision:
    """Leave the file without a proposed answer again."""
    refuse_conflicted(by, [decision.application_id])
    return move(decision, SET_ASIDE, by=by, why=why, is_current=False)


@transaction.atomic
def send_back(decision: Decision, *, by: User, why: str) -> Decision:
    """A director gives a proposal back to whoever made it, with a word; it waits for another one then."""
    refuse_conflicted(by, [decision.application_id])
    if not why.strip():
        raise Refused(_("Say in a word why it goes back."))
    return move(decision, SEND_BACK, by=by, why=why, is_current=False)


def approve(decision: Decision, *, by: User) -> Decision:
    """Approve what somebody else proposed."""
    refuse_approval([decision], by)
    return move(decision, APPROVE, by=by, approved_by=by, approved_at=timezone.now())


@transaction.atomic
def approve_all(decisions: "models.QuerySet[Decision]", *, by: User) -> list[Decision]:
    """Approve all of these proposals or none, in a number of queries that does not grow."""
    rows = decisions.filter(status=Decision.Status.PROPOSED)
    refuse_approval(list(rows), by)
    return move_all(rows, APPROVE, by=by, approved_by=by, approved_at=timezone.now())


def refuse_approval(decisions: Sequence[Decision], by: User) -> None:
    """Raise Refused unless this person may approve all of these."""
    if not directs(by):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_conflicted(by, [row.application_id for row in decisions])
    if any(row.proposed_by_id == by.pk for row in decisions):
        raise Refused(_("Another person must approve what you proposed."))
