"""How the reading of a cycle goes, as one person may see it: sums made by the database, none of a file in conflict.

The whole page is five queries, whatever the number of files and of readers: the totals of the standings, what was
handed in by day, what each reader has, who reads at all, and who was reminded lately.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import caches
from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Collate, Greatest, TruncDate

from accounts.models import Role, User
from applications.models import Application
from applications.models.application import FILED
from applications.search import Fold
from audit.models import AuditEntry, subject_of
from committee import forecasting
from committee.forecasting import Bar, Forecast
from cycles.clock import MONTREAL, start_of
from cycles.models import Cycle
from reviews.board import MANY, SECONDS
from reviews.models import Assignment, Review
from reviews.models.assignment import conflicting

REMIND = "remind_reader"
QUIET = timedelta(days=3)
# Given files for this long without a word saved: somebody asks how they are.
SILENT = timedelta(days=7)
TO_READ, HANDED_IN = Assignment.Status.ASSIGNED, Assignment.Status.HANDED_IN


@dataclass(frozen=True)
class Totals:
    """Files and readings of a cycle. `lacking`: readings that nobody was asked for yet."""

    files: int
    asked: int
    handed_in: int
    lacking: int
    unread: int
    short: int

    @property
    def wanted(self) -> int:
        """Every reading that the cycle needs, the extra ones that were asked for included."""
        return self.asked + self.lacking

    @property
    def left(self) -> int:
        """Readings still to come."""
        return self.wanted - self.handed_in


@dataclass(frozen=True)
class ReaderLine:
    """One reader: what they have, when they were last seen reading, and whether they need a word."""

    reader: User
    given: int
    begun: int
    handed_in: int
    late: int
    due_on: date | None
    last_seen: datetime | None
    forecast: Forecast | None
    reminded_at: datetime | None
    needs: str

    @property
    def left(self) -> int:
        """Still to hand in."""
        return self.given - self.handed_in


# Who needs a word first: those who are late, those who will be, those who have not begun.
LATE, BEHIND, NOT_BEGUN, FINE, DONE, NOTHING = "late", "behind", "not_begun", "fine", "done", "none"
ORDER = (LATE, BEHIND, NOT_BEGUN, FINE, DONE, NOTHING)


@dataclass(frozen=True)
class Report:
    """All that the page says."""

    totals: Totals
    bars: list[Bar]
    recent: int
    forecast: Forecast | None
    lines: list[ReaderLine]
    late: int
    today: date


def report(cycle: Cycle, user: User, *, today: date, now: datetime) -> Report:
    """The reading of this cycle as this person may see it."""
    sums, days = totals(cycle, user), kept_days(cycle, user)
    recent = forecasting.recent(days, today)
    counted = forecasting.days_since(min(days, default=None), today)
    lines = reader_lines(cycle, user, today=today, now=now)
    return Report(
        totals=sums,
        bars=forecasting.bars(days, today),
        recent=recent,
        forecast=forecasting.forecast(left=sums.left, done=recent, days=counted, today=today),
        lines=lines,
        late=sum(line.late for line in lines),
        today=today,
    )


def totals(cycle: Cycle, user: User) -> Totals:
    """Summed from the standings, which have one row a file."""
    rows = Application.objects.filter(cycle=cycle, status__in=FILED)
    asked = Coalesce(F("standing__asked"), 0)
    told = (
        rows.exclude(pk__in=conflicting(user))
        .annotate(of_file=asked, gap=Greatest(Value(cycle.reviews_per_file) - asked, Value(0)))
        .aggregate(
            files=Count("pk"),
            asked=Coalesce(Sum("of_file"), 0),
            handed_in=Coalesce(Sum("standing__handed_in"), 0),
            lacking=Coalesce(Sum("gap"), 0),
            unread=Count("pk", filter=Q(of_file=0)),
            short=Count("pk", filter=Q(gap__gt=0)),
        )
    )
    return Totals(**told)


def in_cycle(cycle: Cycle, user: User) -> "QuerySet[Assignment]":
    """What is being read or was, without this person's conflicts."""
    rows = Assignment.objects.live().active().filter(application__cycle=cycle)
    return rows.exclude(application__in=conflicting(user))


def by_day(cycle: Cycle, user: User) -> dict[date, int]:
    """How many readings were handed in on each day of Montréal."""
    rows = Review.objects.filter(
        handed_in_at__isnull=False,
        assignment__status=HANDED_IN,
        assignment__application__cycle=cycle,
        assignment__application__status__in=FILED,
    ).exclude(assignment__application__in=conflicting(user))
    days = rows.annotate(day=TruncDate("handed_in_at", tzinfo=MONTREAL)).values("day")
    return dict(days.annotate(count=Count("pk")).order_by("day").values_list("day", "count"))


def kept_days(cycle: Cycle, user: User) -> dict[date, int]:
    """The same; of a large cycle, as of half a minute ago at most: past days hardly move."""
    key = f"progress:{cycle.pk}:{user.pk}"
    kept: dict[date, int] | None = caches["pages"].get(key)
    if kept is not None:
        return kept
    days = by_day(cycle, user)
    if sum(days.values()) > MANY:
        caches["pages"].set(key, days, SECONDS)
    return days


def sums_of(rows: "QuerySet[Assignment]", today: date, *names: str) -> dict[int, dict[str, Any]]:
    """What each reader has, by their id, in one query; `names`: columns of the reader to have beside it."""
    opened = Q(status=TO_READ)
    week = Q(
        review__handed_in_at__gte=start_of(today - timedelta(days=forecasting.DAYS)),
        review__handed_in_at__lt=start_of(today),
        status=HANDED_IN,
    )
    told = (
        rows.order_by()
        .values("reviewer_id", *names)
        .annotate(
            given=Count("pk"),
            begun=Count("pk", filter=opened & Q(review__isnull=False)),
            sent=Count("pk", filter=Q(status=HANDED_IN)),
            late=Count("pk", filter=opened & Q(due_on__lt=today)),
            due=Min("due_on", filter=opened),
            last_due=Max("due_on", filter=opened),
            given_at=Min("assigned_at"),
            last_seen=Max("review__saved_at"),
            first_sent=Min("review__handed_in_at", filter=Q(status=HANDED_IN)),
            recent=Count("pk", filter=week),
        )
    )
    return {row["reviewer_id"]: dict(row) for row in told}


def reader_lines(cycle: Cycle, user: User, *, today: date, now: datetime) -> list[ReaderLine]:
    """Everyone who reads or has files, who needs a word first; three queries."""
    sums = sums_of(in_cycle(cycle, user), today)
    readers = list(
        User.objects.filter(Q(roles__contains=[Role.REVIEWER], is_active=True) | Q(pk__in=sums))
        .annotate(sorted_by=Collate(Fold(F("full_name")), "C"))
        .order_by("sorted_by", "email")
    )
    reminded = reminded_at(readers, since=now - QUIET)
    lines = [
        line(reader, sums.get(reader.pk), reminded.get(reader.pk), today=today, now=now)
        for reader in readers
    ]
    return sorted(lines, key=lambda one: (ORDER.index(one.needs), -one.late, -one.left))


def reminded_at(readers: Sequence[User], *, since: datetime) -> dict[int, datetime]:
    """Who was written to since then, and when."""
    subjects = {subject_of(reader): reader.pk for reader in readers}
    rows = AuditEntry.objects.filter(subject__in=subjects, verb=REMIND, at__gt=since)
    latest = rows.order_by().values_list("subject").annotate(latest=Max("at"))
    return {subjects[subject]: at for subject, at in latest}


def line(
    reader: User,
    sums: Mapping[str, Any] | None,
    reminded: datetime | None,
    *,
    today: date,
    now: datetime,
) -> ReaderLine:
    """What the page says of one reader."""
    told: Mapping[str, Any] = sums or {}
    given, sent = told.get("given", 0), told.get("sent", 0)
    first = told.get("first_sent")
    coming = forecasting.forecast(
        left=given - sent,
        done=told.get("recent", 0),
        days=forecasting.days_since(first and first.astimezone(MONTREAL).date(), today),
        today=today,
    )
    return ReaderLine(
        reader=reader,
        given=given,
        begun=told.get("begun", 0),
        handed_in=sent,
        late=told.get("late", 0),
        due_on=told.get("due"),
        last_seen=told.get("last_seen"),
        forecast=coming,
        reminded_at=reminded,
        needs=needs(told, coming, now),
    )


def needs(told: Mapping[str, Any], coming: Forecast | None, now: datetime) -> str:
    """Why somebody should write to this reader, or that nobody needs to."""
    if not told:
        return NOTHING
    if told["given"] == told["sent"]:
        return DONE
    if told["late"]:
        return LATE
    if coming and coming.is_after(told["last_due"]):
        return BEHIND
    if not told["last_seen"] and told["given_at"] <= now - SILENT:
        return NOT_BEGUN
    return FINE
