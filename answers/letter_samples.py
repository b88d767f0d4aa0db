"""The letters of an answer, for the catalogue."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from answers import letters
from applications.letter_samples import WORDS, file_of
from notifications.catalogue import Asked, Entry, Reader, register
from notifications.letters import Letter


def answer(asked: Asked) -> dict[str, Any]:
    """A file and nothing of its answer: these letters know none."""
    file = file_of(asked)
    return {"called": file.called, "number": file.number, "cycle": file.cycle}


def silent(letter: Letter, name: Any, when: Any) -> Entry:
    """A letter that may not tell which answer it is."""
    return Entry(
        letter,
        name,
        when,
        reader=Reader.APPLICANT,
        sample=answer,
        words=WORDS,
        required=("link",),
        is_silent=True,
    )


register(
    silent(
        letters.DECISION_AVAILABLE,
        _("The answer is available"),
        _("To everyone at once, when the answers are released"),
    ),
    silent(
        letters.DECISION_CORRECTED,
        _("A corrected answer is available"),
        _("When an answer is corrected after the release"),
    ),
)
