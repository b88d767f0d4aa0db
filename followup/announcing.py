"""What the timetable says of waitlists: that one has ended, to those never called; that places are free, to coordinators."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Role, User
from cycles.clock import at_hour, day_of, end_of
from cycles.models import Cycle
from followup.calls import calls_by_itself
from followup.letters import SEATS_FREE, WAITLIST_ENDED, address
from followup.models import Offer
from followup.seats import to_call, to_fill
from notifications.models import OutgoingEmail
from notifications.outbox import Addressed, queue_all
from reviews.models import Decision

HOUR = 9
# A worker that slept longer than that writes no more of an end.
STALE = timedelta(days=7)


def ended(at: datetime) -> QuerySet[Cycle]:
    """The cycles whose waitlist ended lately, from the next morning on."""
    morning = day_of(at) if at >= at_hour(day_of(at), HOUR) else day_of(at) - timedelta(days=1)
    return Cycle.objects.published().filter(
        waitlist_ends_on__lt=morning, waitlist_ends_on__gte=morning - STALE
    )


def end_moment(cycle: Cycle) -> datetime:
    """When those who were never called are told."""
    return at_hour(cycle.waitlist_ends_on + timedelta(days=1), HOUR)


def uncalled(at: datetime) -> dict[int, str]:
    """Those who are to be told that a waitlist ended: the key of each letter by the answer."""
    keys = {
        decision.pk: f"{WAITLIST_ENDED.name}:{decision.pk}"
        for cycle in ended(at)
        for decision in to_call(cycle)
    }
    known = OutgoingEmail.objects.filter(key__in=keys.values()).values_list("key", flat=True)
    done = set(known)
    return {pk: key for pk, key in keys.items() if key not in done}


def farewell(decision: Decision, key: str = "") -> Addressed:
    """The letter to one of them; the offer that it knows was never made."""
    never = Offer(decision=decision, reply_by=end_of(decision.application.cycle.waitlist_ends_on))
    return address(WAITLIST_ENDED, never, key)


@transaction.atomic
def end_waitlists(*, at: datetime) -> int:
    """Tell those who were never called that the waitlist has ended; how many. Safe to run twice."""
    keys = uncalled(at)
    rows = Decision.objects.filter(pk__in=keys).order_by("pk")
    held = rows.select_related("application__applicant", "application__cycle", "program")
    copies = [
        farewell(row, keys[row.pk])
        for row in held.select_for_update(of=("self",), skip_locked=True)
    ]
    return queue_all(WAITLIST_ENDED, copies)


def lines(at: datetime) -> list[dict[str, Any]]:
    """The programs with a free seat that somebody has to call for."""
    cycles = Cycle.objects.published().filter(waitlist_ends_on__gte=day_of(at))
    return [
        {"cycle": cycle, "program": seats.program, "free": seats.free}
        for cycle in cycles.select_related("call_rules").order_by("opens_at")
        if not calls_by_itself(cycle, at)
        for seats in to_fill(cycle)
    ]


@transaction.atomic
def tell_free_seats(*, at: datetime) -> int:
    """Tell the coordinators of places that are free and not called for, once a day at most; how many. Safe to run twice."""
    today = day_of(at)
    if at < at_hour(today, HOUR) or not (free := lines(at)):
        return 0
    people = User.objects.filter(roles__contains=[Role.COORDINATOR], is_active=True).order_by("pk")
    keys = {person.pk: f"{SEATS_FREE.name}:{today}:{person.pk}" for person in people}
    known = set(OutgoingEmail.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    copies = [
        Addressed(
            address=person.email,
            language=person.language,
            about=free[0]["cycle"],
            key=keys[person.pk],
            context={"lines": free},
        )
        for person in people
        if keys[person.pk] not in known
    ]
    return queue_all(SEATS_FREE, copies)
