"""The office's records of steps at UdeM for many people at once, as from UdeM's own list, and how they are put back.

What `student_centre.record_step` and `put_back` do to one file, in a number of queries that does not grow. Consequences
of a step are registered here by whoever has them; the letter is the first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import AuditEntry, subject_of
from audit.moves import Refused, move_each, write_each
from followup.letters import tell_changed
from followup.models import Filing, UdemFile
from followup.permissions import records_udem
from followup.student_centre import RECORDS


@dataclass(frozen=True)
class Record:
    """What to write of one file: its step, every other column that changes, and what the trail says besides."""

    file: int
    to: str
    columns: Mapping[str, Any]
    details: Mapping[str, Any]


@dataclass(frozen=True)
class Stepped:
    """A file whose step is another one now."""

    udem_file: UdemFile
    was: str


# What a letter about a file at UdeM says something of.
LETTERED = (
    "offer__decision__program",
    "offer__decision__application__applicant",
    "offer__decision__application__cycle",
)
Consequence = Callable[[Sequence[Stepped], datetime], None]
_consequences: list[Consequence] = []


def after_steps(consequence: Consequence) -> Consequence:
    """Have this called, in the same transaction, with all files whose step many records changed at once."""
    _consequences.append(consequence)
    return consequence


@after_steps
def tell_people(stepped: Sequence[Stepped], at: datetime) -> None:
    """The letter that a change by hand sends too, to everybody at once."""
    if stepped:
        rows = UdemFile.objects.filter(pk__in=[one.udem_file.pk for one in stepped])
        tell_changed(rows.select_related(*LETTERED).defer("number").order_by("pk"), at)


@transaction.atomic
def record_all(records: Sequence[Record], *, by: User, at: datetime, why: str = "") -> None:
    """Write what the office knows of these files, all or none: new steps by their moves, the rest as confirmed.

    Raises Refused.
    """
    stepped = _write(records, by=by, why=why, verb="confirm_udem")
    for consequence in _consequences:
        consequence(stepped, at)


@transaction.atomic
def put_back_all(records: Sequence[Record], *, by: User, why: str) -> None:
    """Write steps and facts as they were before a mistake, all or none; nobody is written to. Raises Refused."""
    _write(records, by=by, why=why, verb="put_back_udem")


def _write(records: Sequence[Record], *, by: User, why: str, verb: str) -> list[Stepped]:
    """Moves where the step is another one, columns where it is the same; returns those that moved."""
    wanted = {record.file: record for record in records}
    rows = UdemFile.objects.filter(pk__in=wanted)
    held = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if any(not records_udem(by, row) for row in held):
        raise Refused(_("You may not do this."), forbidden=True)
    was = {row.pk: row.status for row in held if row.status != wanted[row.pk].to}
    steps = {pk: (RECORDS[Filing(wanted[pk].to)], wanted[pk].columns) for pk in was}
    details = {pk: record.details for pk, record in wanted.items()}
    moved = move_each(UdemFile.objects.all(), steps, by=by, why=why, details=details)
    _write_columns([row for row in held if row.pk not in was], wanted, by=by, why=why, verb=verb)
    return [Stepped(row, was[row.pk]) for row in moved]


def _write_columns(
    held: Sequence[UdemFile], wanted: Mapping[int, Record], *, by: User, why: str, verb: str
) -> None:
    """The same step with other facts, or only the office's yes to it, each with its line of the trail."""
    names: set[str] = set()
    for row in held:
        names.update(wanted[row.pk].columns)
        for name, value in wanted[row.pk].columns.items():
            setattr(row, name, value)
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor_id=by.pk,
            verb=verb,
            subject=subject_of(row),
            why=why,
            details=dict(wanted[row.pk].details),
        )
        for row in held
    )
    write_each(UdemFile, held, names)
