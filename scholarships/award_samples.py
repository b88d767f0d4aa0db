"""The letters of awards, for the catalogue. They tell no outcome, no category and no amount, of nobody."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.letter_samples import WORDS, file_of
from notifications.catalogue import Asked, Entry, Reader, register
from notifications.letters import Letter
from scholarships import award_letters as letters
from scholarships.models import Award, Candidacy, Round

TOLD = {**WORDS, "reply_by": _("The last moment to reply")}


def offered(asked: Asked, *, letter: Letter) -> dict[str, Any]:
    """An award that nobody made."""
    file = file_of(asked)
    candidacy = Candidacy(application=file, round=Round(cycle=file.cycle), number="S2026-EXEMPLE")
    award = Award(candidacy=candidacy, reply_by=timezone.now() + timedelta(days=7))
    return letters.context_of(letter, award)


def applicant(letter: Letter, title: Any, when: Any, *required: str) -> Entry:
    """One letter to whoever applied, without the outcome."""
    return Entry(
        letter,
        title,
        when,
        reader=Reader.APPLICANT,
        words=TOLD,
        required=(*required, "link"),
        sample=partial(offered, letter=letter),
        is_silent=True,
    )


register(
    applicant(
        letters.AWARD_WAITS,
        _("Scholarship: a reply is awaited"),
        _("When somebody is called from a scholarship waitlist, or an award is offered again"),
        "reply_by",
    ),
    applicant(
        letters.AWARD_REMINDER,
        _("Scholarship: reminder of a reply"),
        _("At 9 in the morning, two days before the last moment to reply and on its day"),
        "reply_by",
    ),
    applicant(
        letters.AWARD_REPLIED,
        _("Scholarship: reply recorded"),
        _("At once, when somebody replies to an award"),
    ),
    applicant(
        letters.AWARD_CHANGED,
        _("Scholarship: something has changed"),
        _("When an award is confirmed, lapses or is given up; once a day at most"),
    ),
)
