"""The trail points at any row, and stays as it was written."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEntry, subject_of
from audit.moves import record


def test_a_line_says_who_what_about_what_and_why(amina: User, claire: User) -> None:
    record("greet", amina, by=claire, old="a", new="b", why="Because.", times=3)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.verb, entry.subject) == (
        claire,
        "greet",
        f"accounts.user:{amina.pk}",
    )
    assert (entry.old, entry.new, entry.why, entry.details) == ("a", "b", "Because.", {"times": 3})
    assert str(entry) == f"greet accounts.user:{amina.pk}"
    assert subject_of(entry) == f"audit.auditentry:{entry.pk}"


def test_the_timetable_is_nobody(amina: User) -> None:
    assert record("close", amina, by=None).actor is None


def test_the_trail_of_some_rows_is_told_in_its_order(
    amina: User, bruno: User, claire: User
) -> None:
    for thing in (amina, bruno, claire, amina):
        record("greet", thing, by=None)
    told = AuditEntry.objects.about(amina, bruno)
    assert [entry.subject for entry in told] == [subject_of(row) for row in (amina, bruno, amina)]


@pytest.mark.parametrize(
    "changes",
    [
        {"verb": "other"},
        {"why": "Better."},
        {"details": {"x": 1}},
        {"at": timezone.now() + timedelta(days=1)},
        {"subject": "accounts.user:0"},
        {"old": "x"},
        {"new": "x"},
        {"actor": None, "verb": "other"},
    ],
)
def test_nobody_rewrites_the_trail(amina: User, claire: User, changes: dict[str, object]) -> None:
    record("greet", amina, by=claire)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        AuditEntry.objects.update(**changes)


def test_nobody_takes_the_place_of_another(amina: User, claire: User) -> None:
    record("greet", amina, by=claire)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        AuditEntry.objects.update(actor=amina)


def test_plain_sql_is_refused_too(amina: User) -> None:
    record("greet", amina, by=None)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditentry SET why = 'x'")


def test_an_erased_person_leaves_the_trail(amina: User, claire: User) -> None:
    record("greet", amina, by=claire)
    claire.delete()
    entry = AuditEntry.objects.get()
    assert entry.actor is None
    assert entry.verb == "greet"
