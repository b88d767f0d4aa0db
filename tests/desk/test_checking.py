"""Saying that a file is complete, one or many, and what keeps it from being."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from desk import checking
from desk.models import Check
from tests import factories
from tests.desk.factories import accepted, asked, received


def holds(application: Application) -> bool:
    """Whether the file counts as complete, for the row and for the lists alike."""
    application.refresh_from_db()
    row = checking.check_of(application).holds(application)
    listed = Check.objects.standing().filter(application=application).exists()
    assert row == listed
    return row


def test_complete_by_a_coordinator(application: Application, claire: User) -> None:
    check = checking.mark_complete(application, by=claire)
    assert holds(application)
    assert check.checked_by == claire
    entry = AuditEntry.objects.about(check).get()
    assert (entry.verb, entry.old, entry.new) == ("mark_complete", "to_check", "complete")


@pytest.mark.parametrize("who", ["amina", "bruno", "david", "dominique", "adam"])
def test_by_nobody_else(application: Application, request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises(Refused) as refused:
        checking.mark_complete(application, by=request.getfixturevalue(who))
    assert refused.value.forbidden
    assert not holds(application)


def test_not_while_a_piece_is_to_come_or_to_be_looked_at(
    application: Application, claire: User
) -> None:
    request = asked(application, by=claire)
    for _stage in ("asked", "received"):
        with pytest.raises(Refused) as refused:
            checking.mark_complete(application, by=claire)
        assert refused.value.reasons
        request = received(request) if request.is_waiting else request
    accepted(application, by=claire, title="Other")
    assert not holds(application)


def test_not_for_a_draft(cycle: Cycle, bruno: User, claire: User) -> None:
    with pytest.raises(Refused) as refused:
        checking.mark_complete(factories.draft(bruno, cycle), by=claire)
    assert refused.value.reasons


def test_a_new_submission_is_to_check(application: Application, claire: User) -> None:
    checking.mark_complete(application, by=claire)
    factories.lifecycle.reopen(application, by=application.applicant, at=timezone.now())
    assert holds(application)
    factories.submit(application)
    assert not holds(application)
    checking.mark_complete(application, by=claire)
    assert holds(application)


def test_taken_back_with_a_reason(application: Application, claire: User) -> None:
    checking.mark_complete(application, by=claire)
    check = checking.check_again(application, by=claire, why="Wrong person’s CV")
    assert not holds(application)
    assert check.checked_at is None
    assert AuditEntry.objects.about(check).get(verb="check_again").why == "Wrong person’s CV"
    with pytest.raises(Refused):
        checking.check_again(application, by=claire, why="Again")


def test_many_at_once_and_what_keeps_the_others(
    application: Application, cycle: Cycle, bruno: User, claire: User
) -> None:
    other = factories.submitted(bruno, cycle)
    asked(other, by=claire)
    done, kept = checking.mark_all_complete([application, other], by=claire)
    assert done == 1
    assert [row for row, _refused in kept] == [other]
    assert holds(application)
    assert not holds(other)


def test_an_old_mark_says_nothing_of_a_later_submission(
    application: Application, claire: User
) -> None:
    checking.mark_complete(application, by=claire)
    Application.objects.update(submitted_at=timezone.now() + timedelta(minutes=1))
    assert not holds(application)
