"""The variable parts of the scholarship panel and of its results: a round of last year, closed, with its panel."""

from typing import Any

from accounts.models import Role, User
from reviews.models import Decision
from scholarships.models import Category, Recusal
from tests.scholarships.factories import a_candidacy, a_panel, a_round, closed


def values(offer: Decision, cast: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """One application is read, from another one the panelist stays away."""
    cycle, file = offer.application.cycle, offer.application
    row = closed(a_round(cycle, Category.EDI_RESEARCH))
    others = [
        User.objects.create(email=f"{name}@example.com", roles=[Role.PANELIST], password="!")
        for name in ("hana", "ines")
    ]
    a_panel(row, cast["panelist"], *others)
    read = a_candidacy(row, file, number="S2-001")
    waits = Decision.objects.released().get(outcome="waitlist").application
    away = a_candidacy(row, waits, number="S2-002")
    Recusal.objects.create(candidacy=away, person=cast["panelist"], why="A friend.")
    of_round = [n for n in names if n.startswith("result_")]
    of_round += ["panel_round", "scholarship_ranking"]
    return {
        **{f"{n}.number": read.number for n in names if n.startswith(("panel_", "result_"))},
        "panel_conflict_undo.number": away.number,
        **{f"{n}.pk": row.pk for n in of_round},
        "panel_document.document": file.submissions.get().documents.get(kind="cv").pk,
        **{f"{n}.code": cycle.code for n in names if n.startswith("announcement")},
    }
