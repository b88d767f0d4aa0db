"""Rounds, and people in them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from applications.models import Application
from cycles.models import Cycle
from scholarships import awarding
from scholarships.models import (
    Award,
    Candidacy,
    Category,
    Measure,
    Result,
    Round,
    Seat,
    Standing,
)

STATEMENT = "J’ai monté un club de robotique dans une école où personne n’en avait vu un."


def a_round(cycle: Cycle, category: str = Category.WOMEN_IN_AI, **fields: Any) -> Round:
    """A published round of three awards of 6,000 dollars, open now, with a rubric of two measures."""
    now = timezone.now()
    label = Category(category).label
    values: dict[str, Any] = {
        "name_fr": f"Bourse {category}",
        "name_en": str(label),
        "text_fr": "Pour qui la bourse est faite.",
        "text_en": "Who the scholarship is for.",
        "opens_at": now - timedelta(days=3),
        "closes_at": now + timedelta(days=20),
        "results_on": (now + timedelta(days=60)).date(),
        "amount": Decimal("6000.00"),
        "awards": 3,
        "budget": Decimal("18000.00"),
        "is_published": True,
    }
    row = Round.objects.create(cycle=cycle, category=category, **{**values, **fields})
    for place, (french, english) in enumerate((("Parcours", "Path"), ("Apport", "Contribution"))):
        Measure.objects.create(
            round=row, position=place, name_fr=french, name_en=english, weight=place + 1
        )
    return row


def closed(row: Round, *, days: int = 1) -> Round:
    """The same round, which took its last application so many days ago."""
    row.closes_at = timezone.now() - timedelta(days=days)
    row.opens_at = row.closes_at - timedelta(days=30)
    row.save(update_fields=["opens_at", "closes_at"])
    return row


def a_candidacy(
    row: Round, application: Application, *, at: datetime | None = None, **fields: Any
) -> Candidacy:
    """Submitted, as it stands after the close."""
    values: dict[str, Any] = {
        "status": Standing.SUBMITTED,
        "number": f"S{row.pk}-{application.pk}",
        "statement": STATEMENT,
        "sent": {"statement": STATEMENT},
        "submitted_at": at or timezone.now(),
    }
    return Candidacy.objects.create(round=row, application=application, **{**values, **fields})


def a_panel(row: Round, *people: User) -> list[Seat]:
    """These people judge the round; the first is of the EDI committee."""
    return [
        Seat.objects.create(round=row, person=person, of_edi_committee=number == 0)
        for number, person in enumerate(people)
    ]


def a_result(
    candidacy: Candidacy,
    outcome: str = Result.Outcome.AWARDED,
    *,
    by: User,
    approved_by: User,
    rank: int | None = None,
    shown: bool = True,
) -> Result:
    """Decided by two, and shown unless said otherwise."""
    status = Result.Status.SHOWN if shown else Result.Status.APPROVED
    return Result.objects.create(
        candidacy=candidacy,
        outcome=outcome,
        rank=rank,
        status=status,
        proposed_by=by,
        approved_by=approved_by,
    )


def an_award(result: Result, *, at: datetime | None = None) -> Award:
    """Offered by the verb, a moment ago; the result's people wait for no vault where the category asks for none."""
    (award,) = awarding.offer_all([result], by=None, at=at or timezone.now())
    return award
