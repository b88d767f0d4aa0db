"""What is due, and on which day: for each class of records, what begins its time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Concat, Greatest

from accounts.models import User
from applications.models import Application, Status
from applications.models.application import GONE
from audit.models import AuditEntry, subject_of
from cycles.clock import day_of, months_after, start_of
from cycles.models import Cycle
from enrolment.models import Deferral
from followup.models import AT_AN_END, Filing, Offer, UdemFile
from followup.models.answer import Reply
from retention.models import Hold, Incident, Item, Kind, Rule
from reviews.models import Decision, Outcome

# What is kept when nobody has said otherwise: to be validated by the privacy officer (docs/privacy.md).
DEFAULTS = {
    Kind.DRAFT: {"days": 90},
    Kind.ENDED: {"months": 24},
    Kind.REGISTERED: {"months": 24},
    Kind.ACCOUNT: {"months": 24},
    Kind.IDENTIFICATION: {"months": 12},
    Kind.TRAIL: {"months": 60},
    Kind.INCIDENT: {"months": 60},
}
# What the public page on privacy tells of.
OF_PEOPLE = (Kind.DRAFT, Kind.ENDED, Kind.REGISTERED, Kind.ACCOUNT, Kind.IDENTIFICATION)
OVER = (Reply.DECLINED, Reply.EXPIRED)
WENT_ON = (Filing.REGISTERED, Filing.DEFERRED)
SUBJECT = "applications.application:"


@dataclass(frozen=True)
class Due:
    """One thing whose time is over: what it is about, and the day on which it became due."""

    subject: str
    on: date


def rule_of(kind: str) -> Rule:
    """The rule of a class: as it was set, else as it is usual."""
    return Rule.objects.filter(kind=kind).first() or Rule(kind=kind, **DEFAULTS[Kind(kind)])


def rules() -> list[Rule]:
    """The rule of every class, in their order, in one query."""
    kept = {rule.kind: rule for rule in Rule.objects.all()}
    return [kept.get(kind) or Rule(kind=kind, **DEFAULTS[kind]) for kind in Kind]


def end_of(rule: Rule, begins: date) -> date:
    """The day on which something whose time began on a day becomes due."""
    return months_after(begins, rule.months) + timedelta(days=rule.days)


def due(kind: str, at: datetime) -> list[Due]:
    """What of a class is due at a moment and under no hold, the oldest first."""
    rule, today = rule_of(kind), day_of(at)
    found = [Due(subject, end_of(rule, begins)) for subject, begins in BEGINNINGS[Kind(kind)]("")]
    return sorted((one for one in found if one.on <= today), key=lambda one: (one.on, one.subject))


def is_due(kind: str, subject: str, at: datetime) -> bool:
    """Whether this one is still due: judged once more before it is destroyed, whatever the number of the others."""
    rule, today = rule_of(kind), day_of(at)
    begun = BEGINNINGS[Kind(kind)](subject.partition(":")[2])
    return any(one == subject and end_of(rule, begins) <= today for one, begins in begun)


def _unheld(key: str) -> "QuerySet[Any]":
    """The applications that no hold keeps, each with what its time may begin with; `key` narrows to one."""
    held = Hold.objects.standing().filter(application=OuterRef("pk"))
    mine = Concat(Value(SUBJECT), Cast(OuterRef("pk"), CharField()))
    left = AuditEntry.objects.filter(subject=mine, new__in=GONE).order_by("-pk")
    answers = Decision.objects.released().filter(application=OuterRef("pk")).order_by("-pk")
    offer = Offer.objects.filter(decision__application=OuterRef("pk")).order_by("-pk")
    at_udem = UdemFile.objects.filter(offer__decision__application=OuterRef("pk")).order_by("-pk")
    kept = Deferral.objects.filter(application=OuterRef("pk"), undone_at=None).order_by("-pk")
    rows: QuerySet[Any] = Application.objects.filter(~Exists(held), **_only(key))
    return rows.annotate(
        left_at=Subquery(left.values("at")[:1]),
        answered_at=Subquery(answers.values("release__released_at")[:1]),
        outcome=Subquery(answers.values("outcome")[:1]),
        offer_at=Subquery(
            offer.annotate(last=Greatest("reply_by", "replied_at", "taken_back_at")).values("last")[
                :1
            ]
        ),
        reply=Subquery(offer.values("status")[:1]),
        filing=Subquery(at_udem.values("status")[:1]),
        ended_on=Subquery(at_udem.values("ended_on")[:1]),
        deferred_to=Subquery(kept.values("to_cycle__starts_on")[:1]),
    )


def _only(key: str) -> dict[str, int]:
    """One row, or all of them."""
    return {"pk": int(key)} if key else {}


def _never_submitted() -> Q:
    return Q(status=Status.DRAFT, submissions=None)


def drafts(key: str) -> Iterator[tuple[str, date]]:
    """Drafts: the close of their cycle."""
    rows = _unheld(key).filter(_never_submitted())
    for pk, close in rows.values_list("pk", "cycle__closes_at"):
        yield f"{SUBJECT}{pk}", day_of(close)


def ended(key: str) -> Iterator[tuple[str, date]]:
    """Applications that led to no registration: the last of all that ended them; without any, the start of the studies."""
    gone_on = Q(filing__isnull=False, filing__in=WENT_ON)
    rows = _unheld(key).exclude(_never_submitted()).exclude(gone_on)
    for row in rows.select_related("cycle"):
        yield f"{SUBJECT}{row.pk}", _ended(row)


def _ended(row: Any) -> date:
    """The last of what is known; whatever is still open lasts until the studies begin."""
    moments = [row.left_at, row.answered_at, row.offer_at]
    days = [day_of(moment) for moment in moments if moment]
    if row.ended_on:
        days.append(row.ended_on)
    if row.outcome == Outcome.WAITLIST:
        days.append(row.cycle.waitlist_ends_on)
    said_no = row.outcome in (Outcome.DECLINE, Outcome.WAITLIST) and row.reply is None
    settled = row.left_at or row.filing in AT_AN_END or said_no or row.reply in OVER
    if not settled or not days:
        days.append(row.cycle.starts_on)
    return max(days)


def registered(key: str) -> Iterator[tuple[str, date]]:
    """Applications of people who study: the start of the studies, in the cycle that they begin in."""
    for row in _unheld(key).filter(filing__in=WENT_ON).select_related("cycle"):
        yield f"{SUBJECT}{row.pk}", row.deferred_to or row.cycle.starts_on


def accounts(key: str) -> Iterator[tuple[str, date]]:
    """Accounts of applicants that have no application: the last time that somebody signed in to them."""
    files = Application.objects.filter(applicant=OuterRef("pk"))
    rows = User.objects.filter(~Exists(files), roles=[], **_only(key))
    for pk, made, seen in rows.values_list("pk", "created_at", "last_login"):
        yield f"accounts.user:{pk}", day_of(max(made, seen or made))


def identifications(key: str) -> Iterator[tuple[str, date]]:
    """Self-identification, a whole cycle at once, and once: no list tells who answered, nor that somebody did."""
    destroyed = Item.objects.filter(disposal__kind=Kind.IDENTIFICATION, status=Item.Status.DONE)
    gone = set(destroyed.values_list("subject", flat=True))
    for cycle in Cycle.objects.filter(**_only(key)):
        if subject_of(cycle) not in gone:
            yield subject_of(cycle), cycle.starts_on


def trail(key: str) -> Iterator[tuple[str, date]]:
    """The trail, a Montréal month at once; `key` is the month."""
    if key:
        yield f"audit.auditentry:{key}", _last_of(date.fromisoformat(f"{key}-01"))
        return
    first = AuditEntry.objects.aggregate(first=Min("at"))["first"]
    last = AuditEntry.objects.aggregate(last=Max("at"))["last"]
    month = day_of(first).replace(day=1) if first else None
    while month and start_of(month) <= last:
        yield f"audit.auditentry:{month:%Y-%m}", _last_of(month)
        month = months_after(month, 1)


def _last_of(month: date) -> date:
    return months_after(month, 1) - timedelta(days=1)


def incidents(key: str) -> Iterator[tuple[str, date]]:
    """The register: the day that an incident was closed."""
    closed = Incident.objects.filter(**_only(key)).order_by("pk")
    for pk, day in closed.values_list("pk", "closed_on"):
        if day:
            yield f"retention.incident:{pk}", day


# Each gives what its time began for, and the day; of all rows, or of the one that its argument names.
BEGINNINGS: dict[Kind, Callable[[str], Iterator[tuple[str, date]]]] = {
    Kind.DRAFT: drafts,
    Kind.ENDED: ended,
    Kind.REGISTERED: registered,
    Kind.ACCOUNT: accounts,
    Kind.IDENTIFICATION: identifications,
    Kind.TRAIL: trail,
    Kind.INCIDENT: incidents,
}
