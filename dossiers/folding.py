"""A text as names are looked for in it: small letters without accents, one kind of dash, each sign knowing where it stood."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

ALIKE = {
    **dict.fromkeys("’‘ʼʹ`´′‛＇ʻ", "'"),
    **dict.fromkeys("‐‑‒–—−﹣－", "-"),
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
# How readers of PDFs write the dash at the end of a line in which a word was cut.
CUT = "\x02\ufffe"
BROKEN = re.compile(rf"(?:[-‐{CUT}]|\u00ad)\s*[\r\n]+\s*")
HANGUL = ("가", "힣")
# Scripts that write words without spaces, or hang something on a name.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
BACKWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True)
class Folded:
    """The folded text, and for each of its signs the place in the text that it came from."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The piece of the original that a piece of the folded text came from."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str, *, joined: bool = False) -> Folded:
    """Fold a text; `joined`: as if words that are cut at the end of a line were not."""
    if text.isascii() and not joined:
        return Folded(text.translate(PLAIN), range(len(text)))
    skipped = _cuts(text) if joined else frozenset()
    signs: list[str] = []
    places: list[int] = []
    for index, sign in enumerate(text):
        if index in skipped:
            continue
        for one in _folded(sign):
            signs.append(one)
            places.append(index)
    return Folded("".join(signs), places)


def folded(text: str) -> str:
    """Only the text."""
    return fold(text).text


def is_cut(text: str) -> bool:
    """Whether a word may be cut at the end of a line."""
    return BROKEN.search(text) is not None


def _cuts(text: str) -> frozenset[int]:
    return frozenset(index for cut in BROKEN.finditer(text) for index in range(*cut.span()))


@lru_cache(maxsize=20_000)
def _folded(sign: str) -> str:
    """One sign folded: none or several."""
    if sign in ALIKE:
        return ALIKE[sign]
    if sign.isspace():
        return " "
    if sign in CUT:
        return "-"
    if HANGUL[0] <= sign <= HANGUL[1]:
        return sign
    apart = unicodedata.normalize("NFKD", sign)
    kept = (one for one in apart if unicodedata.category(one) not in {"Mn", "Me", "Cf"})
    return "".join(_small(one) for one in kept)


def _small(sign: str) -> str:
    if sign == "ـ":  # only stretches Arabic writing
        return ""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    small = sign.casefold()
    return "".join(ALIKE.get(one, one) for one in small)


# What folding makes of ASCII, sign for sign.
PLAIN = {code: _folded(chr(code)) for code in range(128)}
