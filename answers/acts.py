"""What is done on the decision board, each act as one thing: proposing, withdrawing, sending back, undoing.

An act remembers, for each file, the decision before and the one after. Undoing writes new versions: nothing
that was written is changed, and a version that was approved comes back as a proposal to approve anew.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from answers.models import Act, Change
from answers.permissions import undoes
from applications.models import Application
from audit.moves import Refused, move_all, record
from cycles.models import Program
from reviews import decisions
from reviews.assignment import refuse_conflicted
from reviews.models import Decision, Outcome

Pair = tuple[Decision | None, Decision | None]
FEW = 5


def counting(files: Iterable[int]) -> dict[int, Decision]:
    """The decisions that count now, by file, held until we are done."""
    rows = Decision.objects.filter(application__in=list(files), is_current=True)
    return {row.application_id: row for row in rows.order_by("pk").select_for_update(of=("self",))}


def remember(
    kind: str,
    pairs: Iterable[Pair],
    *,
    cycle: int,
    by: User,
    outcome: str = "",
    program: Program | None = None,
    why: str = "",
) -> Act:
    """Write an act and its changes, in three queries."""
    act = Act.objects.create(
        cycle_id=cycle, by=by, kind=kind, outcome=outcome, program=program, why=why
    )
    Change.objects.bulk_create(
        Change(
            act=act,
            application_id=(before or after).application_id,  # type: ignore[union-attr]
            before=before,
            after=after,
        )
        for before, after in pairs
    )
    record(f"act_{kind}", act, by=by, why=why)
    return act


def _one_cycle(files: Sequence[Application]) -> None:
    """Raise Refused where files of two years were named at once."""
    if len({file.cycle_id for file in files}) > 1:
        raise Refused(_("Choose files of one cycle."))


@transaction.atomic
def propose(
    applications: Iterable[Application],
    outcome: str,
    program: Program | None = None,
    *,
    rank: int | None = None,
    by: User,
) -> list[Decision]:
    """Propose the same answer for these files, as one act; those that already have it keep it. Raises Refused."""
    files = list(applications)
    _one_cycle(files)
    before = counting(file.pk for file in files)
    made = decisions.propose_all(files, outcome, program, rank=rank, by=by)
    if made:
        pairs = [(before.get(row.application_id), row) for row in made]
        cycle = files[0].cycle_id
        remember(Act.Kind.PROPOSE, pairs, cycle=cycle, by=by, outcome=outcome, program=program)
    return made


@transaction.atomic
def withdraw(applications: Iterable[Application], *, by: User, why: str = "") -> list[Decision]:
    """Leave these files without a proposed answer again, as one act. Raises Refused."""
    files = list(applications)
    _one_cycle(files)
    refuse_conflicted(by, [file.pk for file in files])
    rows = Decision.objects.filter(application__in=[file.pk for file in files], is_current=True)
    gone = move_all(rows, decisions.SET_ASIDE, by=by, why=why, is_current=False)
    if not gone:
        raise Refused(_("None of these files has a proposed answer."))
    remember(
        Act.Kind.WITHDRAW, [(row, None) for row in gone], cycle=files[0].cycle_id, by=by, why=why
    )
    return gone


@transaction.atomic
def send_back(decision: Decision, *, by: User, why: str) -> Act:
    """A director gives a proposal back with a word, which its proposer reads on the board. Raises Refused."""
    row = decisions.send_back(decision, by=by, why=why)
    return remember(
        Act.Kind.SEND_BACK, [(row, None)], cycle=row.application.cycle_id, by=by, why=why
    )


@transaction.atomic
def undo(act: Act, *, by: User) -> Act:
    """Put back what was there before an act, for all of its files or none. Raises Refused.

    Whoever undoes their own act brings back proposals as they were, with the person who made them; somebody else
    becomes the proposer, so that nobody brings back and approves alone. The number of queries does not grow.
    """
    locked = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if not undoes(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    if locked.undone_at is not None:
        raise Refused(_("This was undone already."))
    changes = list(locked.changes.select_related("before", "application").order_by("pk"))
    refuse_conflicted(by, [change.application_id for change in changes])
    now = counting(change.application_id for change in changes)
    _refuse_undoing(changes, now)
    after = Decision.objects.filter(pk__in=[row.pk for row in now.values()])
    move_all(after, decisions.SET_ASIDE, by=by, why=_("Undone"), is_current=False)
    wanted = [_as_before(change.before, locked, by) for change in changes if change.before]
    _hold_places(locked.cycle_id, wanted)
    if wanted:
        decisions.new_versions(wanted, by=by, verb="bring_back")
    locked.undone_at, locked.undone_by = timezone.now(), by
    locked.save(update_fields=["undone_at", "undone_by"])
    record("undo_act", locked, by=by)
    return locked


def _refuse_undoing(changes: Sequence[Change], now: dict[int, Decision]) -> None:
    """Raise Refused, naming a few files, unless each still has what the act left it with, not approved."""
    approved, other = [], []
    for change in changes:
        row = now.get(change.application_id)
        if (row.pk if row else None) != change.after_id:
            other.append(change.application.number)
        elif row and row.status != Decision.Status.PROPOSED:
            approved.append(change.application.number)
    if approved:
        text = _("This can no longer be undone: an answer was approved since. Propose another one.")
        raise Refused(text, [", ".join(approved[:FEW])])
    if other:
        text = _("This can no longer be undone: something else was done to the same files since.")
        raise Refused(text, [", ".join(other[:FEW])])


def _as_before(before: Decision, act: Act, by: User) -> decisions.Wanted:
    """What an earlier decision said, and who stands behind it from now on."""
    proposer = before.proposed_by_id if by.pk == act.by_id else by.pk
    return decisions.Wanted(
        before.application_id, before.outcome, before.program_id, before.rank, proposer
    )


def _hold_places(cycle: int, wanted: Iterable[decisions.Wanted]) -> None:
    """Raise Refused where another file has taken one of these places on a waitlist since."""
    places = {(one.program, one.rank) for one in wanted if one.rank}
    programs = Program.objects.filter(pk__in=[program for program, _rank in places])
    for program in programs.order_by("pk"):
        decisions.hold_waitlist(cycle, program)
        taken = Decision.objects.current().filter(
            application__cycle=cycle,
            program=program,
            outcome=Outcome.WAITLIST,
            rank__in=[rank for one, rank in places if one == program.pk],
        )
        if taken.exists():
            raise Refused(
                _("Another file has taken a place on the waitlist since: put it in order by hand.")
            )
