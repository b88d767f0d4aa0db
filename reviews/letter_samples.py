"""The letters of judging, for the catalogue."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.letter_samples import WORDS, file_of
from cycles.clock import day_of
from notifications.catalogue import Asked, Entry, Reader, register
from reviews import letters

READING = {
    **WORDS,
    "greeting": _("“Hello” and the reader’s name, with its comma"),
    "left": _("How many files are left to read"),
    "state": _("A sentence or two: how much is left, and by when"),
    "figures": _("New, late and near ones and the next date, a line each"),
    "near": _("How many files are due within three days"),
}


def soon() -> date:
    """Two days from now."""
    return day_of(timezone.now() + timedelta(days=2))


def reading(asked: Asked) -> dict[str, Any]:
    """A reader with seven files left; a file's number changes nothing here."""
    file_of(asked)
    figures = {"left": 7, "begun": 2, "new": 3, "late": 1, "soon": 4, "near": 2}
    dates = letters.readings_due(f"{asked.cycle.code}-0", soon())
    cycle, name = asked.cycle, "Camille Roy"
    return {"name": name, "cycle": cycle, "next_on": soon(), "dates": dates, **figures}


reader = partial(Entry, reader=Reader.READER, sample=reading, words=READING, required=("link",))

register(
    reader(
        letters.READING_DIGEST,
        _("What is left to read"),
        _("On Monday mornings, to readers with files left"),
    ),
    reader(
        letters.READING_DUE,
        _("Readings due within three days"),
        _("Once a week at most, on the other mornings"),
        required=("state", "link"),
    ),
)
