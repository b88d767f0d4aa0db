"""The nouns after the answer: the offer, the file at UdeM, who a person is there; and what is prepared before it."""

from followup.models.answer import REASON_LIMIT, STANDING, Offer, Reply
from followup.models.calling import CallRules, rules_of
from followup.models.identity import Identity
from followup.models.preparation import Done, Moment, Preparation
from followup.models.udem import ADMITTED, AT_AN_END, CONDITION_LIMIT, Filing, UdemFile

__all__ = [
    "ADMITTED",
    "AT_AN_END",
    "CONDITION_LIMIT",
    "REASON_LIMIT",
    "STANDING",
    "CallRules",
    "Done",
    "Filing",
    "Identity",
    "Moment",
    "Offer",
    "Preparation",
    "Reply",
    "UdemFile",
    "rules_of",
]
