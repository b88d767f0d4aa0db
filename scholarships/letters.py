"""The letters about a scholarship application. None names the category, what was confided or a result.

They are about the application for the scholarship, not about the file for admission: the ledger of mail shows them to nobody
who judges admission before the decision.
"""

from typing import Any

from django.conf import settings

from audit.models import AuditEntry
from notifications import outbox
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from scholarships.models import Candidacy

RECEIVED = Letter("scholarship_received", priority=2)
WITHDRAWN = Letter("scholarship_withdrawn")
RESTORED = Letter("scholarship_restored")
ERASED = Letter("scholarship_erased")


def confirm_receipt(candidacy: Candidacy) -> OutgoingEmail:
    """Your scholarship application is in."""
    return _tell(RECEIVED, candidacy, "submit")


def confirm_withdrawal(candidacy: Candidacy, *, may_be_undone: bool) -> OutgoingEmail:
    """It is withdrawn, and until when that can be undone."""
    return _tell(WITHDRAWN, candidacy, "withdraw", may_be_undone=may_be_undone)


def confirm_restoration(candidacy: Candidacy, *, is_sent: bool) -> OutgoingEmail:
    """It is back: sent as before, or to send again."""
    return _tell(RESTORED, candidacy, "restore", is_sent=is_sent)


def confirm_erasure(candidacy: Candidacy, *, may_be_given_again: bool) -> OutgoingEmail:
    """What you confided is erased, and what follows."""
    return _tell(ERASED, candidacy, "take_confidence_back", may_be_given_again=may_be_given_again)


def context_of(candidacy: Candidacy, **more: Any) -> dict[str, Any]:
    """What each of these letters knows."""
    application = candidacy.application
    return {
        "candidacy": candidacy,
        "application": application,
        "cycle": application.cycle,
        "round": candidacy.round,
        # Who judges admission must not learn from a question that somebody applied here.
        "reply_to": settings.PRIVACY_EMAIL,
        **more,
    }


def _tell(letter: Letter, candidacy: Candidacy, verb: str, **context: Any) -> OutgoingEmail:
    """One letter for each time that the trail says `verb`, in the applicant's language."""
    times = AuditEntry.objects.about(candidacy).filter(verb=verb).count()
    applicant = candidacy.application.applicant
    return outbox.queue(
        letter,
        address=applicant.email,
        language=applicant.language,
        about=candidacy,
        key=f"{letter.name}:{candidacy.pk}:{times}",
        context=context_of(candidacy, **context),
    )
