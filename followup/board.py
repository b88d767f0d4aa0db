"""The staff's list: who was offered a place, and the next step of each in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Status
from cycles.clock import end_of
from cycles.models import Cycle, Program
from followup.models import Filing, Reply, UdemFile
from followup.offers import OFFERING, offer_of
from reviews.models import Decision

TONES = {
    Reply.OPEN: ("time", "clock"),
    Reply.ACCEPTED: ("ok", "check"),
    Reply.DECLINED: ("", "minus"),
    Reply.EXPIRED: ("bad", "triangle-alert"),
}


CALL = _("Call the waitlist")


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    application: Application
    program: Program | None
    reply: dict[str, Any]
    udem_file: UdemFile | None
    next_step: str | Promise
    due: datetime | None
    status: str = Reply.OPEN
    is_call: bool = False

    @property
    def calls_the_waitlist(self) -> bool:
        """Whether the place is free for the next person."""
        return self.next_step == CALL


def cycles_to_follow() -> list[Any]:
    """Every cycle, the newest first; `answered` tells whether its answers are out."""
    out = Decision.objects.released().filter(application__cycle=OuterRef("pk"))
    return list(Cycle.objects.annotate(answered=Exists(out)).order_by("-opens_at"))


def offered(user: Any, cycle: Cycle | None) -> QuerySet[Decision, Decision]:
    """The released offers of a cycle that this person may see, by name, with all that a line shows."""
    return (
        Decision.objects.visible_to(user)
        .released()
        .filter(OFFERING, application__cycle=cycle)
        .select_related("application__cycle", "program", "offer__udem_file")
        .order_by(Lower("application__last_names"), Lower("application__first_names"), "pk")
    )


def row_of(decision: Decision, *, at: datetime) -> Row:
    """One line, without a query."""
    offer, application = offer_of(decision), decision.application
    reply = Reply.EXPIRED if offer.has_lapsed(at) else Reply(offer.status)
    tone, icon = TONES[reply]
    accepted = reply == Reply.ACCEPTED
    udem_file = getattr(offer, "udem_file", None) if accepted else None
    step, due = _next(application, reply, udem_file)
    shown = {"tone": tone, "icon": icon, "label": reply.label}
    return Row(
        application,
        decision.program,
        shown,
        udem_file,
        step,
        due or _reply_due(reply, offer.reply_by),
        offer.status,
        offer.is_call,
    )


def _reply_due(reply: Reply, moment: datetime) -> datetime | None:
    return moment if reply == Reply.OPEN else None


def _next(
    application: Application, reply: Reply, udem_file: UdemFile | None
) -> tuple[str | Promise, datetime | None]:
    """The next step in words, and its date when it is a matter of the UdeM file."""
    if application.status == Status.WITHDRAWN:
        return _("None: withdrawn by the applicant"), None
    if application.status == Status.CLOSED:
        return _("None: closed as incomplete"), None
    if udem_file:
        return _at_udem(application, udem_file)
    return (_("Applicant replies"), None) if reply == Reply.OPEN else (CALL, None)


def _at_udem(
    application: Application, udem_file: UdemFile
) -> tuple[str | Promise, datetime | None]:
    """What the file at UdeM waits for, and until when."""
    if udem_file.status == Filing.TO_FILE:
        return _("Applicant applies to UdeM"), end_of(application.cycle.udem_safe_on)
    if udem_file.status == Filing.DOCUMENTS and not udem_file.documents_done_on:
        due = udem_file.documents_due_on
        return _("Applicant sends documents to UdeM"), end_of(due) if due else None
    if udem_file.status in (Filing.FILED, Filing.DOCUMENTS):
        return _("UdeM studies the file"), None
    if udem_file.status in (Filing.ADMITTED, Filing.CONDITIONAL):
        last = udem_file.accept_by
        return _("Applicant accepts UdeM’s offer"), end_of(last) if last else None
    return Filing(udem_file.status).label, None
