"""What the coordination changes of an offer, for a reason that is kept: more time, another chance, a yes taken back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models.application import GONE
from audit.moves import Move, Refused, move, record
from followup.calls import TAKE_SEAT, hold, reply_end
from followup.ending import end_with_offer
from followup.letters import tell_extended, tell_reopened, tell_taken_back
from followup.models import Offer, Reply
from followup.offers import is_offer, offer_of
from followup.permissions import calls_people
from reviews.models import Decision


def _may(user: object, offer: Offer) -> bool:
    return calls_people(user)


REOPEN = Move("reopen_offer", (Reply.DECLINED, Reply.EXPIRED), Reply.OPEN, may=_may)
TAKE_BACK = Move("take_acceptance_back", (Reply.ACCEPTED,), Reply.DECLINED, may=_may)
MOVES = (REOPEN, TAKE_BACK)


@transaction.atomic
def reopen(
    decision: Decision,
    *,
    by: User,
    at: datetime,
    reply_on: date,
    why: str,
    beyond: bool = False,
) -> Offer:
    """Open an offer again that was declined or lapsed, with a new last day to reply; `beyond` the seats if need be.

    Asked twice alike, it is opened once. Raises Refused.
    """
    offer, free = _held(decision, by=by, why=why)
    end = reply_end(offer.decision.application.cycle, reply_on, at)
    if offer.status == Reply.OPEN and offer.opened_at and offer.reply_by == end:
        return offer
    if offer.status in REOPEN.sources and free < 1 and not beyond:
        raise Refused(_("No place of this program is free: say that you go beyond the seats."))
    move(
        offer,
        REOPEN,
        by=by,
        why=why,
        reply_by=end,
        replied_at=None,
        taken_back_at=None,
        reason="",
        opened_at=at,
        round=offer.round + 1,
    )
    record(TAKE_SEAT, offer, by=by, why=why, free=free)
    tell_reopened(offer)
    return offer


@transaction.atomic
def extend(decision: Decision, *, by: User, at: datetime, reply_on: date, why: str) -> Offer:
    """Give more time to reply to an offer that is open; asked twice alike, it is given once. Raises Refused."""
    offer, _free = _held(decision, by=by, why=why)
    end = reply_end(offer.decision.application.cycle, reply_on, at)
    if offer.status != Reply.OPEN:
        raise Refused(_("This can no longer be done: the file has changed since."))
    if end < offer.reply_by:
        raise Refused(_("Choose a later day than the one that the person was told."))
    if end > offer.reply_by:
        offer.reply_by = end
        offer.save(update_fields=["reply_by"])
        record("extend_offer", offer, by=by, why=why, until=end.isoformat())
        tell_extended(offer)
    return offer


@transaction.atomic
def take_acceptance_back(decision: Decision, *, by: User, at: datetime, why: str) -> Offer:
    """Make a no of a yes, as the person asked: the seat is free, and the file at UdeM ends. Raises Refused."""
    offer, _free = _held(decision, by=by, why=why)
    if offer.status == Reply.DECLINED and offer.taken_back_at:
        return offer
    move(offer, TAKE_BACK, by=by, why=why, taken_back_at=at, round=offer.round + 1)
    end_with_offer(offer.udem_file, by=by, why=why)
    tell_taken_back(offer)
    return offer


def _held(decision: Decision, *, by: User, why: str) -> tuple[Offer, int]:
    """The offer's row, made if need be and locked, and how many seats are free. Raises Refused."""
    locked, free = hold(decision, by=by)
    if not why.strip():
        raise Refused(_("Say why: the others will read it."))
    if not is_offer(locked):
        raise Refused(_("No place was offered by this answer."))
    if locked.application.status in GONE:
        raise Refused(_("The application was withdrawn, or closed as incomplete."))
    offer = offer_of(locked)
    if offer.pk is None:
        offer.save()
        return offer, free
    found = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    found.decision = locked
    return found, free
