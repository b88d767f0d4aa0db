"""What the office's page of one file shows."""

from dataclasses import dataclass
from typing import Any

from applications.models import Application, Submission
from applications.snapshot import papers_of
from audit.moves import available
from cycles.models import Program
from desk import checking, closing, mail, pieces
from desk.board import State, state_of
from desk.models import Check, Request
from desk.timeline import events
from notifications import reach
from notifications.ledger import RESEND
from notifications.models import OutgoingEmail


def latest(application: Application) -> Submission | None:
    """The submission that counts; None for a draft that was never submitted."""
    return application.submissions.order_by("-version").prefetch_related("documents").first()


def page_of(application: Application, submission: Submission | None, user: Any) -> dict[str, Any]:
    """What was submitted, what was asked for later, what was said and done, and what can be done."""
    requests = list(application.requests.select_related("document"))
    check = getattr(application, "office_check", None) or Check(application=application)
    content = submission.content if submission else {}
    return {
        "application": application,
        "cycle": application.cycle,
        "submission": submission,
        "person": content.get("person", {}),
        "programs": programs_named(content.get("programs", [])),
        "documents": papers(submission) if submission else [],
        "requests": [(row, available(row, pieces.MOVES, by=user)) for row in requests],
        "check": check,
        "is_complete": check.holds(application),
        "state": state_of(application, requests),
        "moves": [
            move.name
            for move in (
                *available(check, checking.MOVES, by=user),
                *available(application, closing.MOVES, by=user),
            )
        ],
        "unanswered": application.messages.unanswered().count(),
        "messages_count": application.messages.count(),
        "letters": letters_about(application, user),
        "trouble": reach.last_word(application.applicant.email),
        "events": events(application, requests),
    }


def papers(submission: Submission) -> list[tuple[str, Any]]:
    """What was submitted, in the order of the form: what it is, and the document."""
    places = {row.slot: row for row in submission.documents.all()}
    lines = [(line["what"], places.get(line["slot"])) for line in papers_of(submission.content)]
    return [(what, row) for what, row in lines if row]


def programs_named(codes: list[str]) -> list[Program]:
    """The programs of a snapshot, first choice first."""
    known = {program.code: program for program in Program.objects.filter(code__in=codes)}
    return [known[code] for code in codes if code in known]


def letters_about(application: Application, user: Any) -> list[tuple[OutgoingEmail, State, bool]]:
    """The letters sent about the file, newest first: where each is, and whether this person may send it again."""
    rows = OutgoingEmail.objects.about(application).reverse()
    return [(row, mail.state_of(row), RESEND.refusal(row, user) is None) for row in rows]


@dataclass(frozen=True)
class Matters:
    """What the office wants of the applicant, for their own page."""

    application: Application
    requests: list[Request]
    unread: int
    unreached: str = ""  # the address, where our letters do not arrive there

    @property
    def waiting(self) -> list[Request]:
        """The pieces to send, the first due first."""
        return [row for row in self.requests if row.is_waiting]

    @property
    def sent(self) -> list[Request]:
        """Those that came."""
        return [row for row in self.requests if not row.is_waiting]


def matters(application: Application) -> Matters:
    """The pieces asked for, the messages not opened yet, and whether letters arrive, in three queries."""
    rows = application.requests.standing().order_by("due_on", "pk")
    unread = application.messages.unread_by_applicant().count()
    address = application.applicant.email
    return Matters(application, list(rows), unread, address if reach.last_word(address) else "")
