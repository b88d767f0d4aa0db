"""The coordination's list of files: which state, which words, one page at a time."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application, Choice, Status
from applications.models.application import FILED
from applications.search import by_name, found
from cycles.models import Cycle, Program
from reviews.models import Decision, Standing
from reviews.models.assignment import conflicting

MANY = 5_000
SECONDS = 30


@dataclass(frozen=True)
class State:
    """Where a file is, as the coordination says it: words, tone and icon."""

    key: str
    label: Promise
    tone: str
    icon: str


STATES = {
    state.key: state
    for state in (
        State("filed", _("Submitted"), "", "inbox"),
        State("to_assign", _("To assign"), "time", "user-plus"),
        State("reading", _("Being read"), "info", "book-open"),
        State("read", _("Read"), "act", "clipboard-check"),
        State("proposed", _("Proposed"), "act", "pen-line"),
        State("approved", _("Approved"), "ok", "stamp"),
        State("released", _("Released"), "ok", "megaphone"),
        State("draft", _("Draft"), "", "circle-dashed"),
        State("withdrawn", _("Withdrawn"), "", "undo-2"),
        State("closed", _("Closed as incomplete"), "", "file-x"),
    )
}
BY_STATUS = {
    "filed": Q(status__in=FILED),
    "draft": Q(status=Status.DRAFT),
    "withdrawn": Q(status=Status.WITHDRAWN),
    "closed": Q(status=Status.CLOSED),
}
DECIDED = ("proposed", "approved", "released")


def _decided(*statuses: str) -> Exists:
    """Whether the decision that counts is in one of these states."""
    rows = Decision.objects.filter(application=OuterRef("pk"), is_current=True)
    return Exists(rows.filter(status__in=statuses) if statuses else rows)


def in_state(cycle: Cycle, key: str) -> "models.QuerySet[Application]":
    """The files of a cycle in one of `STATES`."""
    rows = Application.objects.filter(cycle=cycle)
    if key in BY_STATUS:
        return rows.filter(BY_STATUS[key])
    rows = rows.filter(BY_STATUS["filed"])
    if key in DECIDED:
        return rows.filter(_decided(key))
    rows = rows.filter(~_decided())
    wanted = cycle.reviews_per_file
    if key == "to_assign":
        enough = Standing.objects.filter(application=OuterRef("pk"), asked__gte=wanted)
        return rows.filter(~Exists(enough))
    asked = rows.filter(standing__asked__gte=wanted)
    if key == "reading":
        return asked.filter(standing__handed_in__lt=wanted)
    return asked.filter(standing__handed_in__gte=wanted)


def files(
    cycle: Cycle, user: User, *, state: str = "filed", words: str = ""
) -> "models.QuerySet[Application]":
    """The board's rows, by name, with all that one line shows; without one's conflicts."""
    rows = in_state(cycle, state).exclude(pk__in=conflicting(user))
    decisions = Decision.objects.filter(is_current=True).select_related("program")
    return (
        found(rows, words)
        .select_related("standing")
        .only(
            *("number", "first_names", "last_names", "status", "submitted_at", "cycle_id"),
            *("standing__asked", "standing__handed_in", "standing__mean"),
            *("standing__lowest", "standing__highest"),
        )
        .prefetch_related(
            Prefetch("choices", Choice.objects.select_related("program")),
            Prefetch("decisions", decisions, to_attr="current_decisions"),
        )
        .order_by(*by_name())
    )


@dataclass(frozen=True)
class Line:
    """One line of the board."""

    application: Application
    programs: list[Program]
    standing: Standing | None
    decision: Decision | None
    state: State


def line(application: Application, cycle: Cycle) -> Line:
    """What the board says of a file that `files` fetched."""
    standing = getattr(application, "standing", None)
    current: list[Decision] = application.current_decisions  # type: ignore[attr-defined]
    decision = current[0] if current else None
    return Line(
        application=application,
        programs=application.chosen,
        standing=standing,
        decision=decision,
        state=STATES[state_of(application, standing, decision, cycle)],
    )


def state_of(
    application: Application, standing: Standing | None, decision: Decision | None, cycle: Cycle
) -> str:
    """The key of the file's state: the furthest that it got."""
    if not application.is_filed:
        return str(application.status)
    if decision:
        return str(decision.status)
    if standing is None or standing.asked < cycle.reviews_per_file:
        return "to_assign"
    return "read" if standing.handed_in >= cycle.reviews_per_file else "reading"


def counts(cycle: Cycle, user: User) -> dict[str, int]:
    """How many are submitted, drafts, withdrawn, closed, of those that this person may see.

    Of a large cycle, as of half a minute ago at most; what a conflict hides is taken off at once.
    """
    key = f"board:{cycle.pk}"
    told: dict[str, int] | None = caches["pages"].get(key)
    rows = Application.objects.filter(cycle=cycle)
    if told is None:
        told = _by_status(rows)
        if sum(told.values()) > MANY:
            caches["pages"].set(key, told, SECONDS)
    hidden = _by_status(rows.filter(pk__in=conflicting(user)))
    return {status: max(0, count - hidden[status]) for status, count in told.items()}


def _by_status(files: "models.QuerySet[Application]") -> dict[str, int]:
    rows: dict[str, int] = dict(files.order_by().values_list("status").annotate(count=Count("pk")))
    return {
        "filed": sum(rows.get(status, 0) for status in FILED),
        "draft": rows.get(Status.DRAFT, 0),
        "withdrawn": rows.get(Status.WITHDRAWN, 0),
        "closed": rows.get(Status.CLOSED, 0),
    }


def chosen_cycle(code: Any) -> Cycle | None:
    """The cycle that an address names, else the current one."""
    named = Cycle.objects.filter(code=code).first() if code else None
    return named or Cycle.objects.current()
