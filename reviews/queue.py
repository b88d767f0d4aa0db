"""A reader's queue: what is left, in what order, and how far they are.

A file belongs to the queue of the cycle that was open when it fell due: asked in these words, PostgreSQL
answers from the index of assignments alone, without looking at a single application.

The first due comes first. Among those due on one day each reader has an order of their own (`Assignment.place`),
so that no file is the last of everybody's evening.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from applications.models import Choice, Referee, Submission
from applications.models.application import GONE
from applications.settled import unsettled
from cycles.clock import day_of
from cycles.models import Cycle
from reviews.models import Assignment, Decision, Review

TO_READ, DRAFTS, SENT = "to_read", "drafts", "sent"
OPEN = Q(status=Assignment.Status.ASSIGNED)
WHICH = {
    TO_READ: OPEN,
    DRAFTS: OPEN & Q(review__isnull=False),
    SENT: Q(status=Assignment.Status.HANDED_IN),
}
ORDER = ("due_on", "place", "pk")
BACKWARDS = ("-due_on", "-place", "-pk")
# Due within so many days is soon.
SOON = timedelta(days=3)
# A pace is told of the last fortnight, once it says something.
LOOKS_BACK, SAYS_SOMETHING = timedelta(days=14), 3

NOTHING = (0, 0, 0)


@dataclass(frozen=True)
class Progress:
    """How many files, by what became of them. Of those to read: `late`, due before today, and `drafts`, begun."""

    to_read: int
    sent: int
    late: int
    drafts: int

    @property
    def all(self) -> int:
        """Everything that was given to this reader and may be read: what is in conflict does not even count."""
        return self.to_read + self.sent


def of_cycle(cycle: Cycle) -> Q:
    """Due since this cycle opened."""
    return Q(due_on__gte=day_of(cycle.opens_at))


def progress(reader: User, cycle: Cycle, today: date | None = None) -> Progress:
    """Counted in two queries, none of which grows with the number of applications."""
    today = today or day_of(timezone.now())
    rows = Assignment.objects.filter(of_cycle(cycle), reviewer=reader)
    counts = _by_status(rows, today)
    answered = OPEN & Q(application__in=Decision.objects.released().values("application"))
    gone_or_answered = Q(application__status__in=GONE) | answered
    gone = _by_status(rows.filter(gone_or_answered, application__cycle=cycle), today)
    left = {
        status: tuple(a - b for a, b in zip(told, gone.get(status, NOTHING), strict=True))
        for status, told in counts.items()
    }
    to_read, late, drafts = left.get(Assignment.Status.ASSIGNED, NOTHING)
    sent, *_rest = left.get(Assignment.Status.HANDED_IN, NOTHING)
    return Progress(to_read=to_read, sent=sent, late=late, drafts=drafts)


def _by_status(rows: "models.QuerySet[Assignment]", today: date) -> dict[str, tuple[int, int, int]]:
    """Status → how many, how many of them were due before today, and how many are begun."""
    counted = (
        rows.order_by()
        .values_list("status")
        .annotate(
            count=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=today)),
            begun=Count("review"),
        )
    )
    return {status: (count, late, begun) for status, count, late, begun in counted}


def done_on(reader: User, cycle: Cycle, left: int, at: datetime) -> date | None:
    """The day on which this reader is done if they go on as in the last fortnight; None while nothing can be said.

    Said from three reviews handed in on two days or more: one evening is no pace.
    """
    told = Review.objects.filter(
        of_cycle_through(cycle),
        assignment__reviewer=reader,
        handed_in_at__gt=at - LOOKS_BACK,
    ).aggregate(count=Count("pk"), first=Min("handed_in_at"))
    if not left or told["count"] < SAYS_SOMETHING:
        return None
    days = (day_of(at) - day_of(told["first"])).days
    return day_of(at) + timedelta(days=-(-left * days // told["count"])) if days else None


def of_cycle_through(cycle: Cycle) -> Q:
    """The same as `of_cycle`, from a review."""
    return Q(assignment__due_on__gte=day_of(cycle.opens_at))


def files_of(reader: User, cycle: Cycle, which: str = TO_READ) -> "models.QuerySet[Assignment]":
    """This reader's files of the cycle, the first due first; nothing is left to read of what has its answer."""
    rows = Assignment.objects.of(reader).filter(WHICH[which], of_cycle(cycle))
    rows = rows if which == SENT else unsettled(rows)
    return rows.select_related("review").order_by(*ORDER)


def letters_of() -> "models.QuerySet[Referee]":
    """The letters that have come, of the outer row's application."""
    return Referee.objects.with_letter().filter(application=OuterRef("application"))


def with_news(rows: "models.QuerySet[Assignment]") -> "models.QuerySet[Assignment]":
    """The same rows, each with what changed since its review was written.

    `letters`: how many have come; `letters_since`: whether one came after the last save; `replaced`: whether the
    applicant submitted again after what was read.
    """
    later = Submission.objects.filter(
        application=OuterRef("application"), version__gt=OuterRef("review__submission__version")
    )
    counted = letters_of().order_by().values("application").annotate(n=Count("pk")).values("n")
    return rows.annotate(
        letters=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        letters_since=Exists(letters_of().filter(answered_at__gt=OuterRef("review__saved_at"))),
        replaced=Exists(later),
    )


def asking_for(program: str) -> Exists:
    """Whether the file asks for the program of this code."""
    asked = Choice.objects.filter(application=OuterRef("application"), program__code=program)
    return Exists(asked)


def after(row: Assignment) -> Q:
    """What comes after this one in the order of its reader."""
    same_day = Q(due_on=row.due_on)
    return (
        Q(due_on__gt=row.due_on)
        | same_day & Q(place__gt=row.place)
        | same_day & Q(place=row.place, pk__gt=row.pk)
    )


def before(row: Assignment) -> Q:
    """What comes before it."""
    same_day = Q(due_on=row.due_on)
    return (
        Q(due_on__lt=row.due_on)
        | same_day & Q(place__lt=row.place)
        | same_day & Q(place=row.place, pk__lt=row.pk)
    )


def next_after(assignment: Assignment, reader: User, cycle: Cycle) -> "Assignment | None":
    """The file to open once this one is handed in: the next in the queue, else the first left; in one query."""
    left = files_of(reader, cycle).select_related(None).exclude(pk=assignment.pk)
    first, later = left[:1], left.filter(after(assignment))[:1]
    # Both ends of the index at once; the later of the two is the next, unless nothing comes after this one.
    found = sorted(later.union(first, all=True), key=_key)
    return found[-1] if found and _key(found[-1]) > _key(assignment) else next(iter(found), None)


def _key(row: Assignment) -> tuple[date, int, int]:
    """The order, in Python."""
    return (row.due_on, row.place, row.pk)


@dataclass(frozen=True)
class Around:
    """The part of a queue around one file, in its order, and the ways on and back."""

    rows: list[Assignment]
    following: Assignment | None
    previous: Assignment | None


def around(reader: User, assignment: Assignment, cycle: Cycle, reach: int) -> Around:
    """The file that is open, and as many as `reach` on either side; in two queries, however long the queue."""
    left = files_of(reader, cycle).exclude(pk=assignment.pk)
    earlier = list(left.filter(before(assignment)).order_by(*BACKWARDS)[:reach])
    later = list(left.filter(after(assignment))[:reach])
    here = [assignment] if assignment.is_open else []
    # After the last comes the first: among those at hand, unless there are more.
    first = earlier[-1:] if len(earlier) < reach else list(left[:1]) if not later else []
    return Around(
        rows=[*earlier[::-1], *here, *later],
        following=next(iter([*later, *first]), None),
        previous=next(iter(earlier), None),
    )
