"""Words of lists, made comparable: accents, case, hyphens and particles do not count."""

import re
import unicodedata

# Written now with the name, now apart from it, now not at all.
PARTICLES = frozenset(
    "de du des la le les d l von van der den ter ten zu da dos das do di del della e y el al bin ben ibn bint mc mac st ste".split()
)
# Letters that do not come apart into a plain one and an accent.
LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th", "ð": "d"}
)
# What a lost accent leaves behind.
LOST = re.compile(r"[?\ufffd\u00ad]")


def folded(text: str) -> str:
    """Small letters without accents; every compatible form as its plain one."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(LETTERS)


def words(text: str) -> list[str]:
    """The words and figures of a text, folded, in their order."""
    return re.findall(r"[^\W_]+", folded(text).replace("'", " ").replace("’", " "))


def name_words(text: str) -> list[str]:
    """The words of a name without its particles; all of them when nothing else is left."""
    found = words(text)
    return [word for word in found if word not in PARTICLES] or found


def key(text: str) -> str:
    """A heading or a word of a list, to find it again whatever its spelling."""
    return " ".join(words(text))
