"""What becomes of a step of permits: as the person reports it, and as the office puts it right with a reason.

We ask for days, never for the number or a copy of a permit.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from applications.models import Application
from audit.moves import Move, Refused, move, record
from permits import days
from permits.days import Said
from permits.facts import Facts, facts_of
from permits.models import GATHERED, GATHERED_STATES, Kind, PermitStep, State
from permits.permissions import owns_step, puts_right

OPEN = (State.TO_DO, State.READY)
# From where the person may report each state. Back to the beginning is how a mistake is taken back.
SOURCES: dict[State, tuple[str, ...]] = {
    State.TO_DO: tuple(state for state in State if state != State.TO_DO),
    State.READY: (State.TO_DO, State.NOT_NEEDED),
    State.ASKED: (*OPEN, State.MORE, State.REFUSED, State.NOT_NEEDED),
    State.MORE: (State.ASKED,),
    State.OBTAINED: (*OPEN, State.ASKED, State.MORE, State.NOT_NEEDED),
    State.REFUSED: (State.ASKED, State.MORE),
    State.NOT_NEEDED: (*OPEN, State.ASKED, State.MORE, State.REFUSED),
}
LABELS = {
    State.TO_DO: pgettext_lazy("permit", "Take it back: not begun"),
    State.READY: pgettext_lazy("permit", "It is ready"),
    State.ASKED: pgettext_lazy("permit", "I asked for it"),
    State.MORE: pgettext_lazy("permit", "More is asked of me"),
    State.OBTAINED: pgettext_lazy("permit", "I obtained it"),
    State.REFUSED: pgettext_lazy("permit", "It was refused"),
    State.NOT_NEEDED: pgettext_lazy("permit", "I do not need it"),
}
REPORTS = {
    to: Move(f"report_permit_{to}", sources, to, may=owns_step, label=LABELS[to])
    for to, sources in SOURCES.items()
}
RECORDS = {
    to: Move(f"put_permit_right_{to}", tuple(State.values), to, may=puts_right, label=to.label)
    for to in State
}
MOVES = (*REPORTS.values(), *RECORDS.values())
CORRECT = "correct_permit"


@transaction.atomic
def report(
    application: Application, kind: Kind, to: State, said: Said, *, by: User, at: datetime
) -> PermitStep:
    """The person says how far a step is; said twice alike, it is said once. Raises Refused."""
    held = _held(application, kind)
    if not owns_step(by, held):
        raise Refused(_("You may not do this."), forbidden=True)
    values = _possible(application, held, to, said, at)
    if held.status == to:
        return _corrected(held, values, by=by)
    return move(held, REPORTS[to], by=by, said_at=timezone.now(), **values)


@transaction.atomic
def put_right(
    application: Application, kind: Kind, to: State, said: Said, *, by: User, why: str, at: datetime
) -> PermitStep:
    """A coordinator writes what a step really is, for a reason that is kept. Raises Refused."""
    held = _held(application, kind)
    if not puts_right(by, held):
        raise Refused(_("You may not do this."), forbidden=True)
    if not why.strip():
        raise Refused(_("Say why."))
    values = _possible(application, held, to, said, at)
    return move(held, RECORDS[to], by=by, why=why, said_at=timezone.now(), **values)


def reports_from(kind: Kind, state: State) -> list[State]:
    """What the person may report of a step that is in this state, in order."""
    return [
        to
        for to, sources in SOURCES.items()
        if state in sources and (kind not in GATHERED or to in GATHERED_STATES)
    ]


def _possible(
    application: Application, held: PermitStep, to: State, said: Said, at: datetime
) -> dict[str, Any]:
    """The columns of the step afterwards. Raises Refused where it is not a step of this person, or cannot be true."""
    kind, facts = Kind(held.kind), _facts(application)
    if kind not in facts.kinds or (kind in GATHERED and to not in GATHERED_STATES):
        raise Refused(_("This is not one of the steps to take."))
    values = days.columns(held, to, said)
    if sentences := days.wrong(to, values, at=at):
        raise Refused(_("This cannot be recorded."), list(sentences.values()))
    return values


def _corrected(held: PermitStep, values: dict[str, Any], *, by: User) -> PermitStep:
    """The same state with other days; nothing at all when they are the same."""
    changed = [name for name, value in values.items() if getattr(held, name) != value]
    if changed:
        for name in changed:
            setattr(held, name, values[name])
        held.save(update_fields=changed)
        record(CORRECT, held, by=by)
    return held


def _facts(application: Application) -> Facts:
    return facts_of([application])[application.pk]


def _held(application: Application, kind: Kind) -> PermitStep:
    """The row, made where it is the first time that somebody speaks of it, locked and fresh, and its file with it."""
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    PermitStep.objects.get_or_create(application=application, kind=kind)
    return (
        PermitStep.objects.select_for_update(of=("self",))
        .select_related("application")
        .get(application=application, kind=kind)
    )
