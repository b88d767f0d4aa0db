"""Letters about what is confidential. None says a word of it, and the staff sees no trace of them (`Letter.private`).

A reply goes to the person in charge of privacy: it would tell the admission office that something was confided.
"""

from django.conf import settings

from accounts.models import User
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.outbox import queue

ANSWERS_ERASED = Letter("confidential_erased", private=True)
ANSWER_OPENED = Letter("confidential_opened", private=True)
PROOF_ASKED = Letter("confidential_proof", private=True)


def tell_erased(person: User, *, key: str) -> OutgoingEmail:
    """What you said is erased."""
    return _tell(ANSWERS_ERASED, person, key)


def tell_opened(person: User, *, key: str) -> OutgoingEmail:
    """Something confidential was opened: see who and why in "My file"."""
    return _tell(ANSWER_OPENED, person, key)


def tell_proof_asked(person: User, *, key: str) -> OutgoingEmail:
    """A proof is asked for: sign in."""
    return _tell(PROOF_ASKED, person, key)


def _tell(letter: Letter, person: User, key: str) -> OutgoingEmail:
    return queue(
        letter,
        address=person.email,
        language=person.language,
        about=person,
        key=f"{letter.name}:{key}",
        context={"person": person, "reply_to": settings.PRIVACY_EMAIL},
    )
