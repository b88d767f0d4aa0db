"""What the office's page of one file shows."""

from typing import Any

from applications.models import Application, Submission
from audit.moves import available
from cycles.models import Program
from desk import checking, closing, pieces
from desk.models import Check, Request
from desk.timeline import events
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
        "documents": submission.documents.all() if submission else [],
        "requests": [(row, available(row, pieces.MOVES, by=user)) for row in requests],
        "check": check,
        "is_complete": check.holds(application),
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
        "events": events(application, requests),
    }


def programs_named(codes: list[str]) -> list[Program]:
    """The programs of a snapshot, first choice first."""
    known = {program.code: program for program in Program.objects.filter(code__in=codes)}
    return [known[code] for code in codes if code in known]


def letters_about(application: Application, user: Any) -> list[tuple[OutgoingEmail, bool]]:
    """The letters sent about the file, newest first, and whether this person may send each again."""
    rows = OutgoingEmail.objects.about(application).reverse()
    return [(row, RESEND.refusal(row, user) is None) for row in rows]


def requests_open(application: Application) -> list[Request]:
    """What the applicant still has to send, or may replace."""
    return [row for row in application.requests.select_related("document") if row.is_open]
