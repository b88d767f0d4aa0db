"""The letters of an answer, for the catalogue."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from answers import letters
from applications.letter_samples import WORDS, file_of
from notifications.catalogue import Asked, Entry, Reader, register
from notifications.letters import Letter
from reviews.models import Release


def answer(asked: Asked) -> dict[str, Any]:
    """A file and nothing of its answer: these letters know none."""
    file = file_of(asked)
    return {"called": file.called, "number": file.number, "cycle": file.cycle}


def released(asked: Asked) -> dict[str, Any]:
    """A release that nobody prepared; a file's number changes nothing here."""
    file_of(asked)
    release = Release(pk=0, cycle=asked.cycle, fingerprint="91c20b6d" * 8)
    return {"release": release, "cycle": asked.cycle}


def staff(letter: Letter, title: Any, when: Any) -> Entry:
    """A letter to those who stand behind a release."""
    return Entry(letter, title, when, reader=Reader.STAFF, sample=released, words={}, is_fixed=True)


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
    staff(
        letters.RELEASE_HELD,
        _("A release stopped by itself"),
        _("At its hour, to the two people behind it, when the list is not what was approved"),
    ),
    staff(
        letters.RELEASE_STUCK,
        _("The first letters of a release did not arrive"),
        _("Once, when too many of the first letters of a release failed"),
    ),
)
