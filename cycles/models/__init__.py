"""The nouns of a cycle's configuration, one a file."""

from cycles.models.course import Course
from cycles.models.cycle import Cycle, Intake, Phase
from cycles.models.declaration import Declaration
from cycles.models.piece import Piece
from cycles.models.program import Program
from cycles.models.question import Question, QuestionVersion, asked

__all__ = [
    "Course",
    "Cycle",
    "Declaration",
    "Intake",
    "Phase",
    "Piece",
    "Program",
    "Question",
    "QuestionVersion",
    "asked",
]
