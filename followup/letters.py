"""The letters that come after an answer. None of them carries the UdeM number."""

from typing import Any

from cycles.clock import end_of
from followup.models import Offer, UdemFile
from notifications import outbox
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.outbox import Addressed

OFFER_ACCEPTED = Letter("offer_accepted")
OFFER_DECLINED = Letter("offer_declined")
UDEM_FILED = Letter("udem_filed")
# Never the outcome: a reply is awaited, sign in.
OFFER_REMINDER = Letter("offer_reminder")
UDEM_REMINDER = Letter("udem_reminder")


def confirm_acceptance(offer: Offer) -> OutgoingEmail:
    """Your yes is recorded; here is how to apply to UdeM, and by when."""
    return _tell(OFFER_ACCEPTED, offer)


def confirm_decline(offer: Offer) -> OutgoingEmail:
    """Your no is recorded."""
    return _tell(OFFER_DECLINED, offer)


def confirm_filing(udem_file: UdemFile) -> OutgoingEmail:
    """We know that you applied to UdeM; here is what comes next."""
    return _tell(UDEM_FILED, udem_file.offer, udem_file=udem_file)


def address(letter: Letter, offer: Offer, key: str, **context: Any) -> Addressed:
    """One copy of a letter about an offer, in the applicant's language."""
    application = offer.decision.application
    return Addressed(
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=key,
        context={
            "application": application,
            "cycle": application.cycle,
            "offer": offer,
            "program": offer.decision.program,
            "udem_limit": end_of(application.cycle.udem_safe_on),
            **context,
        },
    )


def _tell(letter: Letter, offer: Offer, **context: Any) -> OutgoingEmail:
    """One letter of each kind for an offer."""
    copy = address(letter, offer, f"{letter.name}:{offer.pk}", **context)
    return outbox.queue(
        letter,
        address=copy.address,
        language=copy.language,
        about=copy.about,
        key=copy.key,
        context=copy.context,
    )
