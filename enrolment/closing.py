"""The closing of a cycle: proposed by one person, confirmed by another; from then on its board is only read."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.moves import Move, Refused, move, record
from cycles.models import Cycle
from enrolment.models import Closing
from enrolment.permissions import cares, confirms_closing, proposes_closing, reopens
from enrolment.still_open import still_open

Status = Closing.Status
CONFIRM = Move(
    "confirm_closing",
    (Status.PROPOSED,),
    Status.CLOSED,
    may=confirms_closing,
    label=gettext_lazy("Close the cycle"),
)
WITHDRAW = Move(
    "withdraw_closing",
    (Status.PROPOSED,),
    Status.WITHDRAWN,
    may=proposes_closing,
    label=gettext_lazy("Take the proposal back"),
)
REOPEN = Move(
    "reopen_cycle",
    (Status.CLOSED,),
    Status.REOPENED,
    may=reopens,
    label=gettext_lazy("Take the cycle up again"),
)
MOVES = (CONFIRM, WITHDRAW, REOPEN)


def closing_of(cycle: Cycle) -> Closing | None:
    """What is proposed or closed now."""
    rows = Closing.objects.standing().filter(cycle=cycle)
    return rows.select_related("proposed_by", "confirmed_by").first()


def refuse_when_closed(*cycles: int) -> None:
    """Raise Refused when one of these cycles is closed: its board is only read. Held, so that nobody closes it meanwhile."""
    list(Cycle.objects.select_for_update(no_key=True).filter(pk__in=cycles).order_by("pk"))
    if Closing.objects.filter(cycle__in=cycles, status=Status.CLOSED).exists():
        raise Refused(_("This cycle is closed: take it up again first, with a reason."))


@transaction.atomic
def propose(cycle: Cycle, *, by: User) -> Closing:
    """Propose that a cycle is closed, with what is still open then; proposed twice, it is one proposal. Raises Refused."""
    if not cares(by):
        raise Refused(_("You may not do this."), forbidden=True)
    found = closing_of(cycle)
    if found is not None:
        return found
    counted = {row.key: row.count for row in still_open(cycle, by)}
    try:
        with transaction.atomic():
            made = Closing.objects.create(cycle=cycle, still_open=counted, proposed_by=by)
    except IntegrityError:
        return Closing.objects.standing().get(cycle=cycle)
    record("propose_closing", made, by=by, new=made.status)
    return made


@transaction.atomic
def confirm(closing: Closing, *, by: User) -> Closing:
    """Close the cycle. Raises Refused, for whoever proposed it above all."""
    list(Cycle.objects.select_for_update(no_key=True).filter(pk=closing.cycle_id))
    return move(closing, CONFIRM, by=by, confirmed_by=by, confirmed_at=timezone.now())


@transaction.atomic
def withdraw(closing: Closing, *, by: User) -> Closing:
    """Take the proposal back. Raises Refused."""
    return move(closing, WITHDRAW, by=by)


@transaction.atomic
def reopen(closing: Closing, *, why: str, by: User) -> Closing:
    """Take a closed cycle up again, with a reason. Raises Refused."""
    if not why.strip():
        raise Refused(_("Say why."))
    return move(closing, REOPEN, by=by, why=why.strip())
