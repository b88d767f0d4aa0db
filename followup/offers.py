"""What may happen to an offer, and the verbs that make it happen."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Status
from applications.models.application import GONE
from audit.moves import Move, Refused, move, move_all
from cycles.clock import day_of, end_of
from followup.ending import take_up_again
from followup.letters import confirm_acceptance, confirm_decline, tell_expired
from followup.models import Offer, Reply, UdemFile
from followup.permissions import is_timetable, owns_offer
from reviews.models import Decision, Outcome

# Of released answers, those that offer a place: an "accept", or a waitlist whose person was called.
OFFERING = Q(outcome=Outcome.ACCEPT) | Q(outcome=Outcome.WAITLIST, offer__called_at__isnull=False)
# A reply that reached us in time may still be on its way to the database when the last day ends.
PATIENCE = timedelta(minutes=15)


def what_blocks(offer: Offer) -> Iterator[str]:
    """Why this offer cannot be replied to, whatever the date."""
    if offer.decision.application.status == Status.WITHDRAWN:
        yield _("You withdrew this application.")
    if offer.decision.application.status == Status.CLOSED:
        yield _("This application was closed as incomplete.")


ACCEPT = Move(
    "accept_offer",
    (Reply.OPEN,),
    Reply.ACCEPTED,
    may=owns_offer,
    blocked_by=what_blocks,
    label=gettext_lazy("Accept the offer"),
)
DECLINE = Move(
    "decline_offer",
    (Reply.OPEN,),
    Reply.DECLINED,
    may=owns_offer,
    blocked_by=what_blocks,
    label=gettext_lazy("Decline the offer"),
)
LAPSE = Move("lapse_offer", (Reply.OPEN,), Reply.EXPIRED, may=is_timetable)
MOVES = (ACCEPT, DECLINE, LAPSE)


def offer_of(decision: Decision) -> Offer:
    """The offer of a released answer as it stands: its row, or an unsaved open one for an "accept" without a reply."""
    found: Offer | None = getattr(decision, "offer", None)
    return found or Offer(decision=decision, reply_by=reply_deadline(decision))


def reply_deadline(decision: Decision) -> datetime:
    """The end of the cycle's reply day in Montréal, in UTC."""
    return end_of(decision.application.cycle.reply_by)


@transaction.atomic
def accept(decision: Decision, *, by: User, at: datetime) -> Offer:
    """Say yes; asked twice, it is the same yes. `at` is when the request reached us. Raises Refused."""
    offer = _held(decision, by=by)
    if offer.status == Reply.ACCEPTED:
        return offer
    _in_time(offer, at)
    move(offer, ACCEPT, by=by, replied_at=at)
    _open_file(offer, by)
    confirm_acceptance(offer)
    return offer


def _open_file(offer: Offer, by: User) -> None:
    """The file at UdeM of a yes; the one of an earlier yes that was taken back goes on where it was."""
    program = offer.decision.program
    assert program is not None  # a constraint of `reviews`
    udem_file, made = UdemFile.objects.get_or_create(offer=offer, defaults={"program": program})
    if not made:
        take_up_again(udem_file, by=by)


@transaction.atomic
def decline(decision: Decision, *, by: User, at: datetime, reason: str = "") -> Offer:
    """Say no, with or without a reason; asked twice, it is the same no. Raises Refused."""
    offer = _held(decision, by=by)
    if offer.status == Reply.DECLINED:
        return offer
    _in_time(offer, at)
    move(offer, DECLINE, by=by, replied_at=at, reason=reason)
    confirm_decline(offer)
    return offer


def _held(decision: Decision, *, by: User) -> Offer:
    """The offer's row, made if need be, with the decision locked: replies of one person queue up here.

    Raises Refused when there is no released offer, or when it was made to someone else.
    """
    locked = (
        Decision.objects.select_for_update(of=("self", "application"))
        .select_related("application__applicant", "application__cycle", "program")
        .get(pk=decision.pk)
    )
    offer = offer_of(locked)
    if not owns_offer(by, offer) or not is_offer(locked):
        raise Refused(_("You may not do this."), forbidden=True)
    if offer.pk is None:
        offer.save()
    return offer


def is_offer(decision: Decision) -> bool:
    """Whether this is an answer that offers a place, and the applicant may know it."""
    released = decision.is_current and decision.status == Decision.Status.RELEASED
    if not released or decision.outcome == Outcome.DECLINE:
        return False
    return decision.outcome == Outcome.ACCEPT or offer_of(decision).is_call


def _in_time(offer: Offer, at: datetime) -> None:
    """Raise Refused when the request came after the last day to reply."""
    if offer.has_lapsed(at):
        raise Refused(
            _("The last day to reply has passed. Write to us if something kept you from it.")
        )


@transaction.atomic
def lapse_all(*, at: datetime) -> int:
    """Record as expired every offer whose last day passed without a reply, and say so; returns how many. Safe to run twice."""
    moment = at - PATIENCE
    silent = Decision.objects.filter(
        offer=None,
        is_current=True,
        status=Decision.Status.RELEASED,
        outcome=Outcome.ACCEPT,
        application__cycle__reply_by__lt=day_of(moment),
    ).exclude(application__status__in=GONE)
    held = silent.select_related("application__cycle").select_for_update(
        of=("self",), skip_locked=True
    )
    Offer.objects.bulk_create([offer_of(decision) for decision in held], ignore_conflicts=True)
    late = Offer.objects.filter(status=Reply.OPEN, reply_by__lt=moment)
    lapsed = [offer.pk for offer in move_all(late, LAPSE, by=None)]
    told = Offer.objects.filter(pk__in=lapsed).exclude(decision__application__status__in=GONE)
    tell_expired(
        told.select_related(
            "decision__application__applicant", "decision__application__cycle", "decision__program"
        )
    )
    return len(lapsed)
