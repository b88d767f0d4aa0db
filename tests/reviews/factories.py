"""What tests of judging need: a rubric, readers, files on their way to a decision."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from answers import release as releasing
from applications.models import Application, Choice
from cycles.models import Cycle
from reviews import assignment as assigning
from reviews import decisions, scoring
from reviews.models import Assignment, Criterion, Decision, Release, Review
from tests import factories


def cycle(**fields: Any) -> Cycle:
    """A cycle whose readers read with three criteria, weighing 2, 1 and 1."""
    row = factories.cycle(**fields)
    for position, (name, weight) in enumerate([("Study", 2), ("Code", 1), ("Aim", 1)]):
        Criterion.objects.create(
            cycle=row,
            position=position,
            name_fr=f"{name} (fr)",
            name_en=f"{name} (en)",
            weight=weight,
            anchor_1_fr="Peu",
            anchor_1_en="Little",
            anchor_5_fr="Beaucoup",
            anchor_5_en="Much",
        )
    return row


def filed(number: int, of: Cycle, *, first: int = 0) -> list[Application]:
    """Bare filed applications, without submissions: for lists and for speed."""
    people = [
        User.objects.create_user(f"{of.code}-{uuid4()}@example.com".lower())
        for _index in range(number)
    ]
    now = timezone.now()
    return [
        Application.objects.create(
            number=f"{of.code}-T{first + index:05d}",
            applicant=one,
            cycle=of,
            status="submitted",
            submitted_at=now - timedelta(minutes=index),
            first_names=f"Prénom{index}",
            last_names=f"Nom{index}",
        )
        for index, one in enumerate(people)
    ]


def for_both(applicant: User, of: Cycle) -> Application:
    """A submitted application that asks for the M.Sc., then the D.E.S.S."""
    draft = factories.draft(applicant, of, attendance="full")
    Choice.objects.create(application=draft, program=factories.program("dess"), rank=2)
    factories.submit(draft)
    draft.refresh_from_db()
    return draft


def typed(of: Cycle, *values: int | None, **fields: Any) -> scoring.Typed:
    """Scores for the criteria in order, and good advice."""
    ids = of.criteria.values_list("pk", flat=True)
    return scoring.Typed(
        scores=dict(zip(ids, values, strict=False)),
        **{"recommendation": "accept", "confidence": 4, **fields},
    )


def assigned(application: Application, reader: User, *, by: User) -> Assignment:
    """Given to a reader."""
    return assigning.assign(application, reader, by=by)


def reviewed(application: Application, reader: User, *values: int | None, by: User) -> Assignment:
    """Assigned, scored and handed in."""
    row = assigning.assign(application, reader, by=by)
    scoring.save_review(row, typed(application.cycle, *values), revision=0, by=reader)
    return scoring.hand_in(row, by=reader)


def hand_in(assignment: Assignment, *values: int | None, **fields: Any) -> Assignment:
    """Scored and handed in by its reader."""
    saved(assignment, *values, **fields)
    return scoring.hand_in(assignment, by=assignment.reviewer)


def saved(assignment: Assignment, *values: int | None, **fields: Any) -> Review:
    """A draft of a review."""
    before = Review.objects.filter(assignment=assignment).first()
    return scoring.save_review(
        assignment,
        typed(assignment.application.cycle, *values, **fields),
        revision=before.revision if before else 0,
        by=assignment.reviewer,
    )


def approved(application: Application, *, proposer: User, director: User) -> Decision:
    """Declined by two people."""
    row = decisions.propose(application, "decline", by=proposer)
    return decisions.approve(row, by=director)


def current(application: Application) -> Decision:
    """The decision that counts."""
    return Decision.objects.get(application=application, is_current=True)


def in_conflict(application: Application, reader: User, *, by: User) -> Assignment:
    """Given to a reader who must not read it."""
    row = assigning.assign(application, reader, by=by)
    return assigning.declare_conflict(row, by=reader, why="Family")


def release_all(of: Cycle, *, proposer: User, director: User) -> Release:
    """What is approved becomes visible."""
    return releasing.release(
        releasing.prepare_release(of, by=proposer, while_open=True), by=director
    )


def released(application: Application, *, proposer: User, director: User) -> Decision:
    """Declined, approved and visible."""
    approved(application, proposer=proposer, director=director)
    release_all(application.cycle, proposer=proposer, director=director)
    return current(application)


def all_proposed() -> Any:
    """Every proposal that waits for a director."""
    return Decision.objects.proposed()
