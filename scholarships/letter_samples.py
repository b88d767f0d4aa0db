"""The letters of scholarships, for the catalogue."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.letter_samples import WORDS, file_of
from notifications.catalogue import Asked, Entry, Reader, register
from scholarships import letters
from scholarships.models import Category, Round


def result(asked: Asked) -> dict[str, Any]:
    """A person and nothing of their result: this letter knows none."""
    file = file_of(asked)
    return {"called": file.called, "cycle": file.cycle}


def held(asked: Asked) -> dict[str, Any]:
    """A cycle whose results were stopped."""
    file_of(asked)
    return {"name": "Chantal Desrosiers-Khan", "cycle": asked.cycle}


def panel(asked: Asked) -> dict[str, Any]:
    """A panel with some applications left."""
    file_of(asked)
    label = str(Category.EDI_RESEARCH.label)
    row = Round(pk=0, category=Category.EDI_RESEARCH, name_fr=label, name_en=label)
    told = {"round": row, "left": 4, "due_on": date(2027, 2, 19), "cycle": asked.cycle}
    return {"name": "Noor Bergeron-Sethi", **told}


register(
    Entry(
        letters.SCHOLARSHIP_RESULT,
        _("The answer about scholarships is available"),
        _("To everyone of the rounds at once, when the results are shown"),
        reader=Reader.APPLICANT,
        sample=result,
        words=WORDS,
        required=("link",),
        is_silent=True,
    ),
    Entry(
        letters.ANNOUNCEMENT_HELD,
        _("Results of scholarships stopped by themselves"),
        _("At their hour, to the two people behind them, when the list is not what was approved"),
        reader=Reader.STAFF,
        sample=held,
        words={},
        is_fixed=True,
    ),
    Entry(
        letters.PANEL_REMINDER,
        _("Reminder to a member of a panel"),
        _("Three days before the last day of the panel, to whoever has applications left"),
        reader=Reader.PANEL,
        sample=panel,
        words={},
        is_fixed=True,
    ),
)
