"""One release for everybody: a frozen list, a second person and an hour, one transaction.

`prepared → approved → done`; until the moment anybody on either side may hold or cancel it. At the moment it is
judged once more: if what would be shown is not what was approved, nothing is shown, and both people are told.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from answers.frozen import Halt, fingerprint, halt_of, halt_of_list, obstacles, waiting
from answers.letters import announce, tell_held
from answers.still_open import refuse_while_open
from audit.moves import Move, Refused, move, move_all, record
from cycles.models import Cycle
from reviews.models import FROZEN, Decision, Release
from reviews.permissions import cancels, halts, lets_out, prepares, releases

Status = Release.Status
APPROVE = Move(
    "approve_release",
    (Status.PREPARED, Status.APPROVED),
    Status.APPROVED,
    may=releases,
    label=gettext_lazy("Approve for this hour"),
)
RESUME = Move(
    "resume_release",
    (Status.HELD,),
    Status.APPROVED,
    may=releases,
    label=gettext_lazy("Resume for this hour"),
)
HOLD = Move(
    "hold_release",
    (Status.PREPARED, Status.APPROVED),
    Status.HELD,
    may=cancels,
    label=gettext_lazy("Put on hold"),
)
HALT = Move("halt_release", (Status.APPROVED,), Status.HELD, may=halts)
CANCEL = Move(
    "cancel_release",
    FROZEN,
    Status.CANCELLED,
    may=cancels,
    label=gettext_lazy("Cancel this release"),
)
RELEASE = Move("release", (Status.APPROVED,), Status.DONE, may=lets_out)
MOVES = (APPROVE, RESUME, HOLD, HALT, CANCEL, RELEASE)
# RELEASE has judged the person and the hour, once for all of these.
SHOW = Move(
    "show_decision",
    (Decision.Status.APPROVED,),
    Decision.Status.RELEASED,
    may=lambda user, decision: True,
)
GIVE_WAY = Move(
    "correct_decision",
    (Decision.Status.RELEASED,),
    Decision.Status.CORRECTED,
    may=lambda user, decision: True,
)
RUNNING_AGAIN = {"stopped_by": None, "stopped_at": None, "why_stopped": ""}


@transaction.atomic
def prepare_release(
    cycle: Cycle, *, by: User, kind: str = Release.Kind.FIRST, while_open: bool = False
) -> Release:
    """Freeze the list of approved decisions for a director. Raises Refused with the reasons.

    `while_open`: the person knows that others may still submit, and freezes all the same.
    """
    if not prepares(by, cycle):
        raise Refused(_("You may not do this."), forbidden=True)
    if reasons := obstacles(cycle, by, kind):
        raise Refused(_("This release cannot be prepared yet."), reasons)
    if kind == Release.Kind.FIRST and not while_open:
        refuse_while_open(cycle)
    ids = [row.pk for row in waiting(cycle, kind).order_by("pk").select_for_update(of=("self",))]
    frozen = Decision.objects.filter(pk__in=ids)
    try:
        with transaction.atomic():
            prepared = Release.objects.create(
                cycle=cycle,
                kind=kind,
                prepared_by=by,
                fingerprint=fingerprint(frozen),
                size=len(ids),
            )
    except IntegrityError as error:
        raise Refused(_("A release of this cycle is already prepared.")) from error
    frozen.update(release=prepared)
    record("prepare_release", prepared, by=by, new=Status.PREPARED, size=len(ids))
    return prepared


@transaction.atomic
def approve_release(prepared: Release, *, by: User, at: datetime) -> Release:
    """Have it happen by itself at an hour; asked again, by any director but its preparer, at another hour."""
    return _approved(prepared, APPROVE, by, at)


@transaction.atomic
def resume_release(held: Release, *, by: User, at: datetime) -> Release:
    """Approve anew what was on hold, judged anew, for an hour."""
    return _approved(held, RESUME, by, at)


def _approved(prepared: Release, step: Move, by: User, at: datetime) -> Release:
    """Judge the person, the list and the hour, then write the approval."""
    locked = _locked(prepared, by)
    if locked.status in step.sources:
        _refuse_halted(halt_of_list(locked))
    if at <= database_now():
        raise Refused(_("This hour has passed: choose a later one, or release at once."))
    hour = f"{at:%Y-%m-%d %H:%M %Z}"
    return move(locked, step, by=by, why=hour, **_approval(by, at))


def _approval(by: User, at: datetime) -> dict[str, Any]:
    """The columns that an approval writes."""
    return {
        "approved_by": by,
        "approved_at": timezone.now(),
        "due_at": at,
        **RUNNING_AGAIN,
    }


@transaction.atomic
def release(prepared: Release, *, by: User) -> Release:
    """Approve it, and show every answer of the list at once; all or nothing.

    Asked twice, the second time changes nothing. Raises Refused when the list changed since it was
    prepared, or when the same person prepared it. The number of queries does not grow.
    """
    locked = _locked(prepared, by)
    if locked.status == Status.DONE:
        return locked
    if locked.status in FROZEN:
        _lock_list(locked)
        _refuse_halted(halt_of_list(locked))
    step = RESUME if locked.status == Status.HELD else APPROVE
    move(locked, step, by=by, **_approval(by, database_now()))
    return _show(locked, by)


def release_due() -> int:
    """Show every approved release whose hour has come; returns how many. Two at once do it once."""
    due = list(Release.objects.due().values_list("pk", flat=True))
    return sum(_let_out(pk) for pk in due)


@transaction.atomic
def _let_out(pk: int) -> bool:
    """Show one whose hour has come, unless somebody else is at it, or it must be held."""
    rows = Release.objects.due().filter(pk=pk)
    locked = rows.select_for_update(of=("self",), skip_locked=True).first()
    if locked is None:
        return False
    _lock_list(locked)
    if halt := halt_of(locked):
        move(locked, HALT, by=None, why=halt, **_stop(None, halt))
        tell_held(locked)
        return False
    _show(locked, None)
    return True


def _show(locked: Release, by: User | None) -> Release:
    """The one moment: what was answered before gives way, the list becomes visible, the letters are there."""
    listed = Decision.objects.filter(release=locked)
    move(locked, RELEASE, by=by, released_at=timezone.now())
    replaced = Decision.objects.filter(pk__in=list(listed.values_list("corrects", flat=True)))
    move_all(replaced, GIVE_WAY, by=by, is_current=False)
    move_all(listed, SHOW, by=by, is_current=True)
    announce(locked, listed.select_related("application__applicant", "application__cycle"))
    return locked


def hold_release(prepared: Release, *, by: User, why: str) -> Release:
    """Stop the clock; the list stays frozen, and a director resumes it."""
    return _stopped(prepared, HOLD, by, why)


@transaction.atomic
def cancel_release(prepared: Release, *, by: User, why: str) -> Release:
    """Unfreeze the list; nothing was shown to anybody."""
    _stopped(prepared, CANCEL, by, why)
    Decision.objects.filter(release=prepared).update(release=None)
    return prepared


def _stopped(prepared: Release, step: Move, by: User, why: str) -> Release:
    """Whoever stops a release says why."""
    if not why.strip():
        raise Refused(_("Say why: the others will read it."))
    return move(prepared, step, by=by, why=why, **_stop(by, why))


def _stop(by: User | None, why: str) -> dict[str, Any]:
    """The columns that a hold or a cancellation writes."""
    return {"stopped_by": by, "stopped_at": timezone.now(), "why_stopped": why}


def _locked(prepared: Release, by: User) -> Release:
    """The release's row, held until the end. Raises Refused for a person who may not release it."""
    locked = Release.objects.select_for_update(of=("self",)).get(pk=prepared.pk)
    if not releases(by, locked):
        # The same person twice is told from a stranger.
        if by.pk == locked.prepared_by_id:
            raise Refused(_("Another person must release what you prepared."))
        raise Refused(_("You may not do this."), forbidden=True)
    return locked


def _lock_list(locked: Release) -> None:
    """Hold the decisions of the list, and those that they replace: a reply to an offer waits, or came first."""
    listed = Decision.objects.filter(release=locked)
    ids = [pk for pair in listed.values_list("pk", "corrects") for pk in pair if pk]
    rows = Decision.objects.filter(pk__in=ids).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def _refuse_halted(halt: Halt | None) -> None:
    """Raise Refused when the list is not the one that was frozen."""
    words: dict[Halt, Callable[[], str]] = {
        Halt.CHANGED: lambda: _(
            "The list changed since it was prepared: cancel, then prepare it again."
        ),
        Halt.OBJECTION: lambda: _(
            "A correction can no longer be released as it is: cancel, then look at the corrections."
        ),
    }
    if halt:
        raise Refused(words[halt]())


def database_now() -> datetime:
    """This moment, and never later than the database's clock, which has the last word about the hour."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
    return min(timezone.now(), moment)
