"""What the timetable does for permits."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.models import Application
from audit.timetable import MINUTE, Errand, Letters, Would, register
from notifications.letters import Letter
from permits import reminding
from permits.facts import facts_of
from permits.letters import PERMIT_LATE, PERMIT_REMINDER, address
from permits.reminding import Owed

Copy = tuple[Letter, str, Mapping[str, Any]]


def _would(letter: Letter, owed: list[Owed]) -> list[Would]:
    files = [one.facts.application for one in owed]
    return [Would(letter.name, file.applicant.language, file.pk, file.pk) for file in files]


def reminders_due(at: datetime) -> list[Would]:
    """The reminders of latest days that are owed then."""
    return _would(PERMIT_REMINDER, reminding.reminders_owed(at))


def late_due(at: datetime) -> list[Would]:
    """The letters about latest days that have passed, owed then."""
    return _would(PERMIT_LATE, reminding.late_owed(at))


def _moments(at: datetime, of_day: Callable[[Any], list[datetime]]) -> list[datetime]:
    """When letters of the steps that people can ask for now fall due, as things stand."""
    facts = facts_of(list(reminding.followed(at))).values()
    days = {line.due for one in facts for line in reminding.to_ask(one, at)}
    return sorted({moment for day in days for moment in of_day(day) if moment > at})


def reminder_moments(at: datetime) -> list[datetime]:
    """The mornings of reminders to come."""
    return _moments(at, reminding.near_moments)


def late_moments(at: datetime) -> list[datetime]:
    """The mornings after latest days to come."""
    return _moments(at, lambda day: [reminding.late_moment(day)])


def _read(letter: Letter, row: int, at: datetime) -> Copy | None:
    """The letter to one person, about the first of their latest days."""
    rows: list[Application] = list(reminding.followed(at).filter(pk=row))
    found = sorted(
        (line for facts in facts_of(rows).values() for line in reminding.to_ask(facts, at)),
        key=lambda line: str(line.due),
    )
    if not found:
        return None
    copy = address(letter, rows[0], [line for line in found if line.due == found[0].due], "")
    return letter, copy.language, copy.context


def read_reminder(row: int, at: datetime) -> Copy | None:
    """The reminder to one person."""
    return _read(PERMIT_REMINDER, row, at)


def read_late(row: int, at: datetime) -> Copy | None:
    """The letter to one person who is late."""
    return _read(PERMIT_LATE, row, at)


REMIND_OF_PERMITS = register(
    Errand(
        task="permits.tasks.remind_of_permits",
        every=15 * MINUTE,
        title=_("Reminders of permits"),
        says=_(
            "Writes to those who have not asked for a permit that they can ask for: 14 days before its latest day, "
            "and in its morning."
        ),
        does="permits.reminding.remind_of_permits",
        by_turns=True,
        letters=Letters(reminders_due, reminder_moments, read_reminder),
        may_pause=True,
    )
)
WARN_OF_LATE_PERMITS = register(
    Errand(
        task="permits.tasks.warn_of_late_permits",
        every=15 * MINUTE,
        title=_("Permits that are late"),
        says=_("Writes once to those whose latest day to ask for a permit has passed."),
        does="permits.reminding.warn_of_late_permits",
        by_turns=True,
        letters=Letters(late_due, late_moments, read_late),
        may_pause=True,
    )
)
