"""The letters of an answer."""

from collections.abc import Iterable

from notifications import outbox
from notifications.letters import Letter
from reviews.models import Decision

# Never the outcome, and the same text whatever it is. Never sent twice by a machine.
DECISION_AVAILABLE = Letter("decision_available", resend_after=None, priority=4)
DECISION_CORRECTED = Letter("decision_corrected", resend_after=None, priority=4)


def announce(decisions: Iterable[Decision]) -> int:
    """Your answer is available: sign in. Returns how many letters were queued."""
    return _say(DECISION_AVAILABLE, decisions)


def announce_corrected(decisions: Iterable[Decision]) -> int:
    """A corrected answer is available, and it is the one that counts. Returns how many letters were queued."""
    return _say(DECISION_CORRECTED, decisions)


def _say(letter: Letter, decisions: Iterable[Decision]) -> int:
    """One copy for each decision: no calendar, nothing that differs with the outcome."""
    return outbox.queue_all(
        letter,
        [
            outbox.Addressed(
                address=decision.application.applicant.email,
                language=decision.application.applicant.language,
                about=decision.application,
                key=f"{letter.name}:{decision.application.number}:{decision.version}",
                context={
                    "called": decision.application.called,
                    "number": decision.application.number,
                    "cycle": decision.application.cycle,
                },
            )
            for decision in decisions
        ],
    )
