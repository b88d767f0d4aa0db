"""A release at its hour: by the timetable, judged once more; held, resumed, never with one person alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from answers import release, tasks
from answers.frozen import Halt
from applications import lifecycle
from applications.models import Application
from audit.invariants import broken
from audit.models import AuditEntry
from audit.moves import Refused
from notifications.models import OutgoingEmail
from reviews.models import Release
from tests.answers import factories as answers
from tests.conftest import Settle
from tests.reviews import factories as judging


@pytest.fixture
def due(application: Application, claire: User, dominique: User) -> Release:
    """Approved, and its hour has come."""
    answers.answered(application, "accept", proposer=claire, director=dominique)
    return answers.come(answers.approved(application.cycle, preparer=claire, director=dominique))


def letters(name: str) -> list[str]:
    """To whom this letter is queued."""
    rows = OutgoingEmail.objects.filter(letter=name).order_by("address")
    return list(rows.values_list("address", flat=True))


def test_nothing_before_the_hour(application: Application, claire: User, dominique: User) -> None:
    answers.answered(application, "accept", proposer=claire, director=dominique)
    answers.approved(application.cycle, preparer=claire, director=dominique)
    assert release.release_due() == 0
    assert judging.current(application).status == "approved"


def test_at_the_hour_by_itself_and_once(due: Release, dominique: User) -> None:
    tasks.release_due()
    assert release.release_due() == 0
    assert not release._let_out(due.pk)  # another beat was ahead
    due.refresh_from_db()
    assert (due.status, due.approved_by) == ("done", dominique)
    assert letters("decision_available") == ["amina@example.com"]
    assert AuditEntry.objects.get(verb="release").actor is None
    assert broken() == []


def test_an_hour_that_has_passed_is_refused(
    application: Application, claire: User, dominique: User
) -> None:
    answers.answered(application, "accept", proposer=claire, director=dominique)
    prepared = release.prepare_release(application.cycle, by=claire, while_open=True)
    with pytest.raises(Refused, match="passed"):
        release.approve_release(prepared, by=dominique, at=timezone.now())


def test_a_change_holds_it_at_the_hour_and_both_are_told(due: Release, claire: User) -> None:
    lifecycle.withdraw(Application.objects.get(), by=Application.objects.get().applicant)
    assert release.release_due() == 0
    due.refresh_from_db()
    assert (due.status, due.why_stopped, due.stopped_by) == ("held", Halt.CHANGED, None)
    assert letters("release_held") == ["claire@example.com", "dominique@example.com"]
    assert letters("decision_available") == []
    assert release.release_due() == 0
    assert broken() == []


def test_who_approved_it_must_still_direct(due: Release, dominique: User) -> None:
    User.objects.filter(pk=dominique.pk).update(roles=[])
    assert release.release_due() == 0
    due.refresh_from_db()
    assert due.why_stopped == Halt.PERSON


def test_held_then_resumed_by_another_director(
    due: Release, claire: User, dominique: User, person: Settle
) -> None:
    release.hold_release(due, by=claire, why="A professor called.")
    assert release.release_due() == 0
    dora = person("dora", "director")
    later = timezone.now() + timedelta(hours=1)
    release.resume_release(due, by=dora, at=later)
    due.refresh_from_db()
    assert (due.status, due.approved_by, due.due_at) == ("approved", dora, later)
    assert (due.why_stopped, due.stopped_at) == ("", None)


def test_what_changed_meanwhile_is_not_resumed(
    due: Release, application: Application, claire: User, dominique: User
) -> None:
    release.hold_release(due, by=dominique, why="Wait")
    lifecycle.withdraw(application, by=application.applicant)
    with pytest.raises(Refused, match="changed"):
        release.resume_release(due, by=dominique, at=timezone.now() + timedelta(hours=1))


def test_to_stop_one_says_why(due: Release, claire: User) -> None:
    with pytest.raises(Refused, match="Say why"):
        release.hold_release(due, by=claire, why=" ")
