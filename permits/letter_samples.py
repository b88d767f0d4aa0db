"""The letters about permits, for the catalogue. A real file's own permits play no part in them."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.letter_samples import WORDS, file_of
from cycles.clock import day_of
from notifications.catalogue import Asked, Entry, Reader, register
from permits import letters
from permits.models import Kind

KNOWN = {
    **WORDS,
    "kinds": _("The steps that are meant, one a line"),
    "due": _("The latest day to ask"),
    "due_day": _("The latest day to ask"),
}


def asked_for(asked: Asked, *, days: int) -> dict[str, Any]:
    """A CAQ that is not asked for."""
    due = day_of(timezone.now() + timedelta(days=days))
    return letters.about(file_of(asked), [Kind.CAQ], due)


applicant = partial(Entry, reader=Reader.APPLICANT, words=KNOWN, required=("due", "link"))

register(
    applicant(
        letters.PERMIT_REMINDER,
        _("Reminder: a permit to ask for"),
        _("At 9 in the morning, 14 days before the latest day to ask for a permit, and on it"),
        sample=partial(asked_for, days=14),
    ),
    applicant(
        letters.PERMIT_LATE,
        _("A permit that is late"),
        _("Once, at 9 in the morning, when the latest day to ask for a permit has passed"),
        sample=partial(asked_for, days=-1),
    ),
)
