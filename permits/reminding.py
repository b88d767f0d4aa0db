"""Letters of permits: fourteen days before a latest day and on it, then once when it has passed.

They leave in the morning of a Montréal day, and only about what the person can do: nobody is hurried while they wait
for UdeM's letter or for another step. Past the start of term, nothing leaves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from applications.models import Application
from applications.models.application import GONE
from cycles.clock import at_hour, day_of, end_of, start_of
from followup.models import Reply, UdemFile
from followup.reminding import HOUR, QUIET, latest
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.outbox import queue_all
from permits.facts import OVER, Facts, facts_of
from permits.letters import PERMIT_LATE, PERMIT_REMINDER, address
from permits.models import State
from permits.plan import NEAR, Line

# What has been asked for is in the authority's hands: its latest day asks for nothing more.
TO_ASK = (State.TO_DO, State.READY, State.REFUSED)


@dataclass(frozen=True)
class Owed:
    """One letter that is due: to whom, about which steps, under which key."""

    facts: Facts
    lines: list[Line]
    key: str


Finder = Callable[[Facts, datetime], Iterator[Owed]]


def followed(at: datetime) -> QuerySet[Application]:
    """The people who accepted and may still come to study, before their term starts; with their applicant."""
    files = UdemFile.objects.filter(offer__status=Reply.ACCEPTED).exclude(status__in=OVER)
    coming = Q(cycle__starts_on__gt=day_of(at)) | Q(cycle__second_start_on__gt=day_of(at))
    return (
        Application.objects.filter(pk__in=files.values("offer__decision__application"))
        .filter(coming, applicant__is_active=True)
        .exclude(status__in=GONE)
        .select_related("applicant", "cycle")
        .order_by("pk")
    )


def near_moments(due: date) -> list[datetime]:
    """When those who have not asked are reminded of a latest day."""
    return [at_hour(due - NEAR, HOUR), at_hour(due, HOUR)]


def late_moment(due: date) -> datetime:
    """When they are told that it has passed."""
    return at_hour(due + timedelta(days=1), HOUR)


def to_ask(facts: Facts, at: datetime) -> list[Line]:
    """The steps with a latest day that the person can ask for now and has not, before the start of term."""
    if at >= start_of(facts.starts_on):
        return []
    return [line for line in facts.lines(at) if line.due and line.is_open and line.state in TO_ASK]


def reminders_owed(at: datetime, people: Sequence[Application] | None = None) -> list[Owed]:
    """The reminders that are due then and not queued: one for all steps of a person with the same latest day."""
    return _not_queued(_near, at, people)


def late_owed(at: datetime, people: Sequence[Application] | None = None) -> list[Owed]:
    """The letters that tell of a latest day that has passed, due then and not queued: once a step."""
    return _not_queued(_late, at, people)


def _not_queued(find: Finder, at: datetime, people: Sequence[Application] | None) -> list[Owed]:
    rows = list(followed(at)) if people is None else people
    found = [owed for facts in facts_of(rows).values() for owed in find(facts, at)]
    keys = [owed.key for owed in found]
    known = set(OutgoingEmail.objects.filter(key__in=keys).values_list("key", flat=True))
    return [owed for owed in found if owed.key not in known]


def _near(facts: Facts, at: datetime) -> Iterator[Owed]:
    """The letters of one person: the latest moment of each day that is near, unless it came on the heels of their yes."""
    lines = to_ask(facts, at)
    for due in sorted({line.due for line in lines if line.due}):
        slot = latest(near_moments(due), at, since=_since(facts), end=end_of(due))
        if slot:
            key = f"{PERMIT_REMINDER.name}:{facts.application.pk}:{due}:{day_of(slot)}"
            yield Owed(facts, [line for line in lines if line.due == due], key)


def _late(facts: Facts, at: datetime) -> Iterator[Owed]:
    """The same, once the day has passed: what became late together is told together, under the name of the last."""
    lines = to_ask(facts, at)
    for due in sorted({line.due for line in lines if line.due}):
        if at >= late_moment(due) and at >= _since(facts) + QUIET and _is_morning(at):
            late = [line for line in lines if line.due == due]
            key = f"{PERMIT_LATE.name}:{facts.application.pk}:{late[-1].kind}"
            yield Owed(facts, late, key)


def _is_morning(at: datetime) -> bool:
    """Whether it is not night in Montréal: what becomes possible at midnight is told at nine."""
    return at >= at_hour(day_of(at), HOUR)


def _since(facts: Facts) -> datetime:
    """When the person said yes."""
    assert facts.udem_file is not None
    assert facts.udem_file.offer.replied_at is not None
    return facts.udem_file.offer.replied_at


@transaction.atomic
def remind_of_permits(*, at: datetime) -> int:
    """Write to those whose latest day is near; how many letters. Safe to run twice."""
    return _write(PERMIT_REMINDER, reminders_owed, at)


@transaction.atomic
def warn_of_late_permits(*, at: datetime) -> int:
    """Write once to those whose latest day has passed; how many letters. Safe to run twice."""
    return _write(PERMIT_LATE, late_owed, at)


def _write(letter: Letter, owed: Callable[..., list[Owed]], at: datetime) -> int:
    """Judged again once the files are held: whoever reports a step at this moment is left to the next run."""
    ids = [one.facts.application.pk for one in owed(at)]
    held = followed(at).filter(pk__in=ids).select_for_update(of=("self",), skip_locked=True)
    copies = [
        address(letter, one.facts.application, one.lines, one.key) for one in owed(at, list(held))
    ]
    return queue_all(letter, copies)
