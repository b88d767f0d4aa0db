"""Proposing and approving, one by one and in bulk; nothing of it shows before the release."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from answers import release as releasing
from applications import lifecycle
from applications.models import Application, Choice
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from reviews import decisions
from reviews.models import Decision, Outcome
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging


def test_proposed_then_approved(application: Application, claire: User, dominique: User) -> None:
    before = Application.objects.filter(pk=application.pk).values().get()
    msc = factories.program()
    row = decisions.propose(application, Outcome.ACCEPT, msc, by=claire)
    assert (row.status, row.version, row.program, row.proposed_by) == ("proposed", 1, msc, claire)
    decisions.approve(row, by=dominique)
    assert (row.status, row.approved_by) == ("approved", dominique)
    assert [entry.verb for entry in AuditEntry.objects.about(row)] == ["propose", "approve"]
    # P3: the row that the applicant's pages are drawn from is the same, byte for byte.
    assert Application.objects.filter(pk=application.pk).values().get() == before
    assert not AuditEntry.objects.about(application).filter(verb__in=["propose", "approve"])
    assert str(row) == f"{application.pk}, accept"


def test_who_may_propose(application: Application, david: User, dominique: User) -> None:
    for by in (david, dominique, application.applicant):
        with pytest.raises(Refused) as refused:
            decisions.propose(application, "decline", by=by)
        assert refused.value.forbidden


def test_who_may_approve(application: Application, claire: User, david: User) -> None:
    row = decisions.propose(application, "decline", by=claire)
    for by in (claire, david):
        with pytest.raises(Refused) as refused:
            decisions.approve(row, by=by)
        assert refused.value.forbidden


def test_never_ones_own_proposal(application: Application, person: Settle) -> None:
    both = person("zoe", Role.COORDINATOR, Role.DIRECTOR)
    row = decisions.propose(application, "decline", by=both)
    with pytest.raises(Refused, match="Another person") as refused:
        decisions.approve(row, by=both)
    assert not refused.value.forbidden
    with pytest.raises(Refused, match="Another person"):
        decisions.approve_all(Decision.objects.all(), by=both)
    # The table of moves says the same, should a caller forget to ask.
    assert decisions.APPROVE.refusal(row, both).forbidden  # type: ignore[union-attr]
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(status="approved", approved_by=both, approved_at=timezone.now())


def test_a_conflicted_director_approves_nothing(
    application: Application, claire: User, dominique: User
) -> None:
    dominique.roles = [Role.DIRECTOR, Role.REVIEWER]
    dominique.save()
    judging.in_conflict(application, dominique, by=claire)
    row = decisions.propose(application, "decline", by=claire)
    with pytest.raises(Refused) as refused:
        decisions.approve(row, by=dominique)
    assert refused.value.forbidden


@pytest.mark.parametrize(
    ("outcome", "with_program", "words"),
    [
        ("maybe", True, "outcome"),
        ("accept", False, "program"),
        ("waitlist", False, "program"),
        ("decline", True, "program"),
    ],
)
def test_what_no_proposal_may_be(
    application: Application, claire: User, outcome: str, with_program: bool, words: str
) -> None:
    program = factories.program() if with_program else None
    with pytest.raises(Refused, match=words):
        decisions.propose(application, outcome, program, by=claire)
    assert not Decision.objects.exists()


def test_only_for_a_program_that_was_asked_for(application: Application, claire: User) -> None:
    with pytest.raises(Refused, match="did not ask"):
        decisions.propose(application, "accept", factories.program("dess"), by=claire)


def test_only_for_submitted_files(cycle: Cycle, bruno: User, claire: User) -> None:
    with pytest.raises(Refused, match="submitted"):
        decisions.propose(factories.draft(bruno, cycle), "decline", by=claire)
    with pytest.raises(Refused, match="at least one"):
        decisions.propose_all([], "decline", by=claire)


def test_a_change_needs_a_new_approval(
    application: Application, claire: User, dominique: User
) -> None:
    old = judging.approved(application, proposer=claire, director=dominique)
    new = decisions.propose(application, "accept", factories.program(), by=claire)
    old.refresh_from_db()
    assert (old.status, old.is_current) == ("set_aside", False)
    assert (new.status, new.version, new.approved_by) == ("proposed", 2, None)
    assert list(Decision.objects.current()) == [new]


def test_the_same_again_changes_nothing(
    application: Application, claire: User, dominique: User
) -> None:
    old = judging.approved(application, proposer=claire, director=dominique)
    assert decisions.propose_all([application], "decline", by=claire) == []
    old.refresh_from_db()
    assert old.status == "approved"


def test_places_on_the_waitlist(cycle: Cycle, person: Settle, claire: User) -> None:
    msc = factories.program()
    files = judging.filed(4, cycle)
    Choice.objects.bulk_create(Choice(application=file, program=msc, rank=1) for file in files)
    decisions.propose_all(files[:2], "waitlist", msc, by=claire)
    decisions.propose_all(files[2:3], "waitlist", msc, by=claire)
    first = decisions.propose(files[3], "waitlist", msc, rank=9, by=claire)
    assert [judging.current(file).rank for file in files] == [1, 2, 3, 9]
    again = decisions.propose(files[3], "waitlist", msc, rank=4, by=claire)
    assert (first.rank, again.rank, again.version) == (9, 4, 2)
    assert decisions.propose_all(files[:1], "waitlist", msc, by=claire) == []


def test_withdrawn_proposals(application: Application, claire: User, dominique: User) -> None:
    row = decisions.propose(application, "decline", by=claire)
    decisions.withdraw_proposal(row, by=claire, why="Too early")
    assert not Decision.objects.current().exists()
    again = decisions.propose(application, "decline", by=claire)
    assert again.version == 2
    with pytest.raises(Refused) as refused:
        decisions.withdraw_proposal(again, by=dominique)
    assert refused.value.forbidden


def test_what_is_released_cannot_be_proposed_again(
    application: Application, claire: User, dominique: User
) -> None:
    row = judging.released(application, proposer=claire, director=dominique)
    with pytest.raises(Refused, match="released"):
        decisions.propose(application, "accept", factories.program(), by=claire)
    with pytest.raises(Refused):
        decisions.withdraw_proposal(row, by=claire)


def test_all_or_none(cycle: Cycle, person: Settle, claire: User, dominique: User) -> None:
    files = judging.filed(3, cycle)
    decisions.propose_all(files, "decline", by=claire)
    Decision.objects.filter(application=files[2]).update(proposed_by=dominique)
    with pytest.raises(Refused):
        decisions.approve_all(Decision.objects.all(), by=dominique)
    assert not Decision.objects.filter(status="approved").exists()


def test_approving_twice_approves_once(
    application: Application, claire: User, dominique: User
) -> None:
    row = decisions.propose(application, "decline", by=claire)
    assert len(decisions.approve_all(Decision.objects.all(), by=dominique)) == 1
    assert decisions.approve_all(Decision.objects.all(), by=dominique) == []
    with pytest.raises(Refused, match="changed since"):
        decisions.approve(row, by=dominique)


def test_queries_do_not_grow(cycle: Cycle, person: Settle, claire: User, dominique: User) -> None:
    files = judging.filed(13, cycle)
    counts = []
    for some in (files[:3], files[3:]):
        with CaptureQueriesContext(connection) as proposing:
            decisions.propose_all(some, "decline", by=claire)
        with CaptureQueriesContext(connection) as approving:
            decisions.approve_all(Decision.objects.filter(application__in=some), by=dominique)
        counts.append((len(proposing), len(approving)))
    assert counts[0] == counts[1]


def test_who_sees_which(
    application: Application, claire: User, dominique: User, david: User, bruno: User
) -> None:
    amina = application.applicant
    row = judging.approved(application, proposer=claire, director=dominique)
    assert not Decision.objects.visible_to(amina).exists()
    assert Decision.objects.visible_to(claire).get() == row
    release = releasing.prepare_release(application.cycle, by=claire, while_open=True)
    assert not Decision.objects.visible_to(amina).exists()
    releasing.release(release, by=dominique)
    assert Decision.objects.visible_to(amina).get() == row
    for stranger in (bruno, david):
        assert not Decision.objects.visible_to(stranger).exists()


def test_withdrawn_files_are_on_no_list(
    application: Application, claire: User, dominique: User
) -> None:
    judging.approved(application, proposer=claire, director=dominique)
    lifecycle.withdraw(application, by=application.applicant)
    for rows in (Decision.objects.proposed(), Decision.objects.approved()):
        assert not rows.exists()


def test_a_draft_has_no_current_decision_twice(application: Application, claire: User) -> None:
    fields: dict[str, Any] = {
        "application": application,
        "outcome": "decline",
        "proposed_by": claire,
    }
    Decision.objects.create(version=1, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(version=2, **fields)
