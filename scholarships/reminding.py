"""Reminders of awards that wait for a reply: in the morning two days before its last moment, and on its day."""

from datetime import datetime, timedelta

from django.db import transaction

from cycles.clock import day_of, end_of
from followup.reminding import REPLY_DAYS, latest, reply_moments
from notifications.models import OutgoingEmail
from notifications.outbox import queue_all
from scholarships.award_letters import AWARD_REMINDER, address
from scholarships.models import Award
from scholarships.models.award import AwardQuerySet


def unanswered(at: datetime) -> AwardQuerySet:
    """The awards that wait for a reply whose last moment is near."""
    ahead = end_of(day_of(at) + timedelta(days=max(REPLY_DAYS)))
    return (
        Award.objects.filter(status=Award.Status.OFFERED, reply_by__range=(at, ahead))
        .filter(candidacy__application__applicant__is_active=True)
        .select_related("candidacy__round__cycle", "candidacy__application__applicant")
        .order_by("pk")
    )


def owed(at: datetime) -> dict[int, str]:
    """The reminders that are due then and not queued: the key of each by its award."""
    keys = {}
    for award in unanswered(at):
        slot = latest(reply_moments(award.reply_by), at, since=award.offered_at, end=award.reply_by)
        if slot:
            turn = int(award.offered_at.timestamp())
            keys[award.pk] = f"{AWARD_REMINDER.name}:{award.pk}:{turn}:{day_of(slot)}"
    known = OutgoingEmail.objects.filter(key__in=keys.values()).values_list("key", flat=True)
    done = set(known)
    return {pk: key for pk, key in keys.items() if key not in done}


@transaction.atomic
def remind_of_awards(*, at: datetime) -> int:
    """Write to those whose award waits for a reply; how many. Safe to run twice."""
    keys = owed(at)
    rows = unanswered(at).filter(pk__in=keys).select_for_update(of=("self",), skip_locked=True)
    copies = [address(AWARD_REMINDER, award, keys[award.pk]) for award in rows]
    return queue_all(AWARD_REMINDER, copies)
