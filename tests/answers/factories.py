"""Releases in each of their states, by the verbs."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from answers import correcting, release
from applications.models import Application
from cycles.models import Cycle
from reviews import decisions
from reviews.models import Decision, Release
from tests import factories
from tests.reviews import factories as judging
from tests.unguarded import unguarded

LATER = timedelta(days=1)


def answered(file: Application, outcome: str, *, proposer: User, director: User) -> Decision:
    """Proposed by one, approved by the other."""
    program = None if outcome == "decline" else factories.program()
    row = decisions.propose(file, outcome, program, by=proposer)
    return decisions.approve(row, by=director)


def approved(of: Cycle, *, preparer: User, director: User) -> Release:
    """Frozen, and approved for tomorrow."""
    prepared = release.prepare_release(of, by=preparer, while_open=True)
    return release.approve_release(prepared, by=director, at=timezone.now() + LATER)


def come(row: Release) -> Release:
    """The hour of an approved release has come, whatever the clock says."""
    with unguarded():
        Release.objects.filter(pk=row.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    row.refresh_from_db()
    return row


def correction(
    old: Decision, outcome: str, *, proposer: User, director: User | None = None
) -> Decision:
    """Another answer than the released one, approved where a director is named."""
    program = None if outcome == "decline" else factories.program()
    row = correcting.propose_correction(old, outcome, program, why="Wrong line", by=proposer)
    return decisions.approve(row, by=director) if director else row


def corrected(of: Cycle, *, preparer: User, director: User) -> Release:
    """The approved corrections become visible at once."""
    prepared = release.prepare_release(
        of, by=preparer, kind=Release.Kind.CORRECTION, while_open=True
    )
    return release.release(prepared, by=director)


def released(file: Application, outcome: str, *, proposer: User, director: User) -> Decision:
    """Answered, and visible."""
    answered(file, outcome, proposer=proposer, director=director)
    judging.release_all(file.cycle, proposer=proposer, director=director)
    return judging.current(file)
