"""Reminders to those whose draft is not submitted: 7 days, 48 hours and 12 hours before it closes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Greatest

from applications.completeness import LOOKS_AT, missing
from applications.letters import remind
from applications.models import Application, Status
from applications.models.application import EDITABLE
from applications.prerequisites import asked_courses
from audit.models import AuditEntry, subject_of
from notifications.models import OutgoingEmail

SLOTS = (timedelta(days=7), timedelta(hours=48), timedelta(hours=12))
MOST_AT_ONCE = 1000


def slot_at(closes: datetime, at: datetime) -> timedelta | None:
    """The latest reminder that is due, for a file that closes then; None before the first and from the close on."""
    due = [slot for slot in SLOTS if closes - slot <= at]
    return min(due, default=None) if at < closes else None


def key_of(application: Application, slot: timedelta) -> str:
    """One letter for each file, close and slot: a close that is moved has reminders of its own."""
    hours = slot // timedelta(hours=1)
    return f"reminder:{application.pk}:{application.closes_at:%Y%m%dT%H%M}:{hours}h"


def unsubmitted(at: datetime) -> QuerySet[Application]:
    """What is not submitted and closes within the first slot: drafts, and reopened files that were changed."""
    changed = Q(status=Status.REOPENED, revision__gt=F("last_revision") + 1)
    return (
        Application.objects.filter(status__in=EDITABLE, applicant__is_active=True)
        .filter(cycle__is_published=True, cycle__opens_at__lte=at)
        .annotate(closes=Greatest("cycle__closes_at", "late_until"))
        .filter(closes__gt=at, closes__lte=at + max(SLOTS))
        .annotate(last_revision=Max("submissions__revision"))
        .filter(Q(status=Status.DRAFT) | changed)
    )


def owed(at: datetime) -> dict[int, str]:
    """The reminders that are due then and not queued: the key of each by its file."""
    keys = _keys_due(at)
    sent = OutgoingEmail.objects.filter(key__in=keys.values()).values_list("key", flat=True)
    done = set(sent)
    return {pk: key for pk, key in keys.items() if key not in done}


@transaction.atomic
def remind_all(*, at: datetime) -> int:
    """Queue the reminders that are due, each once; how many. A thousand at most: the next run does the rest."""
    keys = owed(at)
    wanted = list(keys)[:MOST_AT_ONCE]
    # Whoever is submitting at this moment is left out, and asked again only if it came to nothing.
    rows = list(
        Application.objects.filter(pk__in=wanted, status__in=EDITABLE)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("cycle", "applicant")
        .order_by("pk")
    )
    return remind((row, keys[row.pk], lacks) for row, lacks in with_lacks(rows))


def with_lacks(rows: list[Application]) -> Iterator[tuple[Application, int]]:
    """Each draft with how many things it lacks, in a number of queries that does not grow."""
    prefetch_related_objects(rows, *LOOKS_AT)
    courses = asked_courses() if rows else []
    return ((row, len(missing(row, courses))) for row in rows)


def _keys_due(at: datetime) -> dict[int, str]:
    """The key of the reminder that is due now, for each file that should get it."""
    light = ("status", "created_at", "saved_at", "late_until", "cycle")
    rows = list(unsubmitted(at).prefetch_related("cycle").only(*light).order_by("pk"))
    passes = _passes_given([row for row in rows if row.late_until])
    keys = {}
    for row in rows:
        slot = slot_at(row.closes_at, at)
        since = row.saved_at if row.status == Status.REOPENED else row.created_at
        since = max(since, passes.get(subject_of(row), since))
        # Whoever began, or got a late pass, after the slot has just read when it closes.
        if slot and since <= row.closes_at - slot:
            keys[row.pk] = key_of(row, slot)
    return keys


def _passes_given(late: list[Application]) -> dict[str, datetime]:
    """When each of these files was last given its late pass."""
    entries = AuditEntry.objects.about(*late).filter(verb="give_late_pass")
    return dict(entries.values_list("subject", "at"))
