"""The nouns of the decision board, one a file."""

from answers.models.act import Act, Change
from answers.models.kept import Finds, Kept
from answers.models.margin import Margin
from answers.models.note import Note

__all__ = ["Act", "Change", "Finds", "Kept", "Margin", "Note"]
