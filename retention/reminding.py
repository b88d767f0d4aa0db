"""Listing what is due, and telling those who check the lists: at most once a week, and only while something waits."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from cycles.clock import day_of
from notifications import outbox
from retention import letters
from retention.lists import list_due
from retention.models import Disposal


def list_and_tell(*, at: datetime | None = None) -> int:
    """List what is due; how many letters were queued. Safe to run twice: `at` is now unless a test says otherwise."""
    at = at or timezone.now()
    list_due(at=at)
    return _tell(at)


@transaction.atomic
def _tell(at: datetime) -> int:
    """The letter of this week to everybody who may check a list, while one waits; no errand opens a transaction for a sweep."""
    waiting = Disposal.objects.filter(status__in=("listed", "checked")).order_by("pk")
    first = waiting.first()
    if first is None:
        return 0
    year, week, _day = day_of(at).isocalendar()
    people = User.objects.filter(roles__overlap=[Role.COORDINATOR, Role.DIRECTOR], is_active=True)
    return outbox.queue_all(
        letters.DISPOSAL_WAITING,
        [
            outbox.Addressed(
                address=person.email,
                language=person.language,
                about=first,
                key=f"{letters.DISPOSAL_WAITING.name}:{year}-{week}:{person.pk}",
                context=letters.context(waiting.count()),
            )
            for person in people
        ],
    )
