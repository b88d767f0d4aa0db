"""The office's list of files: what each lacks, in which state, found and sorted, one page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import (
    Application,
    Choice,
    Referee,
    RefereeStatus,
    Status,
    Submission,
)
from applications.models.application import FILED
from applications.models.referee import COUNTED
from applications.search import by_name, found
from applications.sight import unhidden
from audit.models import subject_of
from cycles.clock import day_of
from cycles.models import Cycle, Program
from desk.duplicates import alike_in
from desk.models import Check, Message, Request
from desk.sight import in_sight
from notifications.models import OutgoingEmail


@dataclass(frozen=True)
class State:
    """A filter of the list, or the state of a file: words, tone and icon."""

    key: str
    label: Promise
    tone: str = ""
    icon: str = "inbox"


TO_CHECK = State("to_check", _("To check"), "act", "clipboard-list")
WAITING = State("waiting", _("Waiting for pieces"), "time", "hourglass")
OVERDUE = State("overdue", _("Overdue"), "bad", "calendar-clock")
COMPLETE = State("complete", _("Complete"), "ok", "clipboard-check")
CLOSED = State("closed", _("Closed as incomplete"), "", "file-x")
UNANSWERED = State("unanswered", _("Unanswered messages"), "act", "message-square")
BOUNCED = State("bounced", _("Letters not delivered"), "bad", "mails")
ALIKE = State("alike", _("Possible duplicates"), "info", "users")
ALL = State("all", _("All"), "", "files")
FILTERS = {
    one.key: one
    for one in (
        *(TO_CHECK, WAITING, OVERDUE, COMPLETE, CLOSED),
        *(UNANSWERED, BOUNCED, ALIKE, ALL),
    )
}
SORTS = {
    "name": by_name(),
    "oldest": [F("submitted_at").asc(), F("pk")],
    "newest": [F("submitted_at").desc(), F("pk")],
}
SORT_WORDS = {"name": _("Name"), "oldest": _("First submitted"), "newest": _("Last submitted")}


def _of_file(rows: models.QuerySet[Any]) -> Exists:
    """Whether a file has one of these rows."""
    return Exists(rows.filter(application=OuterRef("pk")))


def _references(statuses: Iterable[str]) -> Subquery:
    """How many letters of reference of a file are in one of these states; None for none."""
    rows = Referee.objects.filter(application=OuterRef("pk"), status__in=list(statuses))
    return Subquery(rows.order_by().values("application").annotate(n=Count("pk")).values("n"))


def with_undelivered() -> set[int]:
    """The files that a letter is about which did not reach its reader."""
    prefix = subject_of(Application(pk=0)).removesuffix("0")
    stuck = OutgoingEmail.objects.needing_a_person().filter(about__startswith=prefix)
    return {int(about.removeprefix(prefix)) for about in stuck.values_list("about", flat=True)}


def in_state(rows: "models.QuerySet[Application]", cycle: Cycle, key: str) -> Any:
    """Those of the cycle's files that one of `FILTERS` keeps."""
    requests, checks = Request.objects.all(), Check.objects.standing()
    if key == CLOSED.key:
        return rows.filter(status=Status.CLOSED)
    if key == UNANSWERED.key:
        return rows.filter(_of_file(Message.objects.unanswered()))
    if key == BOUNCED.key:
        return rows.filter(pk__in=with_undelivered())
    if key == ALIKE.key:
        return rows.filter(pk__in=alike_in(cycle))
    if key == ALL.key:
        return rows.filter(status__in=[*FILED, Status.CLOSED])
    filed = rows.filter(status__in=FILED)
    if key == OVERDUE.key:
        return filed.filter(_of_file(requests.overdue()))
    if key == WAITING.key:
        return filed.filter(_of_file(requests.waiting()))
    if key == COMPLETE.key:
        return filed.filter(_of_file(checks), ~_of_file(requests.waiting()))
    return filed.filter(~_of_file(checks), ~_of_file(requests.waiting()))


def files(
    cycle: Cycle, user: User, *, state: str = TO_CHECK.key, words: str = "", sort: str = "name"
) -> "models.QuerySet[Application]":
    """The list's rows with all that one line shows."""
    rows = in_state(in_sight(user).filter(cycle=cycle), cycle, state)
    standing = Request.objects.standing().order_by("due_on", "pk")
    unanswered = Message.objects.unanswered().only("application_id")
    lines: models.QuerySet[Application] = (
        found(rows, words)
        .annotate(
            references_asked=_references(COUNTED),
            references_received=_references([RefereeStatus.RECEIVED]),
            submitted_documents=_documents(),
        )
        .select_related("office_check")
        .only(
            *("number", "first_names", "last_names", "status", "submitted_at", "cycle_id"),
            *("office_check__status", "office_check__checked_at"),
        )
        .prefetch_related(
            Prefetch("choices", Choice.objects.select_related("program")),
            Prefetch("requests", standing, to_attr="asked"),
            Prefetch("messages", unanswered, to_attr="unanswered"),
        )
        .order_by(*SORTS[sort])
    )
    return lines


def state_of(application: Application, requests: Iterable[Request]) -> State:
    """Where a submitted file is, from what was asked of it and what was found; costs no query."""
    if application.status == Status.CLOSED:
        return CLOSED
    waiting = [row for row in requests if row.is_waiting]
    if waiting:
        return OVERDUE if any(row.is_overdue for row in waiting) else WAITING
    check: Check | None = getattr(application, "office_check", None)
    return COMPLETE if check and check.holds(application) else TO_CHECK


@dataclass(frozen=True)
class Line:
    """One line of the list; costs no query."""

    application: Application
    submitted_documents: int

    @property
    def programs(self) -> list[Program]:
        """The programs asked for."""
        return self.application.chosen

    @property
    def requests(self) -> list[Request]:
        """The pieces asked for later, the first due first."""
        return self.application.asked  # type: ignore[attr-defined]

    @cached_property
    def waiting(self) -> list[Request]:
        """Those still to come."""
        return [row for row in self.requests if row.is_waiting]

    @property
    def overdue(self) -> int:
        """How many are late."""
        return sum(row.is_overdue for row in self.waiting)

    @property
    def to_look_at(self) -> int:
        """How many came and wait for the office."""
        return sum(row.is_received for row in self.requests)

    @property
    def due_on(self) -> Any:
        """The first day that a piece is due."""
        return self.waiting[0].due_on if self.waiting else None

    @property
    def asked(self) -> int:
        """How many documents the file should hold."""
        return self.submitted_documents + len(self.requests)

    @property
    def held(self) -> int:
        """How many it holds."""
        return self.asked - len(self.waiting)

    @property
    def references_asked(self) -> int:
        """How many letters of reference were asked for."""
        return self.application.references_asked or 0  # type: ignore[attr-defined]

    @property
    def references_received(self) -> int:
        """How many of them came."""
        return self.application.references_received or 0  # type: ignore[attr-defined]

    @property
    def unanswered(self) -> int:
        """How many messages of the applicant wait."""
        return len(self.application.unanswered)  # type: ignore[attr-defined]

    @property
    def may_be_marked(self) -> bool:
        """Whether the file can be called complete now."""
        return self.state == TO_CHECK and not self.to_look_at

    @property
    def state(self) -> State:
        """Where the file is."""
        return state_of(self.application, self.requests)


def lines_of(rows: Iterable[Application]) -> list[Line]:
    """Lines for files that `files` fetched."""
    return [Line(row, row.submitted_documents) for row in rows]  # type: ignore[attr-defined]


def _documents() -> Any:
    """How many documents a file's last submission holds."""
    last = Submission.objects.filter(application=OuterRef("pk")).order_by("-version")
    counted = Func(
        KeyTransform("documents", "content"),
        function="jsonb_array_length",
        output_field=IntegerField(),
    )
    return Coalesce(Subquery(last.annotate(held=counted).values("held")[:1]), 0)


def counts(cycle: Cycle, user: User) -> dict[str, int]:
    """How many files wait for a piece, are late, or wait for an answer, of those that this person may see.

    From indexes of what is open only.
    """
    filed = Request.objects.filter(application__cycle=cycle, application__status__in=FILED)
    late = Q(due_on__lt=day_of(timezone.now()))
    files = Count("application", distinct=True)
    told: dict[str, int] = unhidden(filed.waiting(), user, "application").aggregate(
        **{WAITING.key: files, OVERDUE.key: Count("application", distinct=True, filter=late)}
    )
    unanswered = Message.objects.unanswered().filter(application__cycle=cycle)
    return {
        **told,
        **unhidden(unanswered, user, "application").aggregate(**{UNANSWERED.key: files}),
    }
