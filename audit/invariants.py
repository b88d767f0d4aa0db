"""What must be true of the data at any moment, whatever was killed: each app writes its own list.

An app's `invariants.py` marks functions with `@invariant`; each returns a sentence for each thing that is
broken. `manage.py check_invariants` runs them all.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, models
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.module_loading import autodiscover_modules

from audit.models import AuditEntry

Invariant = Callable[[], Iterable[str]]
_invariants: list[Invariant] = []


def invariant(check: Invariant) -> Invariant:
    """Have `check_invariants` run this function."""
    _invariants.append(check)
    return check


def broken() -> list[str]:
    """A sentence for each thing that is broken, in every app."""
    autodiscover_modules("invariants")
    return [sentence for check in _invariants for sentence in check()]


def off_the_trail(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The rows whose status is not the one that their last move on the trail says.

    Rows without any move are left out: their status is the one they were made with.
    """
    label = f"{rows.model._meta.label_lower}:"
    subject = Concat(Value(label), Cast(OuterRef("pk"), models.CharField()))
    moves = AuditEntry.objects.filter(subject=subject).exclude(new="").order_by("-pk")
    said = rows.annotate(said=Subquery(moves.values("new")[:1]))
    return said.exclude(said=None).exclude(said=F("status"))


def triggers_off(names: Iterable[str]) -> list[str]:
    """Those of these triggers that the database does not have, or does not fire."""
    wanted = set(names)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' AND tgname = ANY(%s)",
            [sorted(wanted)],
        )
        return sorted(wanted - {name for (name,) in cursor.fetchall()})


@invariant
def constraints_hold() -> list[str]:
    """No constraint of the database waits to be validated."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint "
            "WHERE NOT convalidated AND connamespace = current_schema()::regnamespace"
        )
        return [f"{table}: the constraint {name} is not validated." for table, name in cursor]


@invariant
def trail_is_guarded() -> list[str]:
    """The trigger that keeps the trail as it was written is there and on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname = 'audit_entry_stays' AND tgenabled = 'O' "
            "AND tgrelid = 'audit_auditentry'::regclass"
        )
        (count,) = cursor.fetchone()
    return [] if count else ["audit_auditentry: the trail can be rewritten."]
