"""The letters about a scholarship application, for the catalogue. Nobody's own application plays a part in them."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.letter_samples import WORDS, file_of
from notifications.catalogue import Asked, Entry, Reader, register
from scholarships import award_samples, letters, private_letters, result_letters  # noqa: F401
from scholarships.models import Candidacy, Category, Round

KNOWN = {
    **WORDS,
    "scholarship_number": _("Number of the scholarship application"),
    "sent": _("When it was received"),
    "privacy": _("Address of the person in charge of privacy"),
    "round_closes": _("When the scholarship closes, day and hour of Montréal"),
    "how_it_stands": _("Whether it counts, or is to be sent again"),
    "again": _("Until when what was confided can be given again; nothing once it is too late"),
}


def sample(asked: Asked, **more: Any) -> dict[str, Any]:
    """A scholarship application that does not exist."""
    now = timezone.now()
    row = Round(
        cycle=asked.cycle,
        category=Category.EDI_RESEARCH,
        opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=20),
    )
    candidacy = Candidacy(
        round=row, application=file_of(asked), number="S0-MODELO", submitted_at=now
    )
    return letters.context_of(candidacy, **more)


def nothing(asked: Asked) -> dict[str, Any]:
    """A private letter says the same to everyone."""
    return {}


applicant = partial(Entry, reader=Reader.APPLICANT, words=KNOWN, required=("link",))

register(
    applicant(
        letters.RECEIVED,
        _("Scholarship application received"),
        _("At once, each time that somebody sends a scholarship application"),
        sample=sample,
    ),
    applicant(
        letters.WITHDRAWN,
        _("Scholarship application withdrawn"),
        _("When somebody withdraws a scholarship application"),
        sample=partial(sample, may_be_undone=True),
    ),
    applicant(
        letters.RESTORED,
        _("Withdrawal of a scholarship application undone"),
        _("When somebody takes the withdrawal of a scholarship application back"),
        sample=partial(sample, is_sent=True),
    ),
    applicant(
        letters.ERASED,
        _("Confidential part of a scholarship application erased"),
        _("When somebody erases what they confided for a scholarship"),
        sample=partial(sample, may_be_given_again=True),
    ),
)


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
        result_letters.SCHOLARSHIP_RESULT,
        _("The answer about scholarships is available"),
        _("To everyone of the rounds at once, when the results are shown"),
        reader=Reader.APPLICANT,
        sample=result,
        words=WORDS,
        required=("link",),
        is_silent=True,
    ),
    Entry(
        result_letters.ANNOUNCEMENT_HELD,
        _("Results of scholarships stopped by themselves"),
        _("At their hour, to the two people behind them, when the list is not what was approved"),
        reader=Reader.STAFF,
        sample=held,
        words={},
        is_fixed=True,
    ),
    Entry(
        result_letters.PANEL_REMINDER,
        _("Reminder to a member of a panel"),
        _("Three days before the last day of the panel, to whoever has applications left"),
        reader=Reader.PANEL,
        sample=panel,
        words={},
        is_fixed=True,
    ),
)
