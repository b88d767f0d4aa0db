"""The nouns of judging, a few a file."""

from reviews.models.assignment import ACTIVE, Assignment
from reviews.models.conflict import Conflict, Origin, Reason, Where
from reviews.models.decision import FROZEN, Decision, Outcome, Release
from reviews.models.estimate import Estimate
from reviews.models.review import Criterion, Recommendation, Review, Score
from reviews.models.standing import Standing
from reviews.models.ties import Ties

__all__ = [
    "ACTIVE",
    "FROZEN",
    "Assignment",
    "Conflict",
    "Criterion",
    "Decision",
    "Estimate",
    "Origin",
    "Outcome",
    "Reason",
    "Recommendation",
    "Release",
    "Review",
    "Score",
    "Standing",
    "Ties",
    "Where",
]
