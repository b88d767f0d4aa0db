"""Corrected scores and chances, worked out anew when the marks changed, and kept beside each file.

Only a task calls this: the arithmetic needs numpy, which no web process imports.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Sum
from django.utils import timezone

from applications.models import Application, Choice
from applications.models.application import FILED
from cycles.models import Cycle, Intake
from reviews.estimating import NINETY, Fit, Ints, fit
from reviews.models import Assignment, Estimate, Review, Standing
from reviews.models.review import HIGHEST, LOWEST
from reviews.simulating import Contest, chances

# A file is near the line when its chance of a seat is between these, in thousandths.
NEAR_FROM, NEAR_TO = 100, 900
# A large cycle is not estimated all day long: after more than some seconds, many times as long passes.
LONG, REST = 5, 10


def estimate_all() -> int:
    """Estimate every cycle whose marks, files, programs or seats changed since; says how many."""
    marked = Standing.objects.filter(cycle=OuterRef("pk"), mean__isnull=False)
    before = Estimate.objects.filter(cycle=OuterRef("pk"))
    cycles = Cycle.objects.filter(Exists(marked) | Exists(before)).order_by("pk")
    return sum(estimate(cycle) for cycle in cycles)


@transaction.atomic
def estimate(cycle: Cycle) -> bool:
    """Correct the scores of a cycle; False when nothing changed, or when somebody is at it.

    The state is read first: what changes while we work is another state, and is seen the next time.
    """
    Estimate.objects.get_or_create(cycle=cycle)
    row = Estimate.objects.select_for_update(skip_locked=True).filter(cycle=cycle).first()
    if row is None or _rests(row):
        return False
    started, state = monotonic(), state_of(cycle)
    if row.state == state:
        return False
    read = _read(cycle)
    found = fit(read.files, read.readers, read.marks) if read.marks else None
    if found is not None:
        _write(cycle, read, found)
    _sum_up(row, read, found)
    row.state, row.at, row.took = state, timezone.now(), monotonic() - started
    row.save()
    return True


def _rests(row: Estimate) -> bool:
    """Whether the last estimate took long, and not long ago."""
    since = (timezone.now() - row.at).total_seconds()
    return row.took > LONG and since < REST * row.took


def state_of(cycle: Cycle) -> str:
    """A fingerprint of all that an estimate depends on: marks, files, what they ask for, seats."""
    standings = Standing.objects.filter(cycle=cycle, mean__isnull=False)
    files = Application.objects.filter(cycle=cycle, status__in=FILED)
    asked = Choice.objects.filter(application__cycle=cycle)
    parts: list[Any] = [
        standings.aggregate(n=Count("pk"), changes=Sum("changes"), files=Sum("application")),
        files.aggregate(n=Count("pk"), files=Sum("pk")),
        asked.aggregate(n=Count("pk"), choices=Sum("pk"), programs=Sum("program")),
        list(Intake.objects.filter(cycle=cycle).order_by("pk").values_list("program", "seats")),
    ]
    return sha256(repr(parts).encode()).hexdigest()


@dataclass(frozen=True)
class _Read:
    """The marks of a cycle, in places from 0; `pks` and `people` say whose places they are."""

    pks: list[int]
    changes: list[int]
    people: list[int]
    files: list[int]
    readers: list[int]
    marks: list[float]


def _read(cycle: Cycle) -> _Read:
    """How often each file changed first, its marks next: a mark that comes in between makes its file wait."""
    standings = Standing.objects.filter(cycle=cycle, mean__isnull=False).order_by("pk")
    changes = dict(standings.values_list("pk", "changes"))
    rows = list(
        Review.objects.filter(
            assignment__application__cycle=cycle,
            assignment__status=Assignment.Status.HANDED_IN,
            mark__isnull=False,
        )
        .order_by("assignment__application", "assignment__reviewer")
        .values_list("assignment__application", "assignment__reviewer", "mark")
    )
    rows = [row for row in rows if row[0] in changes]
    pks = sorted({row[0] for row in rows})
    people = sorted({row[1] for row in rows})
    place = {pk: index for index, pk in enumerate(pks)}
    seat = {pk: index for index, pk in enumerate(people)}
    return _Read(
        pks=pks,
        changes=[changes[pk] for pk in pks],
        people=people,
        files=[place[pk] for pk, _reader, _mark in rows],
        readers=[seat[reader] for _pk, reader, _mark in rows],
        marks=[float(mark or 0) for _pk, _reader, mark in rows],
    )


def _chances(cycle: Cycle, read: _Read, found: Fit) -> tuple[list[dict[str, int]], list[list[int]]]:
    """By file: program's code → thousandths; and the programs near whose line the file is."""
    told: list[dict[str, int]] = [{} for _pk in read.pks]
    near: list[list[int]] = [[] for _pk in read.pks]
    place = {pk: index for index, pk in enumerate(read.pks)}
    intakes = list(
        Intake.objects.filter(cycle=cycle, seats__isnull=False).select_related("program")
    )
    contests = []
    for intake in intakes:
        asking = Choice.objects.filter(
            application__cycle=cycle, application__status__in=FILED, program=intake.program
        ).values_list("application", flat=True)
        here = [place[pk] for pk in asking if pk in place]
        files: Ints = np.array(sorted(here), np.int64)
        contests.append(Contest(files, len(asking) - len(here), intake.seats or 0))
    for intake, contest, shares in zip(intakes, contests, chances(found, contests), strict=True):
        for index, share in zip(contest.files.tolist(), shares.tolist(), strict=True):
            thousandths = round(1000 * share)
            told[index][intake.program.code] = thousandths
            if NEAR_FROM <= thousandths <= NEAR_TO:
                near[index].append(intake.program_id)
    return told, near


# One statement for all files; a file whose marks changed since they were read keeps its mean and waits.
WRITE = """
UPDATE reviews_standing AS kept
SET adjusted = told.score, adjusted_low = told.low, adjusted_high = told.high,
    chances = told.chances::jsonb, near = told.near::integer[]
FROM unnest(%s::bigint[], %s::integer[], %s::numeric[], %s::numeric[], %s::numeric[], %s::text[], %s::text[])
    AS told (file, changes, score, low, high, chances, near)
WHERE kept.application_id = told.file AND kept.changes = told.changes AND kept.mean IS NOT NULL
"""


def _write(cycle: Cycle, read: _Read, found: Fit) -> None:
    """Keep the scores, the intervals and the chances."""
    told, near = _chances(cycle, read, found)
    # In the order in which `standings.refresh` locks: two who lock many never wait for each other.
    rows = Standing.objects.filter(cycle=cycle, mean__isnull=False).order_by("pk")
    list(rows.select_for_update().values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            [
                read.pks,
                read.changes,
                _on_the_scale(found.scores),
                _on_the_scale(found.scores - NINETY * found.errors),
                _on_the_scale(found.scores + NINETY * found.errors),
                [json.dumps(chance) for chance in told],
                [f"{{{','.join(map(str, some))}}}" if some else None for some in near],
            ],
        )


def _on_the_scale(points: Any) -> list[float]:
    """To three decimals, and never beyond 1 and 5."""
    held: list[float] = np.round(np.clip(points, LOWEST, HIGHEST), 3).tolist()
    return held


def _sum_up(row: Estimate, read: _Read, found: Fit | None) -> None:
    """What the cycle's row says of the marks, the spreads and the readers."""
    row.files, row.readers, row.marks = len(read.pks), len(read.people), len(read.marks)
    row.circles, row.scales = 0, {}
    if found is None:
        return
    row.circles = int(found.circles.max()) + 1
    row.spread_files, row.spread_readers, row.spread_noise = found.file, found.reader, found.noise
    marks = np.bincount(read.readers)
    row.scales = {
        str(person): [
            round(severity, 3),
            round(severity - bound, 3),
            round(severity + bound, 3),
            *rest,
        ]
        for person, severity, bound, *rest in zip(
            read.people,
            found.severities.tolist(),
            (NINETY * found.severity_errors).tolist(),
            marks.tolist(),
            found.circles.tolist(),
            strict=True,
        )
    }
