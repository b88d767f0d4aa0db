"""Who may do what after the answer."""

from typing import Any

from accounts.permissions import coordinates, directs
from applications.permissions import owns
from followup.models import Offer, UdemFile


def owns_offer(user: Any, offer: Offer) -> bool:
    """The person whom the offer was made to."""
    return owns(user, offer.decision.application)


def owns_udem_file(user: Any, udem_file: UdemFile) -> bool:
    """The person who applies to UdeM."""
    return owns_offer(user, udem_file.offer)


def records_udem(user: Any, udem_file: UdemFile) -> bool:
    """Coordinators write what UdeM says of a file."""
    return coordinates(user)


def is_timetable(user: Any, offer: Offer) -> bool:
    """Nobody in person: what the calendar alone brings about."""
    return user is None


def follows_up(user: Any) -> bool:
    """Coordinators and directors follow what becomes of the offers."""
    return coordinates(user) or directs(user)


def calls_people(user: Any) -> bool:
    """Coordinators call people from the waitlist, and change what became of an offer."""
    return coordinates(user)
