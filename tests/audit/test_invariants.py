"""`check_invariants` finds what is planted, and says nothing of a sound database."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.functions import Now

from accounts.models import User
from audit import invariants
from audit.invariants import broken, off_the_trail
from audit.moves import move, record
from notifications.models import LetterEvent, OutgoingEmail
from tests.audit.test_moves import PUT_BACK, letters


@pytest.fixture
def planted() -> Iterator[list[str]]:
    """An invariant of this test alone: what it says is broken."""
    sentences: list[str] = []
    check = invariants.invariant(lambda: sentences)
    yield sentences
    invariants._invariants.remove(check)


def test_a_sound_database_exits_zero(db: None, capsys: Any) -> None:
    call_command("check_invariants")
    assert "Every invariant holds." in capsys.readouterr().out


def test_each_broken_thing_is_said_and_the_exit_is_not_zero(db: None, planted: list[str]) -> None:
    planted += ["The sky is green.", "Two is three."]
    with pytest.raises(CommandError, match=r"(?s)The sky is green.*Two is three") as failed:
        call_command("check_invariants")
    assert failed.value.returncode == 1


def test_an_unguarded_trail_is_noticed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_entry_stays ON audit_auditentry")
    assert any("can be rewritten" in sentence for sentence in broken())


def test_a_disabled_trigger_is_noticed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_entry_stays")
    assert any("can be rewritten" in sentence for sentence in broken())


def test_a_constraint_that_was_never_validated_is_noticed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry ADD CONSTRAINT probe CHECK (id > 0) NOT VALID")
    assert broken() == ["audit_auditentry: the constraint probe is not validated."]


def test_a_status_written_behind_the_trail_is_noticed(db: None) -> None:
    honest, sly, untouched = letters(3, status="dead", error="x")
    move(honest, PUT_BACK, by=None)
    move(sly, PUT_BACK, by=None)
    record("look at", sly, by=None)  # not a move: says nothing of the status
    assert not off_the_trail(OutgoingEmail.objects.all()).exists()
    OutgoingEmail.objects.filter(pk=sly.pk).update(status="dead")
    assert list(off_the_trail(OutgoingEmail.objects.all())) == [sly]
    assert untouched.status == "dead"


def test_a_letter_that_does_not_hear_is_noticed(amina: User) -> None:
    letters(1)
    OutgoingEmail.objects.update(status="sent", sent_at=Now(), tried_at=Now(), attempts=1)
    (letter,) = OutgoingEmail.objects.all()
    told = {"letter": letter, "kind": "bounced", "at": letter.queued_at}
    LetterEvent.objects.create(**told, identity="1", sending=7)
    assert broken() == []
    LetterEvent.objects.create(**told, identity="2")
    assert broken() == [f"Letter {letter.pk} came back and counts as sent."]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"about": "nothing.here:1"}, "nothing.here:1"),
        (
            {"status": "sent", "sent_at": "2020-01-01T00:00Z", "tried_at": Now()},
            "before it was queued",
        ),
        ({"status": "sent", "sent_at": Now(), "tried_at": None}, "without an attempt"),
        ({"attempts": 1, "tried_at": None}, "no time"),
    ],
)
def test_an_impossible_letter_is_noticed(
    amina: User, changes: dict[str, Any], sentence: str
) -> None:
    letters(1)
    assert broken() == []
    OutgoingEmail.objects.update(**changes)
    (said,) = broken()
    assert sentence in said
