"""The nouns of the intake, one a file."""

from applications.models.application import Application, Choice, Status
from applications.models.degree import Degree
from applications.models.document import Document, Kind
from applications.models.referee import Referee, RefereeStatus
from applications.models.submission import Submission

__all__ = [
    "Application",
    "Choice",
    "Degree",
    "Document",
    "Kind",
    "Referee",
    "RefereeStatus",
    "Status",
    "Submission",
]
