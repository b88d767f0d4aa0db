"""How the words of a statement are counted: the same way here and in the browser (static/js/draft.js).

A word is a run of characters between spaces that holds a letter or a digit: a sign alone, like the colon that French sets
apart, is none. What writes without spaces is held by a limit in characters.
"""

import re
import unicodedata

# The spaces of Unicode, written out: the two languages each have their own idea of `\s`.
BETWEEN = re.compile(
    "[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+"
)
# A statement of as many words is never longer than this many characters a word.
LONGEST_WORD = 20
SAID = frozenset("LN")


def count_words(text: str) -> int:
    """How many words a text has."""
    return sum(
        any(unicodedata.category(sign)[0] in SAID for sign in run) for run in BETWEEN.split(text)
    )
