"""Calling people from the released waitlist: one at a time, in its order, for a seat that is free.

Whoever calls holds the waitlist of the program meanwhile, so that two who call at once call one person for one seat.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.letters import WITHDRAWN
from applications.models import Application
from applications.models.application import FILED
from audit.moves import Refused, record
from cycles.clock import day_of, end_of
from cycles.models import Cycle, Program
from followup.letters import (
    ACCEPTANCE_TAKEN_BACK,
    OFFER_DECLINED,
    OFFER_EXPIRED,
    OFFER_REOPENED,
    WAITLIST_CALLED,
    tell_called,
)
from followup.models import CallRules, Offer, rules_of
from followup.permissions import calls_people
from followup.seats import next_of, of_program
from notifications.models import OutgoingEmail
from reviews.assignment import refuse_conflicted
from reviews.decisions import UNRELEASED, hold_waitlist
from reviews.models import Decision, Outcome

ON_ITS_WAY = (
    OutgoingEmail.Status.HELD,
    OutgoingEmail.Status.PENDING,
    OutgoingEmail.Status.SENDING,
)
ABOUT_A_SEAT = (
    *(WAITLIST_CALLED, OFFER_REOPENED, OFFER_DECLINED, OFFER_EXPIRED),
    *(ACCEPTANCE_TAKEN_BACK, WITHDRAWN),
)
# What the trail says of a seat that is taken by a call, or by an offer that is opened again.
TAKE_SEAT = "take_seat"
FILE = Application._meta.label_lower


def usual_reply_by(cycle: Cycle, at: datetime) -> datetime:
    """Until when a person called at this moment replies: the cycle's days, and not beyond the waitlist while it lasts."""
    usual, end = _days_later(cycle, at), end_of(cycle.waitlist_ends_on)
    return min(usual, end) if at <= end else usual


def _days_later(cycle: Cycle, at: datetime) -> datetime:
    return end_of(day_of(at) + timedelta(days=rules_of(cycle).reply_days))


def reply_end(cycle: Cycle, reply_on: date, at: datetime) -> datetime:
    """The end of that day in Montréal. Raises Refused for a day that has passed, or once studies have begun."""
    end = end_of(reply_on)
    if end <= at:
        raise Refused(_("This day has passed: choose a later one."))
    if reply_on >= cycle.starts_on:
        raise Refused(_("Studies have begun by then: choose an earlier day."))
    return end


@transaction.atomic
def call(
    decision: Decision,
    *,
    by: User | None,
    at: datetime,
    reply_on: date | None = None,
    why: str = "",
) -> Offer:
    """Offer a place to somebody on the waitlist; asked twice, by whomever, it is one call. Raises Refused.

    `by` is nobody where the cycle calls by itself. `why` is needed for what is out of the ordinary: see `unusual`.
    """
    locked, free = hold(decision, by=by)
    offer: Offer | None = getattr(locked, "offer", None)
    if offer is not None and offer.is_call:
        return offer
    if reasons := list(what_blocks(locked)):
        raise Refused(_("This person cannot be called."), reasons)
    cycle = locked.application.cycle
    end = reply_end(cycle, reply_on, at) if reply_on else usual_reply_by(cycle, at)
    odd = list(unusual(locked, free, end))
    if odd and not why.strip():
        raise Refused(_("Say why: the others will read it."), odd)
    offer = Offer.objects.create(decision=locked, reply_by=end, called_at=at, called_by=by)
    record("call_from_waitlist", offer, by=by, new=offer.status, why=why)
    record(TAKE_SEAT, offer, by=by, why=why, free=free)
    tell_called(offer)
    return offer


def hold(decision: Decision, *, by: User | None) -> tuple[Decision, int]:
    """The answer, fresh, with the waitlist of its program held, and how many seats are free. Raises Refused."""
    if by is not None:
        if not calls_people(by):
            raise Refused(_("You may not do this."), forbidden=True)
        refuse_conflicted(by, [decision.application_id])
    program, cycle = decision.program, decision.application.cycle
    if program is None:
        raise Refused(_("This file is not on a waitlist."))
    hold_waitlist(cycle.pk, program)
    locked = (
        Decision.objects.select_for_update(of=("self", "application"))
        .select_related(
            "application__applicant", "application__cycle__call_rules", "program", "offer"
        )
        .get(pk=decision.pk)
    )
    return locked, of_program(cycle, program).free


def what_blocks(decision: Decision) -> Iterator[str]:
    """Why this person cannot be called, whatever the reason."""
    released = decision.is_current and decision.status == Decision.Status.RELEASED
    if not released or decision.outcome != Outcome.WAITLIST:
        yield _("This file is not on a waitlist.")
    if decision.application.status not in FILED:
        yield _("The application was withdrawn, or closed as incomplete.")
    if decision.corrections.filter(status__in=UNRELEASED).exists():
        yield _("A correction of this answer is already on its way.")


def unusual(decision: Decision, free: int, reply_by: datetime) -> Iterator[str]:
    """What a coordinator must give a reason for."""
    cycle, program = decision.application.cycle, decision.program
    assert program is not None  # a constraint of `reviews`
    if free < 1:
        yield _("No place of this program is free.")
    if next_of(cycle, program) != decision:
        yield _("Somebody stands before this person on the waitlist.")
    if reply_by > end_of(cycle.waitlist_ends_on):
        yield _("The reply would come after the end of the waitlist.")


@transaction.atomic
def call_by_itself(*, at: datetime) -> int:
    """Where the cycle says so, call the next for each free seat; how many were called. Safe to run twice."""
    rules = CallRules.objects.filter(is_automatic=True, cycle__is_published=True)
    called = 0
    for row in rules.select_related("cycle__call_rules").order_by("cycle"):
        if calls_by_itself(row.cycle, at):
            for program in row.cycle.programs.order_by("position", "pk"):
                called += _call_for(row.cycle, program, at)
    return called


def calls_by_itself(cycle: Cycle, at: datetime) -> bool:
    """Whether the next is called without anybody: while the usual days to reply end before the waitlist does."""
    in_time = _days_later(cycle, at) <= end_of(cycle.waitlist_ends_on)
    return rules_of(cycle).is_automatic and in_time


def _call_for(cycle: Cycle, program: Program, at: datetime) -> int:
    """The calls of one program, unless a letter about one of its seats has not left yet."""
    hold_waitlist(cycle.pk, program)
    if _letters_wait(cycle, program):
        return 0
    called = 0
    for _seat in range(of_program(cycle, program).free):
        if (following := next_of(cycle, program)) is None:
            break
        call(following, by=None, at=at)
        called += 1
    return called


def _letters_wait(cycle: Cycle, program: Program) -> bool:
    """Whether what was said of a seat of this program is still on its way."""
    waiting = OutgoingEmail.objects.filter(
        letter__in=[letter.name for letter in ABOUT_A_SEAT], status__in=ON_ITS_WAY
    )
    told = waiting.filter(about__startswith=f"{FILE}:").values_list("about", flat=True)
    files = [int(subject.partition(":")[2]) for subject in set(told)]
    here = Decision.objects.released().filter(program=program, application__cycle=cycle)
    return bool(files) and here.filter(application__in=files).exists()
