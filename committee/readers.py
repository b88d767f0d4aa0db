"""Who reads in a cycle, how much each takes, and whether that is enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Sum, Value
from django.db.models.functions import Coalesce, Collate, Greatest
from django.utils.translation import gettext as _

from accounts.models import Role, User
from applications.models import Application
from applications.models.application import FILED
from applications.search import Fold
from audit.models import AuditEntry, subject_of
from audit.moves import Refused
from committee.models import Readership
from committee.permissions import plans
from cycles.models import Cycle, Program
from reviews.models import Assignment, Decision

FIELDS = ("capacity", "reads_french", "reads_english", "away")


@dataclass(frozen=True)
class Line:
    """A reader of a cycle: what they take (a saved row, or one with what is usual), and hold now."""

    reader: User
    readership: Readership
    programs: frozenset[int]
    load: int


@dataclass(frozen=True)
class Typed:
    """What a coordinator says of one reader."""

    reader: int
    capacity: int
    programs: frozenset[int]
    reads_french: bool
    reads_english: bool
    away: bool


@dataclass(frozen=True)
class Balance:
    """What readers can take in all, what is given to them, and what is still missing."""

    readers: int
    capacity: int
    given: int
    missing: int

    @property
    def needed(self) -> int:
        """All readings of the cycle, given or not."""
        return self.given + self.missing

    @property
    def is_enough(self) -> bool:
        """Whether there is room for all of them, as far as numbers alone can tell."""
        return self.capacity >= self.needed


def lines(cycle: Cycle) -> list[Line]:
    """Every reader of a cycle by name; four queries."""
    held = dict(
        Assignment.objects.active()
        .live()
        .filter(application__cycle=cycle)
        .order_by()
        .values_list("reviewer")
        .annotate(count=Count("pk"))
    )
    said = {row.reader_id: row for row in Readership.objects.filter(cycle=cycle)}
    programs = programs_of(cycle)
    name = Collate(Fold(F("full_name")), "C")
    return [
        Line(
            reader=reader,
            readership=said.get(reader.pk) or Readership(cycle=cycle, reader=reader),
            programs=programs.get(reader.pk, frozenset()),
            load=held.get(reader.pk, 0),
        )
        for reader in User.objects.with_role(Role.REVIEWER).order_by(name, "email")
    ]


def programs_of(cycle: Cycle) -> dict[int, frozenset[int]]:
    """Reader's id → ids of the programs that they read, of those who do not read all; one query."""
    rows = Readership.programs.through.objects.filter(readership__cycle=cycle)
    found: dict[int, frozenset[int]] = {}
    for reader, program in rows.values_list("readership__reader", "program"):
        found[reader] = found.get(reader, frozenset()) | {program}
    return found


def to_read(cycle: Cycle) -> "models.QuerySet[Application]":
    """The files that readers are found for: submitted, and without an answer on its way."""
    decided = Decision.objects.filter(application=OuterRef("pk"), is_current=True)
    return Application.objects.filter(~Exists(decided), cycle=cycle, status__in=FILED)


def balance(cycle: Cycle, rows: Iterable[Line]) -> Balance:
    """The sums of these lines against what the files of the cycle need; one query."""
    readers = list(rows)
    lacks = Greatest(Value(cycle.reviews_per_file) - Coalesce(F("standing__asked"), 0), 0)
    missing = to_read(cycle).aggregate(sum=Sum(lacks))["sum"]
    return Balance(
        readers=sum(1 for line in readers if line.readership.takes),
        capacity=sum(max(line.readership.takes, line.load) for line in readers),
        given=sum(line.load for line in readers),
        missing=missing or 0,
    )


@transaction.atomic
def set_readerships(cycle: Cycle, typed: Iterable[Typed], *, by: User) -> int:
    """Keep what a coordinator says of these readers; how many changed. A fixed number of queries. Raises Refused."""
    if not plans(by, None):
        raise Refused(_("You may not do this."), forbidden=True)
    Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    said = {row.reader_id: row for row in Readership.objects.filter(cycle=cycle)}
    programs = programs_of(cycle)
    readers = set(User.objects.with_role(Role.REVIEWER).values_list("pk", flat=True))
    changed = []
    for one in typed:
        before = said.get(one.reader) or Readership(cycle=cycle)
        is_same = told(before, programs.get(one.reader, frozenset())) == told(one, one.programs)
        if one.reader in readers and not is_same:
            changed.append(one)
    _write(cycle, changed, by)
    return len(changed)


def told(row: Readership | Typed, programs: frozenset[int]) -> dict[str, Any]:
    """What is compared, and what the trail keeps."""
    return {**{name: getattr(row, name) for name in FIELDS}, "programs": sorted(programs)}


def _write(cycle: Cycle, changed: list[Typed], by: User) -> None:
    """The rows, their programs, and a line of the trail for each."""
    rows = [
        Readership(
            cycle=cycle, reader_id=one.reader, **{name: getattr(one, name) for name in FIELDS}
        )
        for one in changed
    ]
    saved = Readership.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["cycle", "reader"], update_fields=FIELDS
    )
    through = Readership.programs.through
    through.objects.filter(readership__in=saved).delete()
    chosen = {one.reader: one for one in changed}
    through.objects.bulk_create(
        through(readership_id=row.pk, program_id=program)
        for row in saved
        for program in sorted(chosen[row.reader_id].programs)
    )
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor_id=by.pk,
            verb="set_readership",
            subject=subject_of(row),
            details={"reader": row.reader_id, **told(row, chosen[row.reader_id].programs)},
        )
        for row in saved
    )


def program_choices(cycle: Cycle) -> list[Program]:
    """The programs of a cycle, in their order."""
    return list(cycle.programs.order_by("position", "pk"))
