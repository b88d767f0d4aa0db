"""Rounds, and people in them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from answers.release import database_now
from applications.models import Application
from cycles.models import Cycle
from scholarships import applying, awarding, budgets, consents, declaring
from scholarships.models import (
    Announcement,
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


SAID = {"chosen": ["non_binary"], "words": "zqxdeclared"}
MONEY = {
    "income": {"work": Decimal("9000")},
    "expenses": {"housing": Decimal("11000.50")},
    "circumstances": "zqxcircumstances",
}


def a_draft(row: Round, application: Application, **fields: Any) -> Candidacy:
    """Begun and written by its verbs; what is confidential is confided. Needs the vault for two of the categories."""
    by, now = application.applicant, timezone.now()
    mine = applying.begin(row, application, by=by, at=now)
    typed = {"statement": STATEMENT, **fields}
    mine = applying.save(mine, typed, seen=applying.mark_of(mine), page="", by=by, at=now)
    if row.category == Category.WOMEN_IN_AI:
        declaring.declare(mine, **SAID, by=by, at=now)  # type: ignore[arg-type]
    if row.category == Category.SOCIOECONOMIC:
        budgets.keep(mine, **MONEY, by=by, at=now)  # type: ignore[arg-type]
    mine.refresh_from_db()
    return mine


def sent(row: Round, application: Application, **fields: Any) -> Candidacy:
    """Sent by its verbs, every sentence agreed to."""
    mine = a_draft(row, application, **fields)
    agreed = [one.code for one in consents.asked(row)]
    return applying.send(mine, agreed=agreed, by=application.applicant, at=timezone.now())


def shown(row: Round, outcomes: dict[Candidacy, str], *, claire: User, dominique: User) -> None:
    """Results that are visible, past the triggers of the database and nothing else; no letter, no award."""
    made = Announcement.objects.create(
        round=row, prepared_by=claire, fingerprint="0" * 64, size=len(outcomes)
    )
    for place, (candidacy, outcome) in enumerate(outcomes.items()):
        rank = place + 1 if outcome == Result.Outcome.WAITLISTED else None
        result = _approved(candidacy, outcome, rank, by=claire, approved_by=dominique)
        Result.objects.filter(pk=result.pk).update(announcement=made)
    _show(made, dominique)


def _approved(
    candidacy: Candidacy, outcome: str, rank: int | None, *, by: User, approved_by: User
) -> Result:
    """Proposed by one, approved by the other."""
    result = Result.objects.create(candidacy=candidacy, outcome=outcome, rank=rank, proposed_by=by)
    Result.objects.filter(pk=result.pk).update(status="approved", approved_by=approved_by)
    return result


def _show(made: Announcement, by: User) -> None:
    """Approved a minute ago, and done."""
    hour = database_now() - timedelta(minutes=1)  # whose clock no test turns
    rows = Announcement.objects.filter(pk=made.pk)
    rows.update(status="approved", approved_by=by, approved_at=hour, due_at=hour)
    rows.update(status="done", shown_at=hour)
    Result.objects.filter(announcement=made).update(status="shown")


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
    result = _approved(candidacy, outcome, rank, by=by, approved_by=approved_by)
    if shown:
        made = Announcement.objects.create(
            round=candidacy.round, prepared_by=by, fingerprint="0" * 64, size=1
        )
        Result.objects.filter(pk=result.pk).update(announcement=made)
        _show(made, approved_by)
    result.refresh_from_db()
    return result


def an_award(result: Result, *, at: datetime | None = None) -> Award:
    """Offered by the verb, a moment ago; the result's people wait for no vault where the category asks for none."""
    (award,) = awarding.offer_all([result], by=None, at=at or timezone.now())
    return award
