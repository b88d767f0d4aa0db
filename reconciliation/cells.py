"""What a cell of a spreadsheet may hold when it leaves here: text, never a formula."""

import re
import unicodedata

# What a spreadsheet takes for the beginning of a formula or of a command, in any width.
OPENERS = frozenset("=+-@|")
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
BREAKS = re.compile(r"[\t\r\n\u0085\u2028\u2029]+")


def neutral(text: str) -> str:
    """The text as one line that no spreadsheet runs: what could begin a formula begins with an apostrophe.

    Controls and marks that turn the direction of a line are left out, breaks and tabs become spaces, and what looks
    like an opener in full width counts as one.
    """
    kept = INVISIBLE.sub("", BREAKS.sub(" ", text)).strip()
    return f"'{kept}" if kept and unicodedata.normalize("NFKC", kept)[:1] in OPENERS else kept
