"""PostgreSQL refuses what one person alone could do, whoever writes: bulk updates and queries by hand too."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from answers import invariants, release
from applications.models import Application
from reviews.models import Decision, Release
from tests.answers import factories as answers

pytestmark = pytest.mark.django_db
NOW, LATER = timezone.now(), timezone.now() + timedelta(days=1)


@pytest.fixture
def prepared(application: Application, claire: User, dominique: User) -> Release:
    """A frozen list of one."""
    answers.answered(application, "accept", proposer=claire, director=dominique)
    return release.prepare_release(application.cycle, by=claire, while_open=True)


def refused(table: str, change: str, *values: Any) -> bool:
    """Whether PostgreSQL refuses this change of every row, written by hand."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {change}", values)
    except IntegrityError:
        return True
    return False


SHOW = "status = 'released'"
CHANGES = [
    "outcome = 'decline', program_id = NULL",
    "outcome = 'waitlist', rank = 1",
    "version = 9",
    "approved_at = now() + interval '1 day'",
    "approved_by_id = NULL, approved_at = NULL, status = 'proposed'",
    "status = 'corrected', is_current = false",
]


def test_nothing_is_shown_before_two_persons_and_the_hour(
    prepared: Release, claire: User, dominique: User
) -> None:
    done = "status = 'done', released_at = now()"
    both = f"{done}, approved_by_id = %s, approved_at = now(), due_at = now()"
    for person in (claire, dominique):  # at one stroke, by whomever: it was not approved before
        assert refused("reviews_release", both, person.pk)
    alone = "status = 'approved', approved_by_id = %s, approved_at = now(), due_at = now()"
    assert refused("reviews_release", alone, claire.pk)
    assert refused("reviews_decision", SHOW)
    release.approve_release(prepared, by=dominique, at=LATER)
    assert refused("reviews_release", done)
    assert refused("reviews_release", f"{done}, due_at = now()")
    assert refused("reviews_decision", SHOW)


def test_a_frozen_list_stays(prepared: Release, claire: User, dominique: User) -> None:
    for change in CHANGES:
        assert refused("reviews_decision", change), change
    assert refused("reviews_decision", "release_id = NULL")
    for change in ("fingerprint = repeat('0', 64)", "size = 2", "kind = 'correction'"):
        assert refused("reviews_release", change), change
    assert refused("reviews_release", "prepared_by_id = %s", dominique.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    release.approve_release(prepared, by=dominique, at=LATER)
    assert refused("reviews_release", "status = 'prepared'")


def test_what_is_visible_stays(prepared: Release, dominique: User) -> None:
    release.release(prepared, by=dominique)
    for change in (*CHANGES, "status = 'set_aside', is_current = false", "release_id = NULL"):
        assert refused("reviews_decision", change), change
    for change in ("status = 'held', why_stopped = 'x', stopped_at = now()", "due_at = NULL"):
        assert refused("reviews_release", change), change
    for rows in (Decision.objects.all(), Release.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows._raw_delete("default")


def test_only_a_release_writes_what_is_visible(
    application: Application, bruno: User, claire: User, dominique: User
) -> None:
    row = answers.answered(application, "accept", proposer=claire, director=dominique)
    assert refused(
        "reviews_decision", CHANGES[0]
    )  # approved, and on no list: proposed anew, or not at all
    for fields in ({"status": "released"}, {"release_id": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(
                application=application,
                version=2,
                outcome="decline",
                proposed_by=claire,
                approved_by=dominique,
                approved_at=NOW,
                corrects=row,
                reason="x",
                is_current=False,
                **fields,
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(
            cycle=application.cycle,
            prepared_by=claire,
            approved_by=dominique,
            approved_at=NOW,
            due_at=NOW,
            released_at=NOW,
            status="done",
            fingerprint="0" * 64,
            size=0,
        )


def test_a_list_takes_nobody_in_after_its_approval(
    prepared: Release, bruno: User, claire: User, dominique: User
) -> None:
    release.approve_release(prepared, by=dominique, at=LATER)
    file = answers.factories.submitted(bruno, prepared.cycle)
    answers.answered(file, "accept", proposer=claire, director=dominique)
    assert refused("reviews_decision", "release_id = %s WHERE release_id IS NULL", prepared.pk)


def test_a_guard_taken_away_is_noticed(db: None) -> None:
    assert list(invariants.answers_are_guarded()) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reviews_release DISABLE TRIGGER reviews_release_by_two")
    assert len(list(invariants.answers_are_guarded())) == 1
