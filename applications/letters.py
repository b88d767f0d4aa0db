"""The letters of the intake."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Submission
from audit.models import AuditEntry
from cycles.clock import end_of
from cycles.models import Program
from notifications import outbox
from notifications.calendars import Entry
from notifications.letters import Letter
from notifications.models import OutgoingEmail

ACKNOWLEDGEMENT = Letter("acknowledgement", resend_after=timedelta(minutes=15), priority=2)
REMINDER = Letter("draft_reminder")
WITHDRAWN = Letter("withdrawn")
RESTORED = Letter("restored")
LATE_PASS = Letter("late_pass")
LATE_PASS_ENDED = Letter("late_pass_ended")

CLOSING = _("Last moment to submit to Mila")
DOCUMENTS_DUE = _("Last documents and references at Mila")
ANSWER = _("Mila’s answer, at the latest")
MY_PAGE = "my_application"


def acknowledge(submission: Submission) -> OutgoingEmail:
    """We received your application, with what was received and the receipt number."""
    application = submission.application
    return outbox.queue(
        ACKNOWLEDGEMENT,
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=f"acknowledgement:{submission.receipt}",
        context=received(submission, application.chosen),
    )


def received(submission: Submission, programs: list[Program]) -> dict[str, Any]:
    """What the acknowledgement tells: the submission, and the next dates of its cycle."""
    application, cycle = submission.application, submission.application.cycle
    due = Entry("documents", DOCUMENTS_DUE, end_of(cycle.documents_due_on), application.number)
    answer = Entry("answer", ANSWER, cycle.release_on, application.number)
    return {
        "submission": submission,
        "application": application,
        "cycle": cycle,
        "programs": programs,
        "documents": submission.content["documents"],
        "referees": submission.content["referees"],
        "due": cycle.documents_due_on,
        "dates": [replace(entry, page=MY_PAGE) for entry in (due, answer)],
    }


def closing_of(application: Application) -> list[Entry]:
    """The last moment to submit, for a calendar."""
    return [Entry("closes", CLOSING, application.closes_at, application.number, MY_PAGE)]


def remind(due: Iterable[tuple[Application, str, int]]) -> int:
    """Your draft is not submitted: how many things lack, and until when. Each with its key; how many were asked."""
    return outbox.queue_all(
        REMINDER,
        (
            outbox.Addressed(
                row.applicant.email,
                row.applicant.language,
                row,
                key,
                reminder_context(row, lacks),
            )
            for row, key, lacks in due
        ),
    )


def reminder_context(application: Application, lacks: int) -> dict[str, Any]:
    """What a reminder knows of a draft: how many things it lacks, and none of them."""
    return {
        "application": application,
        "cycle": application.cycle,
        "lacks": lacks,
        "dates": closing_of(application),
    }


def confirm_withdrawal(application: Application) -> OutgoingEmail:
    """Your application is withdrawn, and how to undo it while that can be done."""
    undo = application.accepts(timezone.now())
    return _tell(WITHDRAWN, application, "withdraw", may_be_undone=undo)


def confirm_restoration(application: Application) -> OutgoingEmail:
    """Your application is back as it was."""
    dates = closing_of(application)
    return _tell(RESTORED, application, "restore", filed=application.is_filed, dates=dates)


def tell_late_pass(application: Application) -> OutgoingEmail:
    """You may finish and submit until this moment."""
    return _tell(LATE_PASS, application, "give_late_pass", dates=closing_of(application))


def tell_late_pass_ended(application: Application) -> OutgoingEmail:
    """Your application closes with its cycle again."""
    closed = not application.accepts(timezone.now())
    dates = closing_of(application)
    return _tell(LATE_PASS_ENDED, application, "take_late_pass_back", closed=closed, dates=dates)


def _tell(letter: Letter, application: Application, verb: str, **context: Any) -> OutgoingEmail:
    """One letter for each time that the trail says `verb`, in the applicant's language."""
    times = AuditEntry.objects.about(application).filter(verb=verb).count()
    return outbox.queue(
        letter,
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=f"{letter.name}:{application.pk}:{times}",
        context={"application": application, "cycle": application.cycle, **context},
    )
