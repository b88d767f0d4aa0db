"""Giving files to readers, taking them back, conflicts."""

import pytest

from accounts.models import Role, User
from applications import lifecycle
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from reviews import assignment as assigning
from reviews import decisions
from reviews.models import Assignment, Standing
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging


def test_assigned_until_the_cycles_date(assignment: Assignment, david: User, claire: User) -> None:
    assert (assignment.reviewer, assignment.assigned_by) == (david, claire)
    assert assignment.due_on == assignment.application.cycle.reviews_due_on
    assert assignment.is_open
    assert Standing.objects.get().asked == 1
    assert AuditEntry.objects.about(assignment).get().verb == "assign"


def test_only_a_coordinator_assigns(
    application: Application, david: User, dominique: User, amina: User
) -> None:
    for by in (david, dominique, amina):
        with pytest.raises(Refused) as refused:
            assigning.assign(application, david, by=by)
        assert refused.value.forbidden


def test_a_draft_is_given_to_nobody(cycle: Cycle, bruno: User, david: User, claire: User) -> None:
    with pytest.raises(Refused, match="submitted"):
        assigning.assign(factories.draft(bruno, cycle), david, by=claire)


def test_only_readers_read(application: Application, gilles: User, claire: User) -> None:
    with pytest.raises(Refused, match="not a reader"):
        assigning.assign(application, gilles, by=claire)


def test_nobody_reads_their_own(application: Application, amina: User, claire: User) -> None:
    amina.roles = [Role.REVIEWER]
    with pytest.raises(Refused, match="own"):
        assigning.assign(application, amina, by=claire)


def test_the_same_reader_once(assignment: Assignment, david: User, claire: User) -> None:
    with pytest.raises(Refused, match="already"):
        assigning.assign(assignment.application, david, by=claire)
    assigning.unassign(assignment, by=claire, why="On leave")
    again = assigning.assign(assignment.application, david, by=claire)
    assert Standing.objects.get().asked == 1
    assert again.pk != assignment.pk


def test_what_is_handed_in_stays(application: Application, david: User, claire: User) -> None:
    row = judging.reviewed(application, david, 3, 3, 3, by=claire)
    with pytest.raises(Refused):
        assigning.unassign(row, by=claire)


def test_a_conflict_hides_the_file_for_good(
    application: Application, david: User, claire: User
) -> None:
    row = judging.reviewed(application, david, 3, 3, 3, by=claire)
    assigning.declare_conflict(row, by=david, why="My former student")
    assert not Assignment.objects.of(david).exists()
    assert not Assignment.objects.visible_to(david).exists()
    assert Assignment.objects.visible_to(claire).get() == row
    standing = Standing.objects.get()
    assert (standing.asked, standing.handed_in, standing.mean) == (0, 0, None)
    assert AuditEntry.objects.about(row).last().why == "My former student"  # type: ignore[union-attr]
    with pytest.raises(Refused, match="conflict"):
        assigning.assign(application, david, by=claire)


def test_a_conflict_counts_in_every_role(
    application: Application, claire: User, dominique: User
) -> None:
    claire.roles = [Role.COORDINATOR, Role.REVIEWER]
    claire.save()
    row = assigning.assign(application, claire, by=claire)
    assigning.declare_conflict(row, by=claire, why="Family")
    assert not Assignment.objects.visible_to(claire).exists()
    with pytest.raises(Refused) as refused:
        decisions.propose(application, "decline", by=claire)
    assert refused.value.forbidden
    with pytest.raises(Refused):
        assigning.assign(application, dominique, by=claire)


def test_only_the_reader_declares_a_conflict(assignment: Assignment, claire: User) -> None:
    with pytest.raises(Refused) as refused:
        assigning.declare_conflict(assignment, by=claire, why="")
    assert refused.value.forbidden


def test_withdrawn_files_leave_every_queue(
    assignment: Assignment, david: User, amina: User
) -> None:
    assert list(Assignment.objects.of(david)) == [assignment]
    lifecycle.withdraw(assignment.application, by=amina)
    assert not Assignment.objects.of(david).exists()
    assert not Assignment.objects.live().exists()


def test_who_sees_which(assignment: Assignment, person: Settle, amina: User) -> None:
    zoe = person("zoe", Role.REVIEWER)
    for stranger in (zoe, amina):
        assert not Assignment.objects.visible_to(stranger).exists()
    david = assignment.reviewer
    david.roles = []
    assert not Assignment.objects.visible_to(david).exists()
    assert str(assignment) == f"{assignment.application_id} → {david.pk}"
