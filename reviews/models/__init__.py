"""The nouns of judging, a few a file."""

from reviews.models.assignment import ACTIVE, Assignment
from reviews.models.decision import Decision, Outcome, Release
from reviews.models.estimate import Estimate
from reviews.models.review import Criterion, Recommendation, Review, Score
from reviews.models.standing import Standing

__all__ = [
    "ACTIVE",
    "Assignment",
    "Criterion",
    "Decision",
    "Estimate",
    "Outcome",
    "Recommendation",
    "Release",
    "Review",
    "Score",
    "Standing",
]
