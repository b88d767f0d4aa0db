"""The table of moves, and the only writer of any status.

A `Move` says what may happen to one kind of row: from which statuses, to which, who may do it and what
blocks it. `move()` does it to one row, `move_all()` to many at once, `available()` draws the buttons from
the same table.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit.models import AuditEntry, subject_of

Text = str | Promise
Actor = AbstractBaseUser | None
Row = TypeVar("Row", bound=models.Model)


class Refused(Exception):
    """A rule of the house says no. `text` is a sentence for the reader; `reasons` says more, a line each.

    `forbidden` tells a person who may never do this from one who may not do it now.
    """

    def __init__(
        self, text: Text, reasons: Sequence[Text] = (), *, forbidden: bool = False
    ) -> None:
        super().__init__(str(text))
        self.text = text
        self.reasons = list(reasons)
        self.forbidden = forbidden


def nothing(row: Any) -> Iterable[Text]:
    """No blocker."""
    return ()


@dataclass(frozen=True)
class Move:
    """One arrow of a status diagram."""

    name: str
    sources: tuple[str, ...]
    target: str
    may: Callable[[Any, Any], bool]
    blocked_by: Callable[[Any], Iterable[Text]] = nothing
    label: Text = ""

    def refusal(self, row: models.Model, by: Actor) -> Refused | None:
        """Why this person may not make this move on this row now, or None."""
        if not self.may(by, row):
            return Refused(_("You may not do this."), forbidden=True)
        if row.status not in self.sources:  # type: ignore[attr-defined]
            return Refused(_("This can no longer be done: the file has changed since."))
        reasons = list(self.blocked_by(row))
        return Refused(_("This cannot be done yet."), reasons) if reasons else None


def available(row: models.Model, moves: Iterable[Move], *, by: Actor) -> list[Move]:
    """The moves of the table that this person could make on this row now."""
    return [move for move in moves if move.refusal(row, by) is None]


def record(
    verb: str,
    thing: models.Model,
    *,
    by: Actor,
    old: str = "",
    new: str = "",
    why: str = "",
    **details: Any,
) -> AuditEntry:
    """Write one line of the trail."""
    return AuditEntry.objects.create(
        actor_id=by.pk if by else None,
        verb=verb,
        subject=subject_of(thing),
        old=old,
        new=new,
        why=why,
        details=details,
    )


def move(row: Row, step: Move, *, by: Actor, why: str = "", **changes: Any) -> Row:
    """Lock the row, judge the move on what is true now, write it and record it; the row comes back fresh.

    `changes` are other columns that change with the status. Raises Refused; nothing is written then.
    """
    with transaction.atomic():
        row.refresh_from_db(
            from_queryset=type(row)._default_manager.select_for_update(of=("self",))
        )
        if refused := step.refusal(row, by):
            raise refused
        old = row.status  # type: ignore[attr-defined]
        for name, value in {**changes, "status": step.target}.items():
            setattr(row, name, value)
        row.save(update_fields=[*changes, "status"])
        record(step.name, row, by=by, old=old, new=step.target, why=why)
    return row


def move_all(
    rows: models.QuerySet[Any], step: Move, *, by: Actor, why: str = "", **changes: Any
) -> list[Any]:
    """The same move on every row of the queryset or on none, in a number of queries that does not grow.

    Raises the first refusal met.
    """
    with transaction.atomic():
        locked = list(rows.select_for_update(of=("self",)).order_by("pk"))
        for row in locked:
            if refused := step.refusal(row, by):
                raise refused
        AuditEntry.objects.bulk_create(
            AuditEntry(
                actor_id=by.pk if by else None,
                verb=step.name,
                subject=subject_of(row),
                old=row.status,
                new=step.target,
                why=why,
            )
            for row in locked
        )
        ids = [row.pk for row in locked]
        rows.model._default_manager.filter(pk__in=ids).update(status=step.target, **changes)
        for row in locked:
            row.status = step.target
            for name, value in changes.items():
                setattr(row, name, value)
    return locked


def move_each(
    rows: models.QuerySet[Any],
    steps: Mapping[int, tuple[Move, Mapping[str, Any]]],
    *,
    by: Actor,
    why: str = "",
    details: Mapping[int, Mapping[str, Any]] | None = None,
) -> list[Any]:
    """Each row by its own move, with its own other columns; all of them or none, in a number of queries that does not grow.

    `steps` and `details` (of the trail's lines) are by primary key. Raises the first refusal met.
    """
    told = details or {}
    with transaction.atomic():
        held = list(rows.filter(pk__in=steps).select_for_update(of=("self",)).order_by("pk"))
        entries = []
        for row in held:
            step, changes = steps[row.pk]
            if refused := step.refusal(row, by):
                raise refused
            entries.append(
                AuditEntry(
                    actor_id=by.pk if by else None,
                    verb=step.name,
                    subject=subject_of(row),
                    old=row.status,
                    new=step.target,
                    why=why,
                    details=dict(told.get(row.pk, {})),
                )
            )
            for name, value in {**changes, "status": step.target}.items():
                setattr(row, name, value)
        AuditEntry.objects.bulk_create(entries)
        write_each(
            rows.model, held, {"status"}.union(*(changes for _step, changes in steps.values()))
        )
    return held


def write_each(model: type[models.Model], held: Sequence[Any], names: Iterable[str]) -> None:
    """Write these columns of rows that are locked, in one statement whatever their number; each row has its own values."""
    if held:
        model._default_manager.bulk_create(
            held, update_conflicts=True, unique_fields=["pk"], update_fields=sorted(names)
        )
