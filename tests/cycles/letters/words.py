"""An own text of the reminder, whole in both languages."""

from typing import Any

from accounts.models import User
from cycles.letters import writing
from cycles.models import Cycle
from notifications.catalogue import Entry, catalogue
from notifications.letter_text import LetterText

NAME = "draft_reminder"
WORDS = {
    "subject_fr": "Il reste peu de temps ({number})",
    "subject_en": "Little time is left ({number})",
    "text_fr": "Bonjour {called},\n\nFermeture\u00a0: {closes}\n\nMa demande\u00a0: {link}",
    "text_en": "Hello {called},\n\nClosing: {closes}\n\nMy application: {link}",
}


def entry(name: str = NAME) -> Entry:
    """The letter in the catalogue."""
    return catalogue()[name]


def drafted(cycle: Cycle, by: User, name: str = NAME, **words: Any) -> LetterText:
    """A draft of this letter, over the one that there is."""
    before = next((row for row in writing.texts_of(cycle) if row.letter == name), None)
    draft = before if before and before.status == "draft" else None
    told = {**WORDS, **words}
    return writing.write(cycle, entry(name), by=by, seen=writing.mark_of(draft), **told)


def published(cycle: Cycle, by: User, **words: Any) -> LetterText:
    """A text in use."""
    return writing.publish(drafted(cycle, by, **words), by=by)
