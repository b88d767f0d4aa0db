"""The letters of the committee's organisation. None of them names a file."""

from collections.abc import Sequence
from datetime import date

from accounts.models import User
from cycles.models import Cycle
from notifications.letters import Letter, Rendered, render
from notifications.outbox import Addressed
from notifications.overriding import in_use
from reviews.letters import readings_due

READING_REMINDER = Letter("reading_reminder")


def reminder_for(reader: User, cycle: Cycle, *, due_on: date, today: date) -> Addressed:
    """One copy, in the reader's language; the key lets one leave a day, the verb one in three days."""
    return Addressed(
        address=reader.email,
        language=reader.language,
        about=reader,
        key=f"{READING_REMINDER.name}:{cycle.code}:{reader.pk}:{today}",
        context={
            "name": reader.full_name,
            "cycle": cycle,
            "due_on": due_on,
            "is_late": due_on < today,
            "dates": readings_due(f"{cycle.code}-{reader.pk}", due_on),
        },
    )


def previewed(copies: Sequence[Addressed]) -> list[Rendered]:
    """The letters as they will be sent, with the cycle's own words where it has them."""
    words = in_use(READING_REMINDER.name, [copy.context for copy in copies])
    return [
        render(READING_REMINDER, language=copy.language, context=copy.context, texts=words)
        for copy in copies
    ]
