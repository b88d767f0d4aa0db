"""Consents of a scholarship application: each alone, kept with the version and the words that were read, and the time.

Those that the panel needs are given when the application is sent; the one of what is confidential, where it is confided.
What was agreed to is never taken out of the list: taken back, it says when.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from scholarships.models import Candidacy, Category, Round

PANEL, CV, TRANSCRIPTS = "panel", "cv", "transcripts"
DECLARATION, BUDGET = "declaration", "budget"


@dataclass(frozen=True)
class Consent:
    """One sentence to agree to, in the reader's language."""

    code: str
    text: str


def asked(row: Round) -> list[Consent]:
    """What is agreed to before sending."""
    found = [Consent(PANEL, _("The panel of this scholarship may read my statement."))]
    if row.asks_cv:
        text = _("The panel may read the CV that I submitted with my application for admission.")
        found.append(Consent(CV, text))
    if row.asks_transcripts:
        text = _("The panel may read the transcripts of my application for admission.")
        found.append(Consent(TRANSCRIPTS, text))
    return found


def confidential(row: Round) -> Consent | None:
    """What is agreed to where something confidential is asked; None where nothing is."""
    if row.category == Category.WOMEN_IN_AI:
        text = _(
            "I agree that Mila keeps this declaration, sealed, for one purpose: to know whether I am eligible for this "
            "scholarship. The panel is told yes or no, and nothing else."
        )
        return Consent(DECLARATION, text)
    if row.category == Category.SOCIOECONOMIC:
        text = _(
            "I agree that Mila keeps this budget and these circumstances, sealed, for one purpose: that the EDI officer "
            "judges how great my need is for this scholarship. The panel is told a number from 1 to 5, and nothing else."
        )
        return Consent(BUDGET, text)
    return None


def standing(candidacy: Candidacy) -> dict[str, dict[str, Any]]:
    """What is agreed to now, by code."""
    return {one["code"]: one for one in candidacy.consents if not one["withdrawn_at"]}


def given(candidacy: Candidacy, new: Iterable[Consent], *, at: datetime) -> list[dict[str, Any]]:
    """The list with these agreed to as well; what stands already is not written twice."""
    now = standing(candidacy)
    return [
        *candidacy.consents,
        *(
            {
                "code": one.code,
                "version": candidacy.round.notice_version,
                "text": one.text,
                "at": at.isoformat(),
                "withdrawn_at": None,
            }
            for one in new
            if one.code not in now
        ),
    ]


def taken_back(
    candidacy: Candidacy, codes: Collection[str], *, at: datetime
) -> list[dict[str, Any]]:
    """The list with these no longer agreed to."""
    return [
        {**one, "withdrawn_at": at.isoformat()}
        if one["code"] in codes and not one["withdrawn_at"]
        else one
        for one in candidacy.consents
    ]
