"""The letters of the board and of the handing over, for the catalogue."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.letter_samples import WORDS, file_of, programs_of
from cycles.models import Cycle, Program
from enrolment import letters
from enrolment.models import Kind
from notifications.catalogue import Asked, Entry, Reader, register

AFTER = {
    **WORDS,
    "state": _("A sentence or two: what is awaited, and by when"),
    "program": _("Name of the program"),
    "starts_on": _("First day of studies"),
    "to_cycle": _("The cycle for which the place is kept"),
}


def reminded(asked: Asked) -> dict[str, Any]:
    """Somebody who is awaited, with a day."""
    file = file_of(asked)
    return {**letters.about(file), "kind": Kind.FILING.value, "due": file.cycle.udem_safe_on}


def first_program(asked: Asked) -> Program:
    """The first program that the file asks for, or one that nobody offers."""
    programs = programs_of(file_of(asked))
    return programs[0] if programs else Program(name_fr="Maîtrise", name_en="Master’s")


def registered(asked: Asked) -> dict[str, Any]:
    """Somebody who registered."""
    return letters.welcome_context(file_of(asked), first_program(asked))


def deferred(asked: Asked) -> dict[str, Any]:
    """Somebody whose place is kept for a year that nobody planned yet."""
    to = Cycle(name_fr="Automne suivant", name_en="Following fall")
    return letters.deferral_context(file_of(asked), to, first_program(asked))


applicant = partial(Entry, reader=Reader.APPLICANT, words=AFTER, required=("link",))

register(
    applicant(
        letters.FOLLOW_UP_REMINDER,
        _("Reminder by the coordination: a step is awaited"),
        _("When the coordination reminds people with a place, one by one or together"),
        sample=reminded,
        required=("state", "link"),
        is_silent=True,
    ),
    applicant(
        letters.WELCOME,
        _("Welcome"),
        _("Once a person, when the coordination welcomes those who registered"),
        sample=registered,
        required=("starts_on", "link"),
    ),
    applicant(
        letters.DEFERRAL_RECORDED,
        _("Place kept for another year"),
        _("When the coordination records a deferral"),
        sample=deferred,
        required=("to_cycle", "link"),
    ),
)
