"""The nouns of answering: the decision board, one a file, and what came of a released answer."""

from answers.models.act import Act, Change
from answers.models.after import Call, Sighting
from answers.models.kept import Finds, Kept
from answers.models.margin import Margin
from answers.models.note import Note

__all__ = ["Act", "Call", "Change", "Finds", "Kept", "Margin", "Note", "Sighting"]
