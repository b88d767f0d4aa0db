"""The nouns after the answer: the offer and the file at UdeM; and what is prepared before it."""

from followup.models.answer import REASON_LIMIT, Filing, Offer, Reply, UdemFile
from followup.models.preparation import Done, Preparation

__all__ = ["REASON_LIMIT", "Done", "Filing", "Offer", "Preparation", "Reply", "UdemFile"]
