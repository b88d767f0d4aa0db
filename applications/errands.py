"""What the timetable does for the intake: reminders to drafts, and to referees."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from applications import referee_reminders, reminders
from applications.letters import REMINDER, reminder_context
from applications.models import Application, Referee, RefereeStatus
from applications.models.application import EDITABLE
from applications.models.referee import new_seed
from applications.reference_letters import REFERENCE_REMINDER, reference_context
from audit.timetable import MINUTE, Errand, Letters, Would, register
from cycles.clock import day_of
from cycles.models import Cycle
from notifications.letters import Letter

Copy = tuple[Letter, str, Mapping[str, Any]]
# What judging a reminder looks at: never the long texts of a file.
LIGHT = (
    *("status", "language", "own_due_on", "invited_at", "reminded_at"),
    *("application__status", "application__late_until"),
    *("application__cycle__is_published", "application__cycle__opens_at"),
    *("application__cycle__closes_at", "application__cycle__grace_minutes"),
    "application__cycle__documents_due_on",
)


def drafts_due(at: datetime) -> list[Would]:
    """The reminders that drafts are owed then."""
    rows = Application.objects.filter(pk__in=reminders.owed(at)).order_by("pk")
    return [
        Would(REMINDER.name, language, pk, file=pk)
        for pk, language in rows.values_list("pk", "applicant__language")
    ]


def draft_moments(at: datetime) -> list[datetime]:
    """Before the close of each cycle, and of each file with a late pass."""
    cycles = Cycle.objects.published().filter(closes_at__gt=at)
    late = Application.objects.filter(status__in=EDITABLE, late_until__gt=at)
    closes = {
        *cycles.values_list("closes_at", flat=True),
        *late.values_list("late_until", flat=True).distinct(),
    }
    moments = {close - slot for close in closes if close for slot in reminders.SLOTS}
    return sorted(moment for moment in moments if moment > at)


def read_draft(row: int, at: datetime) -> Copy | None:
    """The reminder to one draft."""
    rows = list(Application.objects.filter(pk=row).select_related("cycle", "applicant"))
    for application, lacks in reminders.with_lacks(rows):
        return REMINDER, application.applicant.language, reminder_context(application, lacks)
    return None


def referees_due(at: datetime) -> list[Would]:
    """The reminders that referees are owed then."""
    rows = referee_reminders.awaited(at).select_related(None).select_related("application__cycle")
    return [
        Would(REFERENCE_REMINDER.name, row.language, row.pk, file=row.application_id)
        for row, _slot in referee_reminders.due(rows.only(*LIGHT), at)
    ]


def referee_moments(at: datetime) -> list[datetime]:
    """Before the last day of each letter that is awaited."""
    rows = (
        Referee.objects.filter(status=RefereeStatus.INVITED)
        .annotate(day=Coalesce("own_due_on", "application__cycle__documents_due_on"))
        .filter(day__gte=day_of(at))
    )
    days = rows.order_by("day").values_list("day", flat=True).distinct()
    ends = [Referee(own_due_on=day).due_at for day in days]
    moments = {end - slot for end in ends for slot in referee_reminders.SLOTS}
    return sorted(moment for moment in moments if moment > at)


def read_referee(row: int, at: datetime) -> Copy | None:
    """The reminder to one referee, with a personal link that opens nothing: theirs is for them alone."""
    rows = Referee.objects.select_related("application__cycle", "application__applicant")
    referee = rows.filter(pk=row).first()
    if referee is None:
        return None
    referee.seed = new_seed()
    return REFERENCE_REMINDER, referee.language, reference_context(referee)


REMIND_DRAFTS = register(
    Errand(
        task="applications.tasks.remind_drafts",
        every=10 * MINUTE,
        title=_("Reminders to drafts"),
        says=_(
            "Writes to those whose application is not submitted, 7 days, 48 hours and 12 hours before it closes."
        ),
        does="applications.reminders.remind_all",
        by_turns=True,
        letters=Letters(drafts_due, draft_moments, read_draft),
        may_pause=True,
    )
)
REMIND_REFEREES = register(
    Errand(
        task="applications.tasks.remind_referees",
        every=15 * MINUTE,
        title=_("Reminders to referees"),
        says=_(
            "Writes to the referees whose letter is awaited, a week and a day before their last day."
        ),
        does="applications.referee_reminders.remind_all",
        by_turns=True,
        letters=Letters(referees_due, referee_moments, read_referee),
        may_pause=True,
    )
)
