"""Has the files of a cycle compared with the staff when something changed, and keeps what was found as proposals."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from accounts.models import User
from applications.models import Application, Referee, Submission
from applications.models.application import FILED
from audit.models import AuditEntry
from audit.moves import record
from cycles.clock import day_of
from cycles.models import Cycle
from reviews.detecting import File, Match, Person, detected
from reviews.models import Conflict, Ties
from reviews.models.conflict import DETECTED
from reviews.models.ties import COMPARED

COMPARED_VERB = "detect_conflicts"
# Once the answers are out, nobody is given a file any more.
AFTERWARDS = timedelta(days=30)
PARTS = ("person", "degrees", "experience", "statement", "internship_goals", "referees")
BATCH = 1000


def people() -> "models.QuerySet[User]":
    """Those whom files are compared with: everyone active who reads, coordinates or directs."""
    return User.objects.filter(roles__overlap=list(COMPARED), is_active=True)


def state_of(cycle: Cycle) -> str:
    """A fingerprint of all that a comparison reads: counts and names, never the contents. Four queries."""
    filed = Q(application__cycle=cycle, application__status__in=FILED)
    told: list[Any] = [
        Submission.objects.filter(filed).aggregate(n=Count("pk"), last=Max("pk")),
        Referee.objects.filter(filed).aggregate(
            n=Count("pk"), last=Max("pk"), version=models.Sum("address_version")
        ),
        list(people().order_by("pk").values_list("pk", "email", "full_name")),
        Ties.objects.aggregate(n=Count("pk"), last=Max("changed_at")),
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def last_of(cycle: Cycle) -> AuditEntry | None:
    """What the trail says of the last comparison of a cycle."""
    return AuditEntry.objects.about(cycle).filter(verb=COMPARED_VERB).last()


def due() -> Iterator[tuple[Cycle, str]]:
    """The cycles to compare anew, each with the state that the comparison will have read."""
    ended = day_of(timezone.now()) - AFTERWARDS
    for cycle in Cycle.objects.published().filter(release_on__gte=ended).order_by("pk"):
        last, now = last_of(cycle), state_of(cycle)
        if last is None or last.details.get("state") != now:
            yield cycle, now


def detect_due() -> int:
    """Compare what changed; how many cycles that was."""
    cycles = list(due())
    for cycle, state in cycles:
        detect(cycle, state=state)
    return len(cycles)


def staff() -> list[Person]:
    """What is known of everyone compared."""
    rows = people().select_related("ties").order_by("pk")
    return [_person(row, getattr(row, "ties", None)) for row in rows]


def _person(user: User, ties: Ties | None) -> Person:
    return Person(
        user.pk,
        user.full_name,
        user.email,
        institutions=tuple(ties.institutions.splitlines()) if ties else (),
        people=tuple(ties.people.splitlines()) if ties else (),
    )


def files(cycle: Cycle) -> Iterator[File]:
    """The last submission of every filed application, with the referees named since."""
    named: dict[int, list[tuple[str, str]]] = {}
    filed = Application.objects.filter(cycle=cycle, status__in=FILED)
    for pk, name, email in (
        Referee.objects.kept()
        .filter(application__in=filed)
        .values_list("application", "name", "email")
    ):
        named.setdefault(pk, []).append((name, email))
    rows = (
        Submission.objects.filter(application__in=filed)
        .order_by("application", "-version")
        .distinct("application")
        .values_list(
            "application", "application__applicant", *(f"content__{part}" for part in PARTS)
        )
    )
    for pk, applicant, *parts in rows.iterator(chunk_size=BATCH):
        content = dict(zip(PARTS, parts, strict=True))
        yield File(pk, applicant, content, tuple(named.get(pk, ())))


def detect(cycle: Cycle, *, state: str = "") -> int:
    """Compare every filed application of a cycle with everyone; returns how many conflicts are proposed.

    Safe to run twice: what was judged stays as it was judged, a proposal whose ground vanished goes, and a pair
    already kept apart is not proposed again for another reason.
    """
    found = detected(files(cycle), staff())
    with transaction.atomic():
        _write(cycle, found)
        proposed = Conflict.objects.proposed().filter(application__cycle=cycle).count()
        record(COMPARED_VERB, cycle, by=None, state=state or state_of(cycle), proposed=proposed)
    return proposed


def _write(cycle: Cycle, found: dict[tuple[int, int, str], Match]) -> None:
    """The table made to say what was found, in a number of queries that grows by the thousand only."""
    known = list(
        Conflict.objects.filter(application__cycle=cycle).select_for_update().order_by("pk")
    )
    settled = {(row.application_id, row.person_id) for row in known if row.is_confirmed}
    wanted = {key: match for key, match in found.items() if key[:2] not in settled}
    gone, changed = [], []
    for row in known:
        match = wanted.pop((row.application_id, row.person_id, row.origin), None)
        if not row.is_proposed or row.origin not in DETECTED:
            continue
        if match is None:
            gone.append(row.pk)
        elif _says(row) != _says(match):
            row.where, row.evidence, row.known = _says(match)
            changed.append(row)
    Conflict.objects.filter(pk__in=gone, status=Conflict.Status.PROPOSED).delete()
    Conflict.objects.bulk_update(changed, ["where", "evidence", "known"], batch_size=BATCH)
    rows = (
        Conflict(
            application_id=match.application,
            person_id=match.person,
            origin=match.origin,
            where=match.where,
            evidence=match.evidence,
            known=match.known,
        )
        for match in wanted.values()
    )
    Conflict.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _says(one: Any) -> tuple[str, str, str]:
    return str(one.where), one.evidence, one.known
