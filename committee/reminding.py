"""Writing to readers who have files left: by hand, never twice within three days, and never about a named file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Role, User
from audit.models import AuditEntry, subject_of
from audit.moves import Refused
from committee import progress
from committee.letters import READING_REMINDER, previewed, reminder_for
from committee.permissions import reminds
from cycles.clock import day_of
from cycles.models import Cycle
from cycles.typography import moment_text
from notifications import outbox
from notifications.letters import Rendered
from notifications.outbox import Addressed

# A page of previews is read by somebody.
MOST_AT_ONCE = 150


@dataclass(frozen=True)
class Plan:
    """Who gets the letter, and who does not and why."""

    copies: list[tuple[User, Addressed]]
    skipped: list[tuple[User, str]]

    @property
    def previews(self) -> list[tuple[User, Rendered]]:
        """Each letter as it will be sent."""
        letters = previewed([copy for _reader, copy in self.copies])
        return list(zip([reader for reader, _copy in self.copies], letters, strict=True))


def plan(cycle: Cycle, keys: Iterable[int], *, by: User, now: datetime) -> Plan:
    """What reminding these readers would do, in the eyes of this person; three queries."""
    readers = list(
        User.objects.filter(pk__in=list(keys)[:MOST_AT_ONCE]).order_by("full_name", "pk")
    )
    return _planned(readers, cycle, by=by, now=now)


def _planned(readers: Sequence[User], cycle: Cycle, *, by: User, now: datetime) -> Plan:
    today = day_of(now)
    rows = progress.in_cycle(cycle, by).filter(reviewer__in=readers)
    sums = progress.sums_of(rows, today)
    lately = progress.reminded_at(readers, since=now - progress.QUIET)
    copies, skipped = [], []
    for reader in readers:
        due = sums[reader.pk]["due"] if reader.pk in sums else None
        if not reader.has(Role.REVIEWER):
            skipped.append((reader, _("This person is not a reader.")))
        elif due is None:
            skipped.append((reader, _("There is nothing left to read.")))
        elif reader.pk in lately:
            when = moment_text(lately[reader.pk], weekday=False)
            skipped.append((reader, _("A reminder left already, on %(when)s.") % {"when": when}))
        else:
            copies.append((reader, reminder_for(reader, cycle, due_on=due, today=today)))
    return Plan(copies, skipped)


@transaction.atomic
def remind(cycle: Cycle, keys: Iterable[int], *, by: User, now: datetime) -> Plan:
    """Write to these readers; what was done and what was not. Two coordinators at once write once."""
    if not reminds(by):
        raise Refused(_("You may not do this."), forbidden=True)
    wanted = User.objects.filter(pk__in=list(keys)[:MOST_AT_ONCE])
    readers = list(wanted.select_for_update(no_key=True).order_by("pk"))
    planned = _planned(readers, cycle, by=by, now=now)
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor=by,
            verb=progress.REMIND,
            subject=subject_of(reader),
            details={"cycle": cycle.code},
        )
        for reader, _copy in planned.copies
    )
    outbox.queue_all(READING_REMINDER, [copy for _reader, copy in planned.copies])
    return planned
