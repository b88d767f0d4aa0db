"""The variable parts of awards: the owner's waits for a reply, somebody else of last year is on the waitlist."""

from typing import Any

from applications.models import Application
from reviews.models import Decision
from scholarships.models import Category
from tests.scholarships.factories import a_candidacy, a_result, a_round, an_award

OWN = ("award", "award_accept", "award_decline", "award_letter_file")
OF_THE_OFFICE = ("award_reopen", "award_take_back")
OF_A_ROUND = (
    *("round_awards", "round_budget"),
    *("payments_mark", "payments_undo", "payments_file"),
)


def values(offer: Decision, cast: dict[str, Any]) -> dict[str, Any]:
    """By the name of the address."""
    two = {"by": cast["coordinator"], "approved_by": cast["director"]}
    row = a_round(offer.application.cycle, Category.EDI_RESEARCH)
    award = an_award(a_result(a_candidacy(row, offer.application), **two))
    other = Application.objects.get(cycle=row.cycle, applicant=cast["other"])
    waits = a_result(a_candidacy(row, other), "waitlisted", rank=1, **two)
    return {
        **{f"{name}.number": award.candidacy.number for name in (*OWN, *OF_THE_OFFICE)},
        **{f"{name}.pk": row.pk for name in OF_A_ROUND},
        "award_call.pk": waits.pk,
    }
