"""The table of moves: judged on what is true now, recorded, once.

The rows are letters, which have a status and are close at hand; the moves are of this file alone.
"""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Move, Refused, available, move, move_all
from notifications.models import OutgoingEmail


def anyone(by: Any, row: OutgoingEmail) -> bool:
    """Everybody may, even the timetable."""
    return True


def claire_only(by: Any, row: OutgoingEmail) -> bool:
    """One person may."""
    return by is not None and str(by.email).startswith("claire")


def too_long(row: OutgoingEmail) -> Iterator[str]:
    """Says what blocks a row."""
    if row.attempts > 1:
        yield "Too many attempts."
    if row.priority > 5:
        yield "Not urgent."


GIVE_UP = Move("give up", ("pending",), "dead", may=claire_only, blocked_by=too_long)
PUT_BACK = Move("put back", ("dead", "bounced"), "pending", may=anyone)


def letters(count: int, **fields: Any) -> list[OutgoingEmail]:
    """Rows to move."""
    return OutgoingEmail.objects.bulk_create(
        OutgoingEmail(
            key=str(number),
            letter="x",
            language="fr",
            address="a@b.ca",
            about="accounts.user:1",
            subject="S",
            text="T",
            **fields,
        )
        for number in range(count)
    )


@pytest.fixture
def letter(db: None) -> OutgoingEmail:
    """One row to move."""
    return letters(1)[0]


def test_a_move_writes_the_status_what_goes_with_it_and_the_trail(
    letter: OutgoingEmail, claire: User
) -> None:
    moved = move(letter, GIVE_UP, by=claire, why="Enough.", error="Given up.")
    assert moved is letter
    letter.refresh_from_db()
    assert (letter.status, letter.error) == ("dead", "Given up.")
    (entry,) = AuditEntry.objects.about(letter)
    assert (entry.verb, entry.old, entry.new) == ("give up", "pending", "dead")
    assert (entry.actor, entry.why) == (claire, "Enough.")


def test_a_move_writes_nothing_else(letter: OutgoingEmail, claire: User) -> None:
    letter.subject = "Changed in memory"
    move(letter, GIVE_UP, by=claire, error="Given up.")
    assert OutgoingEmail.objects.get().subject == "S"


def test_the_wrong_person_is_refused_first(letter: OutgoingEmail, amina: User) -> None:
    OutgoingEmail.objects.update(attempts=9)
    with pytest.raises(Refused) as refused:
        move(letter, GIVE_UP, by=amina, error="x")
    assert refused.value.forbidden
    assert refused.value.reasons == []
    assert OutgoingEmail.objects.get().status == "pending"
    assert not AuditEntry.objects.exists()


def test_the_wrong_status_is_refused(letter: OutgoingEmail, claire: User) -> None:
    with pytest.raises(Refused) as refused:
        move(letter, PUT_BACK, by=claire)
    assert not refused.value.forbidden
    assert not AuditEntry.objects.exists()


def test_a_blocker_says_each_reason(letter: OutgoingEmail, claire: User) -> None:
    OutgoingEmail.objects.update(attempts=2, priority=9)
    with pytest.raises(Refused) as refused:
        move(letter, GIVE_UP, by=claire, error="x")
    assert refused.value.reasons == ["Too many attempts.", "Not urgent."]
    assert str(refused.value) == str(refused.value.text)
    assert OutgoingEmail.objects.get().status == "pending"


def test_what_is_true_now_decides_and_not_what_was_read(
    letter: OutgoingEmail, claire: User
) -> None:
    OutgoingEmail.objects.update(status="sent", sent_at=Now())
    assert letter.status == "pending"
    with pytest.raises(Refused):
        move(letter, GIVE_UP, by=claire, error="x")
    assert letter.status == "sent"


def test_the_buttons_are_drawn_from_the_same_table(
    letter: OutgoingEmail, amina: User, claire: User
) -> None:
    table = (GIVE_UP, PUT_BACK)
    assert available(letter, table, by=claire) == [GIVE_UP]
    assert available(letter, table, by=amina) == []
    move(letter, GIVE_UP, by=claire, error="x")
    assert available(letter, table, by=None) == [PUT_BACK]


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_move(claire: User) -> None:
    (letter,) = letters(1)
    outcomes: list[str] = []
    together = threading.Barrier(20)

    def attempt() -> None:
        mine = OutgoingEmail.objects.get(pk=letter.pk)
        together.wait()
        try:
            move(mine, GIVE_UP, by=claire, error="x")
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["done"] + ["refused"] * 19
    assert AuditEntry.objects.about(letter).count() == 1


@pytest.mark.parametrize("count", [1, 3, 200])
def test_many_moves_take_as_many_queries_as_one(claire: User, count: int) -> None:
    letters(count)
    with CaptureQueriesContext(connection) as queries:
        moved = move_all(OutgoingEmail.objects.all(), GIVE_UP, by=claire, why="All.", error="x")
    assert len(queries) == 5  # a savepoint, the rows, the trail, the statuses, its end
    assert {row.status for row in moved} == {"dead"}
    assert {row.error for row in moved} == {"x"}
    assert OutgoingEmail.objects.filter(status="dead", error="x").count() == count
    entries = AuditEntry.objects.about(*moved)
    assert [entry.subject for entry in entries] == [
        f"notifications.outgoingemail:{row.pk}" for row in moved
    ]
    assert {(e.verb, e.old, e.new, e.why, e.actor_id) for e in entries} == {
        ("give up", "pending", "dead", "All.", claire.pk)
    }


def test_one_refusal_stops_them_all(claire: User) -> None:
    rows = letters(3)
    OutgoingEmail.objects.filter(pk=rows[1].pk).update(priority=9)
    with pytest.raises(Refused):
        move_all(OutgoingEmail.objects.all(), GIVE_UP, by=claire, error="x")
    assert OutgoingEmail.objects.filter(status="pending").count() == 3
    assert not AuditEntry.objects.exists()


def test_the_timetable_moves_too(db: None) -> None:
    letters(2, status="dead", error="x")
    move_all(OutgoingEmail.objects.all(), PUT_BACK, by=None)
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {None}


def test_moving_nothing_is_nothing(claire: User) -> None:
    assert move_all(OutgoingEmail.objects.none(), GIVE_UP, by=claire) == []
    assert not AuditEntry.objects.exists()
