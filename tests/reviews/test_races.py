"""Two people at the same moment, on real connections: one wins, the other is told, nothing is done twice."""

import time
from collections.abc import Callable
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import Role, User
from answers import release as releasing
from applications.models import Application
from audit.invariants import broken
from audit.models import AuditEntry
from audit.moves import Refused
from notifications.models import OutgoingEmail
from reviews import assignment as assigning
from reviews import decisions, scoring
from reviews.models import Decision, Release, Standing
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gave back, or the refusal it met, all started together."""
    barrier = Barrier(len(works))
    answers: list[Any] = [None] * len(works)

    def run(index: int, work: Callable[[], Any]) -> None:
        barrier.wait(30)
        try:
            answers[index] = work()
        except Refused as refused:
            answers[index] = refused
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def refusals(answers: list[Any]) -> int:
    """How many were refused."""
    return sum(isinstance(answer, Refused) for answer in answers)


def while_another(writes: Callable[[], Any], mine: Callable[[], Any]) -> Any:
    """What `mine` gives when somebody else has written, not committed, and commits while it waits."""
    written = Event()

    def other() -> None:
        with transaction.atomic():
            writes()
            written.set()
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline and not _somebody_waits():
                time.sleep(0.02)
        connection.close()

    thread = Thread(target=other)
    thread.start()
    assert written.wait(20)
    try:
        return mine()
    finally:
        thread.join(30)


def _somebody_waits() -> bool:
    """Whether a transaction of this database waits for another's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_a_preparation_that_another_overtakes(
    application: Application, claire: User, dominique: User
) -> None:
    judging.approved(application, proposer=claire, director=dominique)
    of = application.cycle

    def theirs() -> None:
        Release.objects.create(cycle=of, prepared_by=claire, fingerprint="0" * 64, size=1)

    with pytest.raises(Refused, match="already prepared"):
        while_another(theirs, lambda: releasing.prepare_release(of, by=claire, while_open=True))
    assert Release.objects.count() == 1


def test_a_proposal_that_another_overtakes(application: Application, claire: User) -> None:
    def theirs() -> None:
        Decision.objects.create(
            application=application, version=1, outcome="decline", proposed_by=claire
        )

    msc = factories.program()
    with pytest.raises(Refused, match="Somebody else"):
        while_another(theirs, lambda: decisions.propose(application, "accept", msc, by=claire))
    assert judging.current(application).outcome == "decline"


def test_two_directors_approve(application: Application, claire: User, person: Settle) -> None:
    row = decisions.propose(application, "decline", by=claire)
    directors = [person(name, Role.DIRECTOR) for name in ("dora", "dina", "doug", "dean")]

    def approving(director: User) -> Callable[[], Any]:
        return lambda: decisions.approve(Decision.objects.get(pk=row.pk), by=director)

    assert refusals(at_once(*map(approving, directors))) == 3
    assert AuditEntry.objects.filter(verb="approve").count() == 1
    assert broken() == []


def test_two_clicks_on_release(
    application: Application, bruno: User, claire: User, person: Settle
) -> None:
    dora, dina = (person(name, Role.DIRECTOR) for name in ("dora", "dina"))
    for file in (application, factories.submitted(bruno, application.cycle)):
        judging.approved(file, proposer=claire, director=dora)
    prepared = releasing.prepare_release(application.cycle, by=claire, while_open=True)

    def clicking(director: User) -> Callable[[], Any]:
        return lambda: releasing.release(Release.objects.get(pk=prepared.pk), by=director)

    answers = at_once(*[clicking(director) for director in (dora, dina) * 4])
    assert refusals(answers) == 0
    assert Decision.objects.released().count() == 2
    assert OutgoingEmail.objects.filter(letter="decision_available").count() == 2
    assert AuditEntry.objects.filter(verb="release").count() == 1
    assert broken() == []


def test_a_release_against_a_change(
    application: Application, claire: User, dominique: User
) -> None:
    judging.approved(application, proposer=claire, director=dominique)
    prepared = releasing.prepare_release(application.cycle, by=claire, while_open=True)
    msc = factories.program()
    answers = at_once(
        lambda: releasing.release(Release.objects.get(pk=prepared.pk), by=dominique),
        lambda: decisions.propose(application, "accept", msc, by=claire),
    )
    assert refusals(answers) == 1
    prepared.refresh_from_db()
    current = judging.current(application)
    released = (prepared.status, current.status, current.outcome) == ("done", "released", "decline")
    changed = (prepared.status, current.status, current.outcome) == (
        "prepared",
        "proposed",
        "accept",
    )
    assert released or changed
    assert broken() == []


def test_two_preparations(application: Application, claire: User, dominique: User) -> None:
    judging.approved(application, proposer=claire, director=dominique)

    def prepare() -> Release:
        return releasing.prepare_release(application.cycle, by=claire, while_open=True)

    assert refusals(at_once(prepare, prepare, prepare)) == 2
    assert Release.objects.count() == 1
    assert judging.current(application).release == Release.objects.get()


def test_two_proposals(application: Application, claire: User, person: Settle) -> None:
    other = person("cora", Role.COORDINATOR)
    msc = factories.program()
    answers = at_once(
        lambda: decisions.propose_all([application], "decline", by=claire),
        lambda: decisions.propose_all([application], "accept", msc, by=other),
    )
    assert Decision.objects.filter(is_current=True).count() == 1
    assert refusals(answers) <= 1
    assert broken() == []


def test_two_readers_hand_in(application: Application, claire: User, person: Settle) -> None:
    rows = []
    for name in ("ria", "rob", "rex", "ray"):
        row = judging.assigned(application, person(name, Role.REVIEWER), by=claire)
        judging.saved(row, 4, 4, 4)
        rows.append(row)

    def handing_in(row: Any) -> Callable[[], Any]:
        return lambda: scoring.hand_in(row, by=row.reviewer)

    assert refusals(at_once(*map(handing_in, rows))) == 0
    standing = Standing.objects.get()
    assert (standing.handed_in, float(standing.mean or 0)) == (4, 4.0)
    assert broken() == []


def test_the_same_reader_twice(application: Application, claire: User, david: User) -> None:
    def assign() -> Any:
        return assigning.assign(application, david, by=claire)

    assert refusals(at_once(assign, assign, assign)) == 2
    assert Standing.objects.get().asked == 1


def test_two_tabs_save(assignment: Any, david: User) -> None:
    of = assignment.application.cycle

    def saving(comment: str) -> Callable[[], Any]:
        typed = judging.typed(of, 3, comment=comment)
        return lambda: scoring.save_review(assignment, typed, revision=1, by=david)

    judging.saved(assignment, 1)
    answers = at_once(*map(saving, ("a", "b", "c")))
    assert sum(isinstance(answer, scoring.Stale) for answer in answers) == 2


def test_a_mean_that_another_is_about_to_change(
    application: Application, claire: User, david: User, person: Settle
) -> None:
    one, two = (
        judging.assigned(application, reader, by=claire)
        for reader in (david, person("zoe", Role.REVIEWER))
    )
    judging.saved(one, 5, 5, 5)
    judging.saved(two, 1, 1, 1)
    while_another(
        lambda: scoring.hand_in(one, by=one.reviewer),
        lambda: scoring.hand_in(two, by=two.reviewer),
    )
    standing = Standing.objects.get()
    assert (standing.handed_in, float(standing.mean or 0)) == (2, 3.0)
