"""The letters that come after an answer. None of them carries the UdeM number."""

from typing import Any

from cycles.clock import end_of
from followup.models import Offer, UdemFile
from notifications import outbox
from notifications.letters import Letter
from notifications.models import OutgoingEmail

OFFER_ACCEPTED = Letter("offer_accepted")
OFFER_DECLINED = Letter("offer_declined")
UDEM_FILED = Letter("udem_filed")


def confirm_acceptance(offer: Offer) -> OutgoingEmail:
    """Your yes is recorded; here is how to apply to UdeM, and by when."""
    return _tell(OFFER_ACCEPTED, offer)


def confirm_decline(offer: Offer) -> OutgoingEmail:
    """Your no is recorded."""
    return _tell(OFFER_DECLINED, offer)


def confirm_filing(udem_file: UdemFile) -> OutgoingEmail:
    """We know that you applied to UdeM; here is what comes next."""
    return _tell(UDEM_FILED, udem_file.offer, udem_file=udem_file)


def _tell(letter: Letter, offer: Offer, **context: Any) -> OutgoingEmail:
    """One letter of each kind for an offer, in the applicant's language."""
    application = offer.decision.application
    return outbox.queue(
        letter,
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=f"{letter.name}:{offer.pk}",
        context={
            "application": application,
            "cycle": application.cycle,
            "offer": offer,
            "program": offer.decision.program,
            "udem_limit": end_of(application.cycle.udem_safe_on),
            **context,
        },
    )
