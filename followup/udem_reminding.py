"""Reminders from UdeM's own dates: of the documents that it asked for, and of its offer to accept.

Like the others they leave in the morning of a Montréal day, only the latest for a worker that slept, and none twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from applications.models.application import GONE
from audit.models import AuditEntry, subject_of
from cycles.clock import at_hour, day_of, end_of
from followup import working_days
from followup.letters import UDEM_ACCEPT_REMINDER, UDEM_DOCUMENTS_REMINDER, address
from followup.models import Filing, Reply, UdemFile
from followup.reminding import HOUR, latest
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.outbox import Addressed, queue_all

# So many working days before documents are due; so many days before the last one to accept UdeM's offer.
WORKING_DAYS_LEFT = (5, 2)
ACCEPT_DAYS = (7, 2, 0)
# No date of these is looked for further ahead: five working days never take longer, whatever the holidays.
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Kind:
    """One kind of reminder: of which files, about which day, on which mornings."""

    letter: Letter
    statuses: tuple[str, ...]
    field: str
    mornings: Callable[[date], list[date]]

    def waiting(self, at: datetime) -> QuerySet[UdemFile]:
        """The files whose day is near, of people who are still with us."""
        today = day_of(at)
        rows = UdemFile.objects.filter(
            status__in=self.statuses,
            offer__status=Reply.ACCEPTED,
            offer__decision__application__applicant__is_active=True,
            **{f"{self.field}__range": (today, today + AHEAD)},
        ).exclude(offer__decision__application__status__in=GONE)
        if self.field == "documents_due_on":
            rows = rows.filter(documents_done_on=None)
        return rows.select_related(
            "offer__decision__program",
            "offer__decision__application__cycle",
            "offer__decision__application__applicant",
        ).order_by("pk")

    def day(self, udem_file: UdemFile) -> date:
        """The day that it is about."""
        found: date = getattr(udem_file, self.field)
        return found

    def moments(self, day: date) -> list[datetime]:
        """When it leaves."""
        return [at_hour(morning, HOUR) for morning in sorted(self.mornings(day))]

    def owed(self, at: datetime) -> dict[int, str]:
        """Those that are due then and not queued: the key of each by its file at UdeM."""
        rows = list(self.waiting(at))
        said, keys = last_said(rows), {}
        for row in rows:
            day, since = self.day(row), said.get(row.pk)
            slot = since and latest(self.moments(day), at, since=since, end=end_of(day))
            if slot:
                keys[row.pk] = f"{self.letter.name}:{row.pk}:{day}:{day_of(slot)}"
        sent = OutgoingEmail.objects.filter(key__in=keys.values()).values_list("key", flat=True)
        known = set(sent)
        return {pk: key for pk, key in keys.items() if key not in known}

    def copy(self, row: UdemFile, key: str) -> Addressed:
        """One copy."""
        return address(self.letter, row.offer, key, limit=end_of(self.day(row)))

    def remind(self, at: datetime) -> int:
        """Write to those who are owed one; how many."""
        keys = self.owed(at)
        rows = self.waiting(at).filter(pk__in=keys)
        held = rows.select_for_update(of=("self",), skip_locked=True)
        return queue_all(self.letter, [self.copy(row, keys[row.pk]) for row in held])

    def coming(self, at: datetime) -> list[datetime]:
        """The mornings to come on which one is owed, as things stand."""
        rows = UdemFile.objects.filter(
            status__in=self.statuses, **{f"{self.field}__gte": day_of(at)}
        )
        days: Iterable[date] = rows.values_list(self.field, flat=True).distinct()
        return sorted({one for day in days for one in self.moments(day) if one > at})


def last_said(rows: list[UdemFile]) -> dict[int, datetime]:
    """When something was last said of each of these files: nobody is reminded on its heels. One query."""
    subjects = {subject_of(row): row.pk for row in rows}
    entries = AuditEntry.objects.filter(subject__in=subjects).order_by("at", "pk")
    return {subjects[subject]: at for subject, at in entries.values_list("subject", "at")}


DOCUMENTS = Kind(
    UDEM_DOCUMENTS_REMINDER,
    (Filing.DOCUMENTS,),
    "documents_due_on",
    lambda day: [working_days.before(day, count) for count in WORKING_DAYS_LEFT],
)
ACCEPT = Kind(
    UDEM_ACCEPT_REMINDER,
    (Filing.ADMITTED, Filing.CONDITIONAL),
    "accept_by",
    lambda day: [day - timedelta(days=days) for days in ACCEPT_DAYS],
)


@transaction.atomic
def remind_of_documents(*, at: datetime) -> int:
    """Write to those whose documents are due at UdeM soon; how many. Safe to run twice."""
    return DOCUMENTS.remind(at)


@transaction.atomic
def remind_of_accepting(*, at: datetime) -> int:
    """Write to those who have UdeM's offer to accept soon; how many. Safe to run twice."""
    return ACCEPT.remind(at)
