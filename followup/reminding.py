"""Reminders after the answer: of a reply that is awaited, and of the application to UdeM.

They leave in the morning of a Montréal day. A worker that slept sends only the latest, and none in the last hour.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from applications.models.application import GONE
from cycles.clock import at_hour, day_of, end_of
from cycles.models import Cycle
from followup.letters import OFFER_REMINDER, UDEM_REMINDER, address
from followup.models import Filing, Reply, UdemFile
from followup.offers import OFFERING, offer_of
from notifications.models import OutgoingEmail
from notifications.outbox import queue_all
from reviews.models import Decision

HOUR = 9
# So many days before the last day to reply, and before the safe date of UdeM; then on the official date.
REPLY_DAYS = (2, 0)
UDEM_DAYS = (7, 2, 0)
# Nobody is reminded on the heels of our answer, or of their own yes.
QUIET = timedelta(hours=12)
TOO_LATE = timedelta(hours=1)


def reply_moments(reply_by: datetime) -> list[datetime]:
    """When those who have not replied are reminded of a last day."""
    last = day_of(reply_by)
    return [at_hour(last - timedelta(days=days), HOUR) for days in REPLY_DAYS]


def udem_moments(cycle: Cycle) -> list[datetime]:
    """When those who have not reported their application to UdeM are reminded."""
    days = {cycle.udem_safe_on - timedelta(days=days) for days in UDEM_DAYS}
    return [at_hour(day, HOUR) for day in sorted(days | {cycle.udem_official_on})]


def latest(
    moments: Iterable[datetime], at: datetime, *, since: datetime, end: datetime
) -> datetime | None:
    """The last of these moments that has come; None when it came too soon after `since`, or the end is near."""
    slot = max((moment for moment in moments if moment <= at), default=None)
    if slot is None or at > end - TOO_LATE or since > slot - QUIET:
        return None
    return slot


def unanswered(at: datetime) -> QuerySet[Decision]:
    """The released offers without a reply whose last day is near."""
    today, ahead = day_of(at), timedelta(days=max(REPLY_DAYS))
    usual = Q(offer=None, application__cycle__reply_by__range=(today, today + ahead))
    own = Q(offer__status=Reply.OPEN, offer__reply_by__range=(at, end_of(today + ahead)))
    return (
        Decision.objects.filter(OFFERING, usual | own, is_current=True)
        .filter(status=Decision.Status.RELEASED, application__applicant__is_active=True)
        .exclude(application__status__in=GONE)
        .select_related(
            "application__cycle", "application__applicant", "program", "release", "offer"
        )
        .order_by("pk")
    )


def unfiled(at: datetime) -> QuerySet[UdemFile]:
    """The accepted people who have not reported an application to UdeM, and whose date is near."""
    today = day_of(at)
    return (
        UdemFile.objects.filter(status=Filing.TO_FILE, offer__status=Reply.ACCEPTED)
        .filter(
            offer__decision__application__applicant__is_active=True,
            offer__decision__application__cycle__udem_official_on__gte=today,
            offer__decision__application__cycle__udem_safe_on__lte=today
            + timedelta(days=max(UDEM_DAYS)),
        )
        .exclude(offer__decision__application__status__in=GONE)
        .select_related(
            "offer__decision__program",
            "offer__decision__application__cycle",
            "offer__decision__application__applicant",
        )
        .order_by("pk")
    )


def replies_owed(at: datetime) -> dict[int, str]:
    """The reminders of replies that are due then and not queued: the key of each by its decision."""
    keys = {}
    for decision in unanswered(at):
        offer, release = offer_of(decision), decision.release
        said = offer.told_at or (release.released_at if release else None)
        moments, end = reply_moments(offer.reply_by), offer.reply_by
        if said and (slot := latest(moments, at, since=said, end=end)):
            keys[decision.pk] = f"{OFFER_REMINDER.name}:{decision.pk}:{day_of(slot)}"
    return _not_queued(keys)


def udem_owed(at: datetime) -> dict[int, str]:
    """The same for applications to UdeM: by the file there."""
    keys = {}
    for udem_file in unfiled(at):
        cycle, said = udem_file.offer.decision.application.cycle, udem_file.offer.replied_at
        moments, end = udem_moments(cycle), end_of(cycle.udem_official_on)
        if said and (slot := latest(moments, at, since=said, end=end)):
            keys[udem_file.pk] = f"{UDEM_REMINDER.name}:{udem_file.pk}:{day_of(slot)}"
    return _not_queued(keys)


def _not_queued(keys: dict[int, str]) -> dict[int, str]:
    """Without the letters that the outbox has."""
    known = OutgoingEmail.objects.filter(key__in=keys.values()).values_list("key", flat=True)
    done = set(known)
    return {pk: key for pk, key in keys.items() if key not in done}


@transaction.atomic
def remind_of_replies(*, at: datetime) -> int:
    """Write to those whose offer waits for a reply; how many. Safe to run twice."""
    keys = replies_owed(at)
    # Whoever replies at this moment is left out: the reply, or the next run, settles it.
    rows = unanswered(at).filter(pk__in=keys).select_for_update(of=("self",), skip_locked=True)
    copies = [address(OFFER_REMINDER, offer_of(row), keys[row.pk]) for row in rows]
    return queue_all(OFFER_REMINDER, copies)


@transaction.atomic
def remind_of_udem(*, at: datetime) -> int:
    """Write to those who said yes and have not reported an application to UdeM; how many. Safe to run twice."""
    keys = udem_owed(at)
    rows = unfiled(at).filter(pk__in=keys).select_for_update(of=("self",), skip_locked=True)
    copies = [
        address(
            UDEM_REMINDER,
            row.offer,
            keys[row.pk],
            **udem_dates(row.offer.decision.application.cycle, at),
        )
        for row in rows
    ]
    return queue_all(UDEM_REMINDER, copies)


def udem_dates(cycle: Cycle, at: datetime) -> dict[str, Any]:
    """What the reminder says of dates: the safe one, or the official one once that has passed."""
    safe = end_of(cycle.udem_safe_on)
    if at <= safe:
        return {"limit": safe, "is_last": False}
    return {"limit": end_of(cycle.udem_official_on), "is_last": True}
