"""What a conflict leaves out: counts, sums, names of files, pairs of accounts, passes, and the ledgers."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from answers import frozen
from answers import release as releasing
from answers.dry_run import dry_run
from answers.progress import failures
from applications.forms.late_pass import LatePassForm
from applications.models import Application
from applications.sight import ids_kept_from
from audit.models import subject_of
from audit.moves import Refused
from audit.sight import subjects_kept_from
from cycles.models import Cycle
from desk import board as desk_board
from desk import merging, talking
from notifications.models import OutgoingEmail
from reviews import board, conflicts, decisions, ranking
from reviews.models import Decision, Reason
from tests import factories
from tests.conftest import Settle
from tests.desk.factories import asked
from tests.reviews import factories as judging
from tests.unguarded import unguarded


def stand_aside(application: Application, *people: User) -> None:
    for one in people:
        conflicts.declare(application, by=one, reason=Reason.OTHER)


@pytest.fixture
def zoe(person: Settle) -> User:
    """Coordinates beside Claire."""
    return person("zoe", "coordinator")


def test_counts_leave_it_out(
    application: Application, cycle: Cycle, claire: User, zoe: User, dominique: User
) -> None:
    asked(application, by=claire, days=-1)
    talking.write(application, "Hello", by=application.applicant)
    decisions.propose(application, "decline", by=claire)
    stand_aside(application, zoe, dominique)
    assert board.counts(cycle, claire)["filed"] == 1
    assert board.counts(cycle, zoe)["filed"] == 0
    assert desk_board.counts(cycle, claire) == {"waiting": 1, "overdue": 1, "unanswered": 1}
    assert desk_board.counts(cycle, zoe) == {"waiting": 0, "overdue": 0, "unanswered": 0}
    program = factories.program()
    assert ranking.tally(ranking.Listing(cycle, program, claire), None).declines == 1
    assert ranking.tally(ranking.Listing(cycle, program, dominique), None).declines == 0
    assert not ranking.waiting(cycle, dominique).exists()


def test_a_director_in_conflict_releases_the_list_and_approves_the_rest(
    application: Application, bruno: User, cycle: Cycle, claire: User, zoe: User, person: Settle
) -> None:
    """Approving is for each file; a release is one act on the whole list, and shows sums only."""
    first, second = person("first", "director"), person("second", "director")
    other = factories.submitted(bruno, cycle)
    rows = decisions.propose_all([application, other], "decline", by=claire)
    stand_aside(application, first, zoe)
    with pytest.raises(Refused):
        decisions.approve_all(Decision.objects.filter(pk__in=[row.pk for row in rows]), by=first)
    decisions.approve(judging.current(other), by=first)
    (reason,) = frozen.obstacles(cycle, zoe)
    assert reason == "1 application of the whole cycle has no approved decision: …"
    assert application.number in frozen.obstacles(cycle, claire)[0]
    decisions.approve(judging.current(application), by=second)
    prepared = releasing.prepare_release(cycle, by=zoe, while_open=True)
    with unguarded():  # as by hand: no verb changes what is on a frozen list
        listed = Decision.objects.filter(application=application)
        listed.update(status="set_aside", is_current=False)
    changed = decisions.propose(application, "accept", factories.program(), by=claire)
    for user, known in ((first, []), (second, [application.number])):
        run = dry_run(prepared, user)
        assert (run.lacking, run.gone) == (known, known)
    decisions.approve(changed, by=second)
    assert dry_run(prepared, first).added == []
    releasing.cancel_release(prepared, by=zoe, why="Wait")
    done = releasing.release(releasing.prepare_release(cycle, by=zoe, while_open=True), by=first)
    OutgoingEmail.objects.filter(letter="decision_available").update(status="bounced", error="550")
    assert [row.application for row in failures(done, first)] == [other]
    assert len(failures(done, second)) == 2


def test_pairs_of_accounts(
    client: Client, application: Application, cycle: Cycle, person: Settle, claire: User, zoe: User
) -> None:
    other = person("amina2", full_name="Amina Benali")
    pair = merging.pair_of(application.applicant, other)
    merging.merge(pair, stays=application.applicant, why="One", by=claire)
    stand_aside(application, zoe)
    for user, seen in ((claire, True), (zoe, False)):
        client.force_login(user)
        assert ("amina@" in client.get("/desk/duplicates/").content.decode()) is seen
        status = client.get(f"/desk/duplicates/{pair.first_id}/{pair.second_id}/").status_code
        assert status == (200 if seen else 404)


@pytest.mark.parametrize("by_number", [True, False])
def test_a_late_pass(application: Application, claire: User, zoe: User, by_number: bool) -> None:
    who = application.number if by_number else application.applicant.email
    stand_aside(application, zoe)
    for user, known in ((claire, True), (zoe, False)):
        form = LatePassForm({"who": who}, cycle=application.cycle, by=user)
        assert ("who" not in form.errors) is known


def test_the_ledgers_keep_all_that_hangs_on_the_file(
    application: Application, david: User, claire: User, zoe: User
) -> None:
    row = judging.reviewed(application, david, 3, 3, 3, by=claire)
    assert subjects_kept_from(zoe) == set()
    stand_aside(application, zoe)
    kept = subjects_kept_from(zoe)
    things: list[Any] = [application, row, row.review, application.submissions.get()]
    assert {subject_of(thing) for thing in things} <= kept
    assert subject_of(zoe) not in kept
    assert ids_kept_from(zoe) == {application.pk}
