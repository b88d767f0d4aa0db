"""The letters of this app, for the catalogue."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.catalogue import Asked, Entry, Reader, register
from scholarships import private_letters


def nothing(asked: Asked) -> dict[str, Any]:
    """A private letter says the same to everyone."""
    return {}


private = partial(Entry, reader=Reader.APPLICANT, words={}, is_fixed=True, sample=nothing)

register(
    private(
        private_letters.ANSWERS_ERASED,
        _("Confidential answers erased"),
        _("At once, when somebody erases confidential answers; no page of the staff shows it"),
    ),
    private(
        private_letters.ANSWER_OPENED,
        _("A confidential answer was opened"),
        _("At once, when the EDI officer opens one; no page of the staff shows it"),
    ),
    private(
        private_letters.PROOF_ASKED,
        _("A confidential proof is asked for"),
        _("When the EDI officer shortlists somebody in Category 3; no page of the staff shows it"),
    ),
)
