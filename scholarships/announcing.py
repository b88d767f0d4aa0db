"""All the results of a cycle shown on one day, by two people, at one moment: the release of scholarships.

`prepared → approved → done`; until the moment anybody on either side may hold or cancel it. At the moment it is judged once
more. One announcement a round, all under one fingerprint: they move together or not at all.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import coordinates, directs
from answers.release import database_now
from audit.moves import Move, Refused, move_all, record
from cycles.models import Cycle
from scholarships.awarding import offer_all
from scholarships.frozen import (
    Halt,
    batch_of,
    fingerprint,
    halt_of,
    halt_of_list,
    obstacles,
    unanswered,
    waiting,
)
from scholarships.models import FROZEN, Announcement, Result
from scholarships.panels import manages
from scholarships.result_letters import announce, tell_held

Status = Announcement.Status
RUNNING_AGAIN = {"stopped_by": None, "stopped_at": None, "why_stopped": ""}


def is_second(user: User | None, announcement: Announcement) -> bool:
    """A director, on what somebody else prepared."""
    return directs(user) and user is not None and user.pk != announcement.prepared_by_id


APPROVE = Move(
    "approve_announcement",
    FROZEN,
    Status.APPROVED,
    may=is_second,
    label=gettext_lazy("Approve for this hour"),
)
HOLD = Move(
    "hold_announcement",
    (Status.PREPARED, Status.APPROVED),
    Status.HELD,
    may=lambda user, row: manages(user),
    label=gettext_lazy("Put on hold"),
)
HALT = Move(
    "halt_announcement", (Status.APPROVED,), Status.HELD, may=lambda user, row: user is None
)
CANCEL = Move(
    "cancel_announcement",
    FROZEN,
    Status.CANCELLED,
    may=lambda user, row: manages(user),
    label=gettext_lazy("Cancel"),
)
SHOW = Move(
    "announce",
    (Status.APPROVED,),
    Status.DONE,
    may=lambda user, row: user is None or is_second(user, row),
)
# SHOW has judged the person and the hour, once for all of these.
SHOW_RESULT = Move(
    "show_result",
    (Result.Status.APPROVED,),
    Result.Status.SHOWN,
    may=lambda user, result: True,
)


@transaction.atomic
def prepare(cycle: Cycle, *, by: User) -> list[Announcement]:
    """Freeze the approved results of every round that has closed. Raises Refused with the reasons."""
    if not coordinates(by):
        raise Refused(_("You may not do this."), forbidden=True)
    Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    if reasons := obstacles(cycle):
        raise Refused(_("These results cannot be shown yet."), reasons)
    rows = waiting(cycle).select_related("candidacy").order_by("pk")
    held = list(rows.select_for_update(of=("self",)))
    mark = fingerprint(waiting(cycle))
    frozen = []
    for number in sorted({row.candidacy.round_id for row in held}):
        of_it = [row.pk for row in held if row.candidacy.round_id == number]
        made = Announcement.objects.create(
            round_id=number, prepared_by=by, fingerprint=mark, size=len(of_it)
        )
        Result.objects.filter(pk__in=of_it).update(announcement=made)
        record("prepare_announcement", made, by=by, new=Status.PREPARED, size=len(of_it))
        frozen.append(made)
    return frozen


@transaction.atomic
def approve(cycle: Cycle, *, by: User, at: datetime) -> None:
    """Have it happen by itself at an hour; asked again, at another hour; what was on hold goes on."""
    batch = _held(cycle, by)
    _refuse_halted(halt_of_list(cycle, batch))
    if at <= database_now():
        raise Refused(_("This hour has passed: choose a later one, or show the results at once."))
    _approve(cycle, by, at)


def _approve(cycle: Cycle, by: User, at: datetime) -> None:
    now = timezone.now()
    changes = {"approved_by": by, "approved_at": now, "due_at": at, **RUNNING_AGAIN}
    move_all(batch_of(cycle), APPROVE, by=by, why=f"{at:%Y-%m-%d %H:%M %Z}", **changes)


@transaction.atomic
def show(cycle: Cycle, *, by: User) -> int:
    """Approve it, and show every result at once; how many. Asked twice, the second time is refused: nothing is frozen."""
    batch = _held(cycle, by)
    _refuse_halted(halt_of_list(cycle, batch))
    if unanswered(batch):
        raise Refused(_("The admission’s answers are not out yet: aid is never shown before them."))
    _approve(cycle, by, database_now())
    return _show(cycle, by)


def show_due() -> int:
    """Show the results whose hour has come, once the admission’s answers are out; how many. Two at once do it once."""
    cycles = Cycle.objects.filter(scholarship_rounds__announcements__in=Announcement.objects.due())
    return sum(_let_out(cycle) for cycle in cycles.distinct())


@transaction.atomic
def _let_out(cycle: Cycle) -> int:
    """Those of one cycle, unless somebody else is at it, it waits for the admission, or it must be held."""
    due = Announcement.objects.due().filter(round__cycle=cycle)
    rows = due.select_for_update(of=("self",), skip_locked=True)
    batch = list(rows.select_related("round", "approved_by").order_by("pk"))
    if not batch or unanswered(batch):
        return 0
    _lock_list(batch)
    if halt := halt_of(cycle, batch):
        ids = Announcement.objects.filter(pk__in=[one.pk for one in batch])
        moment = timezone.now()
        tell_held(move_all(ids, HALT, by=None, why=halt, why_stopped=halt, stopped_at=moment))
        return 0
    return _show(cycle, None)


def _show(cycle: Cycle, by: User | None) -> int:
    """The one moment: every result becomes visible, the awards are offered, the letters are there."""
    now = timezone.now()
    done = move_all(batch_of(cycle), SHOW, by=by, shown_at=now)
    listed = Result.objects.filter(announcement__in=[one.pk for one in done])
    listed = listed.select_related("candidacy__round", "candidacy__application__applicant")
    move_all(listed, SHOW_RESULT, by=by)
    offer_all(list(listed.filter(outcome=Result.Outcome.AWARDED).order_by("pk")), by=by, at=now)
    announce(cycle, done, listed)
    return sum(one.size for one in done)


@transaction.atomic
def hold(cycle: Cycle, *, why: str, by: User) -> None:
    """Stop the clock; the lists stay frozen, and a director lets them go on."""
    _stop(cycle, HOLD, why, by)


@transaction.atomic
def cancel(cycle: Cycle, *, why: str, by: User) -> None:
    """Unfreeze the lists; nothing was shown to anybody."""
    ids = _stop(cycle, CANCEL, why, by)
    Result.objects.filter(announcement__in=ids).update(announcement=None)


def _stop(cycle: Cycle, step: Move, why: str, by: User) -> list[int]:
    """Whoever stops it says why."""
    if not why.strip():
        raise Refused(_("Say why: the others will read it."))
    changes = {"stopped_by": by, "stopped_at": timezone.now(), "why_stopped": why.strip()}
    stopped = move_all(batch_of(cycle), step, by=by, why=why.strip(), **changes)
    if not stopped:
        raise Refused(_("No list of results is frozen."))
    return [one.pk for one in stopped]


def _held(cycle: Cycle, by: User) -> list[Announcement]:
    """The frozen lists, held until the end. Raises Refused for a person who may not show them."""
    rows = batch_of(cycle).select_related("round", "approved_by")
    batch = list(rows.select_for_update(of=("self",)))
    if not directs(by):
        raise Refused(_("You may not do this."), forbidden=True)
    if not batch:
        raise Refused(_("No list of results is frozen."))
    if any(one.prepared_by_id == by.pk for one in batch):
        raise Refused(_("Whoever prepared the results does not approve them."))
    _lock_list(batch)
    return batch


def _lock_list(batch: list[Announcement]) -> None:
    """Hold the results and the applications of the list: a withdrawal waits, or came first."""
    rows = Result.objects.filter(announcement__in=batch).order_by("pk")
    list(rows.select_for_update(of=("self", "candidacy")).select_related("candidacy"))


def _refuse_halted(halt: Halt | None) -> None:
    """Raise Refused when the list is not the one that was frozen."""
    if halt:
        raise Refused(
            _("%(what)s Cancel, then prepare it again.") % {"what": Halt(halt).label},
        )
