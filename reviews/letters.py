"""The letters of judging."""

from datetime import date

from django.utils.translation import gettext_lazy

from notifications.calendars import Entry
from notifications.letters import Letter

READING_DIGEST = Letter("reading_digest", priority=7)
READING_DUE = Letter("reading_due", priority=6)


READINGS_DUE = gettext_lazy("Next readings due at Mila")


def readings_due(of: str, day: date | None) -> list[Entry]:
    """The next day on which a reader’s files are due, for a calendar; a later letter moves it. `of`: whose, and in which cycle."""
    return [Entry("readings", READINGS_DUE, day, of, "queue")] if day else []
