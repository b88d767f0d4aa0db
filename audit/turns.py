"""Doing the timetable's errands: each turn once, what came of it written down; and pausing one."""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import ErrandState, Slot
from audit.moves import Refused, record
from audit.timetable import Errand

logger = logging.getLogger(__name__)

# A sweep comes round every few seconds: what it did is written, that it did nothing only so often.
QUIET = timedelta(minutes=1)
KEPT_FOR = timedelta(days=14)
PAUSED, RESUMED = "pause errand", "resume errand"


def run(errand: Errand, *, at: datetime | None = None) -> int:
    """Do what an errand has to do at this moment, unless it is paused; how much it did.

    `at` is now unless a test says otherwise. Raises what the verb raises, once that is written down.
    """
    state, _made = ErrandState.objects.get_or_create(name=errand.name)
    if state.paused_at:
        return 0
    began = timezone.now()
    try:
        did = _turn(errand, at) if errand.by_turns else errand.verb() or 0
    except Exception as error:
        _failed(errand, type(error).__name__)
        raise
    if did is not None:
        _went(state, began, did)
    return did or 0


def _turn(errand: Errand, at: datetime | None) -> int | None:
    """The work of one turn and the note that it is done, in one transaction; None when it is not ours to do.

    Whoever dies on the way leaves nothing: neither the letters nor the note. The turn is then taken again, or the next
    one does its work.
    """
    # The database's clock: two workers whose own disagree still mean the same turn.
    moment = at or _clock()
    key = {"errand": errand.name, "turn": errand.turn_of(moment)}
    Slot.objects.bulk_create([Slot(**key)], ignore_conflicts=True)
    with transaction.atomic():
        # Locked: somebody is at it. Ended: it is done. Begun by one who vanished: ours.
        free = Slot.objects.select_for_update(skip_locked=True).filter(ended_at=None, **key)
        slot = free.first()
        if slot is None:
            return None
        slot.did = errand.verb(at=moment) or 0
        slot.ended_at, slot.error = _clock(), ""
        slot.save(update_fields=["did", "ended_at", "error"])
    return slot.did


def _clock() -> datetime:
    """What the database's clock shows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
    return moment


def _went(state: ErrandState, began: datetime, did: int) -> None:
    """Write that a run ended well, where there is something to say."""
    now = timezone.now()
    if not (did or state.ended_at is None or state.fails or now - state.ended_at >= QUIET):
        return
    today = timezone.localdate(now)
    so_far = Case(When(day=today, then=F("did_today")), default=Value(0))
    fresh: dict[str, Any] = {"began_at": began, "ended_at": now, "day": today}
    if did:
        fresh |= {"did": did, "did_at": now}
    ErrandState.objects.filter(pk=state.pk).update(did_today=so_far + did, **fresh)


def _failed(errand: Errand, error: str) -> None:
    """Write that a run came to nothing: the kind of error, never its words, which could quote somebody."""
    logger.warning("The errand %s failed: %s", errand.name, error)
    # Where the database itself is away, there is nowhere to write it.
    with suppress(DatabaseError), transaction.atomic():
        fresh = {"error": error[:100], "failed_at": timezone.now()}
        ErrandState.objects.filter(name=errand.name).update(**fresh)
        undone = Slot.objects.filter(errand=errand.name, ended_at=None)
        if newest := undone.order_by("-turn").first():
            Slot.objects.filter(pk=newest.pk).update(error=error[:100])


def forget() -> int:
    """Forget the turns of two weeks ago and before; how many."""
    return Slot.objects.filter(turn__lt=timezone.now() - KEPT_FOR).delete()[0]


@transaction.atomic
def pause(errand: Errand, *, why: str, by: Any) -> ErrandState:
    """Let an errand rest until it is resumed, for a reason that is kept. Raises Refused."""
    state = _held(errand, by=by)
    if not errand.may_pause:
        raise Refused(_("This errand cannot be paused: the product does not work without it."))
    if state.paused_at:
        raise Refused(_("This errand is paused already."))
    if not why.strip():
        raise Refused(_("Say why: whoever reads this page will want to know."))
    state.paused_at, state.paused_why = timezone.now(), why.strip()[:500]
    state.save(update_fields=["paused_at", "paused_why"])
    record(PAUSED, state, by=by, why=state.paused_why)
    return state


@transaction.atomic
def resume(errand: Errand, *, by: Any) -> ErrandState:
    """Let an errand come round again. Raises Refused."""
    state = _held(errand, by=by)
    if not state.paused_at:
        raise Refused(_("This errand is not paused."))
    state.paused_at, state.paused_why = None, ""
    state.save(update_fields=["paused_at", "paused_why"])
    record(RESUMED, state, by=by)
    return state


def may_pause(by: Any) -> bool:
    """Administrators pause and resume."""
    return by is not None and by.has("administrator")


def _held(errand: Errand, *, by: Any) -> ErrandState:
    """The row of an errand, locked, for whoever may pause it."""
    if not may_pause(by):
        raise Refused(_("You may not do this."), forbidden=True)
    state, _made = ErrandState.objects.select_for_update().get_or_create(name=errand.name)
    return state
