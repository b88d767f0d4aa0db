"""Which dossiers are to be bound, or bound again: found in the database, at a cost that does not grow.

Nobody tells this app that a letter arrived. Each run looks at a bounded number of files: those that the end of the
trail speaks of, those bound while a piece was still being checked, and the next slice of all, so that whatever the
first two miss is found at the latest when the slices have gone around.
"""

import functools
from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from applications.models import Application
from applications.opening import OPENED
from audit.models import AuditEntry
from cycles.clock import day_of
from dossiers.models import Edition
from dossiers.pieces import Parts, basis_of, marks_of, parts_of
from dossiers.reading import is_read
from dossiers.redacting import UNSCANNED

# The trail is read again from before its end, as what was written first may be seen last.
END_OF_TRAIL = 300
UNSETTLED = 100
SLICE = 400
CURSOR = "dossiers:noticed"
State = Edition.State
Wanted = dict[tuple[int, bool], str]


def needing() -> QuerySet[Application]:
    """The filed applications whose dossier somebody needs: the cycle has closed, or somebody reads the file already.

    Until the cycle's last day; nobody reads it afterwards.
    """
    now = timezone.now()
    closed = Q(cycle__closes_at__lt=now) & (Q(late_until=None) | Q(late_until__lt=now))
    rows = Application.objects.filter(cycle__waitlist_ends_on__gte=day_of(now))
    return rows.filter(closed | is_read()).filed()


def notice() -> int:
    """Write down what is to be bound; how many."""
    unsettled = Edition.objects.unsettled().values_list("submission__application_id", flat=True)
    return look([*lately(), *unsettled[:UNSETTLED], *following()])


def lately() -> set[int]:
    """The applications that the end of the trail speaks of, by whatever belongs to them."""
    entries = AuditEntry.objects.exclude(verb=OPENED).order_by("-pk")[:END_OF_TRAIL]
    spoken = defaultdict[str, set[int]](set)
    for subject in entries.values_list("subject", flat=True):
        label, _colon, pk = subject.partition(":")
        if pk.isdigit():
            spoken[label].add(int(pk))
    found = spoken.pop(Application._meta.label_lower, set())
    for label in known() & set(spoken):
        rows = apps.get_model(label)._default_manager.filter(pk__in=spoken[label])
        found |= set(rows.values_list("application_id", flat=True))
    return found


@functools.cache
def known() -> set[str]:
    """The kinds of rows that belong to an application."""
    return {
        model._meta.label_lower
        for model in apps.get_models()
        if any(getattr(one, "attname", "") == "application_id" for one in model._meta.fields)
    }


def following() -> list[int]:
    """The next slice of all files, whatever they need; after the last, the first again."""
    after = cache.get(CURSOR, 0)
    rows = Application.objects.filter(pk__gt=after).order_by("pk")
    found = list(rows.values_list("pk", flat=True)[:SLICE])
    cache.set(CURSOR, found[-1] if len(found) == SLICE else 0, None)
    return found


def look(applications: Iterable[int]) -> int:
    """Compare these files with their editions, and mark what is missing or no longer true; how many."""
    rows = needing().filter(pk__in=set(applications)).values_list("pk", "cycle__is_blind")
    blind = dict(rows)
    parts = parts_of(blind)
    return marked(wanted(parts, blind), parts)


def wanted(parts: dict[int, Parts], blind: dict[int, bool]) -> Wanted:
    """The basis that each edition should have, by submission and blindness."""
    marks = marks_of(part.submission for pk, part in parts.items() if blind[pk])
    found: Wanted = {}
    for pk, part in parts.items():
        found[part.submission, False] = basis_of(part, is_blind=False)
        # One that nobody has searched for names yet is not bound without them.
        if blind[pk] and (mark := marks[part.submission]) != UNSCANNED:
            found[part.submission, True] = basis_of(part, is_blind=True, mark=mark)
    return found


@transaction.atomic
def marked(wanted: Wanted, parts: dict[int, Parts]) -> int:
    """Write what is to be done: editions that lack, those to bind again, and none of an older submission."""
    of_these = Edition.objects.filter(submission__application__in=list(parts))
    of_these.exclude(submission__in=[part.submission for part in parts.values()]).delete()
    held = {
        (row.submission_id, row.is_blind): row
        for row in of_these.only("submission", "is_blind", "state", "basis")
    }
    stale = [
        row.pk
        for key, row in held.items()
        if row.state == State.READY and key in wanted and row.basis != wanted[key]
    ]
    lacking = [
        Edition(submission_id=submission, is_blind=is_blind)
        for submission, is_blind in wanted
        if (submission, is_blind) not in held
    ]
    again = Edition.objects.filter(pk__in=stale, state=State.READY)
    count = again.update(state=State.WAITING, tries=0, due_at=Now())
    Edition.objects.bulk_create(lacking, ignore_conflicts=True)
    return count + len(lacking)
