"""The letters of the committee's organisation, for the catalogue."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from committee import letters
from notifications.catalogue import Asked, Entry, Reader, register
from reviews.letter_samples import READING, reading, soon


def reminder(asked: Asked) -> dict[str, Any]:
    """A reader whose first files are due in two days."""
    return {**reading(asked), "due_on": soon(), "is_late": False}


register(
    Entry(
        letters.READING_REMINDER,
        _("Reminder to a reader"),
        _("When the coordination reminds readers by hand"),
        Reader.READER,
        sample=reminder,
        words=READING,
        required=("link",),
    )
)
