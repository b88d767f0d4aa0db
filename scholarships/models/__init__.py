"""The nouns of scholarships; what is confidential is in the vault, which has no model."""

from scholarships.models.award import (
    FROZEN,
    Announcement,
    Award,
    Ended,
    Payment,
    Result,
    decided,
)
from scholarships.models.candidacy import Candidacy, Standing
from scholarships.models.panel import Reading, Recusal, Seat
from scholarships.models.round import Audience, Category, Measure, Round, Stacking

__all__ = [
    "FROZEN",
    "Announcement",
    "Audience",
    "Award",
    "Candidacy",
    "Category",
    "Ended",
    "Measure",
    "Payment",
    "Reading",
    "Recusal",
    "Result",
    "Round",
    "Seat",
    "Stacking",
    "Standing",
    "decided",
]
