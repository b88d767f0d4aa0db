"""What the solver is asked about a cycle, read from the database in a number of queries that does not grow."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.models import User
from applications.models import Choice, Submission
from applications.opening import OPENED
from audit.models import AuditEntry
from committee.models import Plan
from committee.problem import File, Pair, Problem, Reader
from committee.readers import lines, to_read
from cycles.models import Cycle
from reviews.conflicts import kept_apart
from reviews.models import Assignment, Review
from reviews.models.assignment import conflicting
from reviews.second_readings import wanted


@dataclass(frozen=True)
class Now:
    """The readings of a cycle as they are: (file, reader) that exist; of these, those that may move."""

    held: frozenset[Pair]
    movable: frozenset[Pair]


def gather(plan: Plan) -> Problem:
    """The problem of a plan as things stand now."""
    now = _now(plan.cycle, may_move=plan.may_move)
    asked = dict(
        to_read(plan.cycle)
        .exclude(pk__in=conflicting(plan.made_by))
        .values_list("pk", "applicant__language")
    )
    held = frozenset(pair for pair in now.held if pair not in now.movable)
    movable = frozenset(pair for pair in now.movable if pair[0] in asked)
    if plan.kind == Plan.Kind.ANOTHER:
        files = _neediest(plan.cycle, asked)
    else:
        files = _lacking(plan.cycle, asked, held, movable)
    return Problem(
        files=tuple(files),
        readers=tuple(_readers(plan.cycle, movable)),
        apart=frozenset(kept_apart(plan.cycle)),
        held=held,
        movable=movable,
        most=plan.most,
    )


def _lacking(
    cycle: Cycle, asked: dict[int, str], held: Iterable[Pair], movable: Iterable[Pair]
) -> list[File]:
    """The files with fewer readings than the cycle asks, and those with readings that may move."""
    stay, may_move = _by_file(held), _by_file(movable)
    programs = _programs(cycle)
    found = []
    for pk, language in sorted(asked.items()):
        lacks = max(cycle.reviews_per_file - stay[pk], may_move[pk])
        if lacks > 0:
            found.append(File(pk, programs.get(pk, ()), language, lacks, place=stay[pk]))
    return found


def _neediest(cycle: Cycle, asked: dict[int, str]) -> list[File]:
    """The files that another reading would help, the neediest first; the same need is the same place."""
    needs = {pk: need for pk, need in wanted(cycle).items() if pk in asked}
    places = {need: place for place, need in enumerate(sorted(set(needs.values()), reverse=True))}
    programs = _programs(cycle)
    return [
        File(pk, programs.get(pk, ()), asked[pk], 1, place=places[need])
        for pk, need in sorted(needs.items())
    ]


def _by_file(pairs: Iterable[Pair]) -> dict[int, int]:
    """How many of these pairs each file has."""
    counts: dict[int, int] = defaultdict(int)
    for file, _reader in pairs:
        counts[file] += 1
    return counts


def _programs(cycle: Cycle) -> dict[int, tuple[int, ...]]:
    """Application's id → ids of the programs asked for, first choice first."""
    found: dict[int, tuple[int, ...]] = {}
    rows = Choice.objects.filter(application__cycle=cycle).order_by("application", "rank")
    for application, program in rows.values_list("application", "program"):
        found[application] = (*found.get(application, ()), program)
    return found


def _readers(cycle: Cycle, movable: frozenset[Pair]) -> list[Reader]:
    """Everyone who reads, with the load that stays."""
    loose: dict[int, int] = defaultdict(int)
    for _file, reader in movable:
        loose[reader] += 1
    return [
        Reader(
            id=line.reader.pk,
            capacity=line.readership.takes,
            load=line.load - loose[line.reader.pk],
            programs=line.programs,
            languages=line.readership.languages,
            own=line.reader.language,
        )
        for line in lines(cycle)
    ]


def _now(cycle: Cycle, *, may_move: bool) -> Now:
    """Which readings exist. One may move while it is asked for, nothing is written and the reader has not looked."""
    begun = Review.objects.filter(assignment=OuterRef("pk"))
    rows = list(
        Assignment.objects.active()
        .filter(application__cycle=cycle)
        .annotate(begun=Exists(begun))
        .values_list("application", "reviewer", "status", "begun")
    )
    held = frozenset((file, reader) for file, reader, _status, _begun in rows)
    if not may_move:
        return Now(held, frozenset())
    assigned = Assignment.Status.ASSIGNED
    untouched = {
        (file, reader) for file, reader, status, begun in rows if status == assigned and not begun
    }
    return Now(held, frozenset(untouched - _looked_at(untouched)))


def _looked_at(pairs: set[Pair]) -> set[Pair]:
    """Those of these pairs whose reader has opened the submission."""
    label = Submission._meta.label_lower
    files = {
        f"{label}:{pk}": file
        for pk, file in Submission.objects.filter(
            application__in={file for file, _reader in pairs}
        ).values_list("pk", "application")
    }
    opened = AuditEntry.objects.filter(
        verb=OPENED, subject__in=list(files), actor__in={reader for _file, reader in pairs}
    )
    return {(files[subject], actor) for subject, actor in opened.values_list("subject", "actor")}


def hidden_from(user: User, plan: Plan) -> set[int]:
    """The files of a plan that this person is in conflict with: nothing of them shows."""
    named = {file for file, _reader in (*plan.lines, *plan.moves)}
    named |= {row["file"] for row in plan.figures.get("unmet", [])}
    return {row["application_id"] for row in conflicting(user)} & named
