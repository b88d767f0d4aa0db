"""What the timetable does for panels and for the day of the results."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.timetable import MINUTE, Coming, Errand, Letters, Would, register
from notifications.letters import Letter
from scholarships import panel_reminding
from scholarships.models import Announcement
from scholarships.result_letters import PANEL_REMINDER


def coming() -> list[Coming]:
    """The approved announcements whose hour has not come. Numbers alone: of people it says nothing."""
    rows = Announcement.objects.filter(status=Announcement.Status.APPROVED).order_by("due_at", "pk")
    told = rows.values_list("due_at", "size")
    return [
        Coming(at, _("Results of scholarships become visible"), size) for at, size in told if at
    ]


def due(at: datetime) -> list[Would]:
    """The reminders that are owed then; a panelist's letter is about no file."""
    return [
        Would(PANEL_REMINDER.name, one.seat.person.language, one.seat.pk)
        for one in panel_reminding.owed(at)
    ]


def read(row: int, at: datetime) -> tuple[Letter, str, Mapping[str, Any]] | None:
    """The reminder to one member of a panel."""
    found = panel_reminding.read(row, at)
    return None if found is None else (PANEL_REMINDER, found[0].language, found[1])


SHOW_RESULTS = register(
    Errand(
        task="scholarships.tasks.show_results",
        every=3,
        title=_("Show the results of scholarships"),
        says=_(
            "Shows the results of scholarships once their hour has come and the admission’s answers are out."
        ),
        does="scholarships.announcing.show_due",
        coming=coming,
    )
)
REMIND_PANELS = register(
    Errand(
        task="scholarships.tasks.remind_panels",
        every=15 * MINUTE,
        title=_("Reminders to scholarship panels"),
        says=_(
            "Writes to members of a panel with applications left, three days before the last day, in the morning."
        ),
        does="scholarships.panel_reminding.remind",
        by_turns=True,
        letters=Letters(due, panel_reminding.moments, read),
        may_pause=True,
    )
)
