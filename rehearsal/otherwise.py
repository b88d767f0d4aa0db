"""Answers everybody of a copied world otherwise than in the first one; runs in that world (`rehearsal.beside`)."""

import itertools

from django.db import transaction

from accounts.models import Role, User
from applications.models import Application
from reviews import decisions
from reviews.models import Decision, Outcome

OUTCOMES = (Outcome.ACCEPT, Outcome.DECLINE, Outcome.WAITLIST)


@transaction.atomic
def answer_otherwise(code: str) -> int:
    """Whoever has an unreleased answer gets another one, whoever has none gets one by the verbs; how many are answered."""
    coordinator, director = (
        User.objects.filter(roles__contains=[role]).order_by("pk")[0]
        for role in (Role.COORDINATOR, Role.DIRECTOR)
    )
    turns, count = itertools.cycle(OUTCOMES), 0
    files = Application.objects.filter(cycle__code=code, submissions__isnull=False).distinct()
    for application in files.order_by("pk"):
        program, outcome = application.chosen[0], next(turns)
        held = Decision.objects.filter(application=application, is_current=True).first()
        if held is None:
            chosen = None if outcome == Outcome.DECLINE else program
            made = decisions.propose(application, outcome, chosen, by=coordinator)
            decisions.approve(made, by=director)
        else:
            other = OUTCOMES[(OUTCOMES.index(Outcome(held.outcome)) + 1) % len(OUTCOMES)]
            chosen = None if other == Outcome.DECLINE else program
            Decision.objects.filter(pk=held.pk).update(outcome=other, program=chosen)
        count += 1
    return count
