"""Answers everybody of a copied world otherwise than in the first one; runs in that world (`rehearsal.beside`)."""

import itertools

from django.db import transaction

from accounts.models import Role, User
from applications.models import Application
from applications.models.application import FILED
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
    files = Application.objects.filter(cycle__code=code, status__in=FILED)
    for application in files.order_by("pk"):
        held = Decision.objects.filter(application=application, is_current=True).first()
        outcome = next(turns)
        if held is not None:  # what was approved is not changed: it is proposed anew
            outcome = OUTCOMES[(OUTCOMES.index(Outcome(held.outcome)) + 1) % len(OUTCOMES)]
        program = None if outcome == Outcome.DECLINE else application.chosen[0]
        made = decisions.propose(application, outcome, program, by=coordinator)
        decisions.approve(made, by=director)
        count += 1
    return count
