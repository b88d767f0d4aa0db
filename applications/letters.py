"""The letters of the intake."""

from datetime import timedelta

from applications.models import Submission
from notifications import outbox
from notifications.letters import Letter
from notifications.models import OutgoingEmail

ACKNOWLEDGEMENT = Letter("acknowledgement", resend_after=timedelta(minutes=15), priority=2)


def acknowledge(submission: Submission) -> OutgoingEmail:
    """We received your application, with what was received and the receipt number."""
    application = submission.application
    return outbox.queue(
        ACKNOWLEDGEMENT,
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=f"acknowledgement:{submission.receipt}",
        context={
            "submission": submission,
            "application": application,
            "cycle": application.cycle,
            "programs": application.chosen,
            "documents": submission.content["documents"],
        },
    )
