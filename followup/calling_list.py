"""The page of the calls: the seats of each program, its released waitlist, and what became of each person on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from answers.waiting import released
from applications.models import Status
from applications.paging import Page, page_of
from cycles.clock import end_of
from cycles.models import Cycle, Program
from followup.calls import calls_by_itself
from followup.models import Offer, Reply
from followup.seats import Seats, next_of, seats_of
from reviews.decisions import UNRELEASED
from reviews.models import Decision

TONES = {
    Reply.OPEN: ("time", "clock"),
    Reply.ACCEPTED: ("ok", "check"),
    Reply.DECLINED: ("", "minus"),
    Reply.EXPIRED: ("bad", "triangle-alert"),
}


@dataclass(frozen=True)
class Line:
    """One person on a waitlist. `state` is what became of them in words; `may` what a coordinator can do."""

    decision: Decision
    offer: Offer | None
    state: dict[str, Any]
    is_next: bool
    may_call: bool


@dataclass(frozen=True)
class Listing:
    """One program's part of the page. `hidden_next`: who comes next is one whose file this person does not see."""

    seats: Seats | None
    page: Page
    lines: list[Line]
    next: Decision | None
    hidden_next: bool
    is_over: bool
    by_itself: bool


def listing(
    cycle: Cycle, program: Program, user: User, number: str, *, at: datetime
) -> tuple[list[Seats], Listing]:
    """The seats of every program, and the waitlist of one; a fixed number of queries."""
    seats = seats_of(cycle)
    corrected = Decision.objects.filter(corrects=OuterRef("pk"), status__in=UNRELEASED)
    rows = released(cycle, program, user).annotate(is_corrected=Exists(corrected))
    page = page_of(
        rows.select_related("application__standing", "application__applicant", "offer__called_by"),
        number,
    )
    following = next_of(cycle, program)
    seen = following is not None and rows.filter(pk=following.pk).exists()
    return seats, Listing(
        next(iter(row for row in seats if row.program == program), None),
        page,
        [_line(row, following, at=at) for row in page.rows],
        following if seen else None,
        following is not None and not seen,
        at > end_of(cycle.waitlist_ends_on),
        calls_by_itself(cycle, at),
    )


def _line(row: Decision, following: Decision | None, *, at: datetime) -> Line:
    """One line, without a query."""
    offer: Offer | None = getattr(row, "offer", None)
    is_next = row == following
    if offer is not None:
        reply = Reply.EXPIRED if offer.has_lapsed(at) else Reply(offer.status)
        tone, icon = TONES[reply]
        return Line(row, offer, _state(reply.label, tone, icon), is_next=False, may_call=False)
    gone = _gone(row)
    state = _state(gone, "", "minus") if gone else _state(_("Waits"), "time", "clock")
    if is_next:
        state = _state(_("Next"), "ok", "arrow-right")
    return Line(row, None, state, is_next=is_next, may_call=not gone)


def _gone(row: Any) -> str | Promise:
    """Why somebody can no longer be called; empty while they can."""
    if not row.application.is_filed:
        return str(Status(row.application.status).label)
    if row.status == Decision.Status.CORRECTED:
        return _("Has another answer since")
    if row.is_corrected:
        return _("Another answer is on its way")
    return "" if row.application.applicant.is_active else _("The account is closed")


def _state(label: str | Promise, tone: str, icon: str) -> dict[str, Any]:
    return {"label": label, "tone": tone, "icon": icon}
