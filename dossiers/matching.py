"""Finding a person in a text: whole words only, whatever the accents and the case, and never inside another word."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from dossiers.folding import UNSPACED, Folded, fold, folded, is_cut
from dossiers.identity import (
    ALSO_WORDS,
    PARTICLES,
    SHORT,
    Identity,
    identity_of,
    is_own_place,
    variants,
)

Span = tuple[int, int]
MARK = "[…]"
NOTHING = re.compile("(?!)")
# Neither a letter nor a digit on either side.
BEFORE, AFTER = r"(?<![^\W_])", r"(?![^\W_])"
LEAST_SPACED = 4  # letters of a name that may be set with a space after each
LEAST_DIGITS, MOST_DIGITS, TAIL = 7, 18, 8
ADDRESS = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
PLACE = re.compile(
    r"(?:https?://|www\.)[^\s<>\"()\[\]]{2,400}"
    r"|(?<![\w@./-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}(?:[/?][^\s<>\"()\[\]]{0,400})?"
)
NUMBER = re.compile(r"(?<![\w])\+?\(?\d(?:[ .\-()/]{0,3}\d){6,17}(?![\w])")
# What may stand between two parts of one name: spaces, commas, particles, initials.
BETWEEN = re.compile(r"[ \t\xa0,.'’‐‑-]{0,3}(?:(\w{1,6})[.]?[ \t\xa0'’‐‑-]{1,3}){0,2}")
INITIALS_BEFORE = re.compile(r"(?:(?<!\w)\w\.?[ \t\xa0-]{0,2}){1,3}$")
INITIALS_AFTER = re.compile(r"^,?[ \t\xa0]{1,2}\w(?:\.[ -]?\w)?(?:\.|(?!\w))")


class Finder:
    """Finds one person, or nobody. `extra`: words that somebody asked to hide besides."""

    def __init__(self, identity: Identity | None, extra: Iterable[str] = ()) -> None:
        self.identity = identity or identity_of({}, ())
        self._is_somebody = identity is not None
        self._words = _words(self.identity)
        self._extra = _any(phrase(words) for words in extra)
        self._kept: dict[str, list[Span]] = {}

    @cached_property
    def _names(self) -> "re.Pattern[str]":
        """Made once it is needed: most texts name nobody."""
        return _any(_patterns(self.identity))

    def spans(self, text: str) -> list[Span]:
        """The pieces of the text that are to be hidden, in order, none inside another."""
        if text not in self._kept:
            self._kept[text] = merged([*self.named(text), *self.asked(text)])
        return self._kept[text]

    def named(self, text: str) -> list[Span]:
        """Those that tell who the person is."""
        readings = _readings(text) if self._is_somebody else []
        return merged(span for told in readings for span in self._named(text, told))

    def asked(self, text: str) -> list[Span]:
        """Those that somebody asked to hide."""
        readings = _readings(text) if self._extra is not NOTHING else []
        return merged(
            told.span(*match.span())
            for told in readings
            for match in self._extra.finditer(told.text)
        )

    def _named(self, text: str, told: Folded) -> Iterator[Span]:
        squeezed = told.text.replace(" ", "")
        # A pattern of many words is slow; that a word is nowhere is quickly told.
        if any(word in squeezed for word in self._words):
            names = [
                told.span(*match.span())
                for match in self._names.finditer(told.text)
                if self._counts(text, told, match)
            ]
            yield from self._whole(text, merged(names))
        yield from self._elsewhere(told)

    def _counts(self, text: str, told: Folded, match: "re.Match[str]") -> bool:
        """A short name, or one that is a word too, counts with a capital letter where letters have any."""
        word = match[0].rstrip("0123456789")
        if len(word) > SHORT and word not in ALSO_WORDS:
            return True
        if match[0].lstrip("@") in self.identity.handles:
            return True
        first = text[told.places[match.start()]]
        return not (first.islower() or first.isdigit())

    def _whole(self, text: str, names: list[Span]) -> Iterator[Span]:
        """Names beside each other are one, with the initials around them."""
        for start, end in _chained(text, names, self.identity):
            if (before := INITIALS_BEFORE.search(text[max(0, start - 12) : start])) and self._own(
                before[0]
            ):
                start -= len(before[0])
            if (after := INITIALS_AFTER.match(text[end : end + 8])) and self._own(after[0]):
                end += len(after[0])
            yield start, end

    def _own(self, initials: str) -> bool:
        """Whether these are the person's initials, in capitals."""
        letters = [one for one in initials if one.isalpha()]
        return bool(letters) and all(
            not one.islower() and folded(one)[:1] in self.identity.initials for one in letters
        )

    def _elsewhere(self, told: Folded) -> Iterator[Span]:
        """Addresses, pages of their own, phone numbers."""
        for match in ADDRESS.finditer(told.text) if "@" in told.text else ():
            yield told.span(*match.span())
        for match in PLACE.finditer(told.text):
            if is_own_place(match[0], self.identity):
                yield told.span(match.start(), match.start() + len(match[0].rstrip(".,;:!?'")))
        for match in NUMBER.finditer(told.text):
            if _rings(match[0], self.identity.phone):
                yield told.span(*match.span())


def _readings(text: str) -> list[Folded]:
    """A text as it stands, and once more as if no word were cut at the end of a line."""
    return [fold(text), *([fold(text, joined=True)] if is_cut(text) else [])]


def finder_of(content: dict[str, Any], extra: Iterable[str] = ()) -> Finder:
    """Finds the person of a frozen content."""
    return Finder(identity_of(content["person"], content.get("links") or []), extra)


def _words(identity: Identity) -> frozenset[str]:
    """Every word that names the person, without its spaces."""
    names = {one for word in identity.parts | identity.squeezed for one in variants(word)}
    return frozenset(names | {handle.replace(" ", "") for handle in identity.handles})


def _patterns(identity: Identity) -> Iterator[str]:
    for word in identity.parts | identity.squeezed:
        for one in variants(word):
            yield spelled(one)
    for handle in identity.handles:
        yield rf"{BEFORE}@?{re.escape(handle)}{AFTER}"


def spelled(word: str) -> str:
    """A word as a pattern: with digits behind it, or with a space after each letter."""
    if UNSPACED.search(word):
        return r"\s?".join(map(re.escape, word))
    plain = rf"{BEFORE}{re.escape(word)}\d{{0,6}}{AFTER}"
    if len(word) < LEAST_SPACED:
        return plain
    return plain + rf"|{BEFORE}{r'[ ]{1,2}'.join(map(re.escape, word))}{AFTER}"


def phrase(words: str) -> str:
    """Words that somebody typed, as a pattern: however they are spaced, and whole."""
    parts = folded(words).split()
    if UNSPACED.search(words) or not parts:
        return r"\s*".join(map(re.escape, "".join(parts)))
    pattern = r"\s+".join(map(re.escape, parts))
    before = BEFORE if parts[0][0].isalnum() else ""
    after = AFTER if parts[-1][-1].isalnum() else ""
    return f"{before}{pattern}{after}"


def _any(patterns: Iterable[str]) -> "re.Pattern[str]":
    """Any of them, the longest first; nothing when there is none."""
    ordered = sorted(filter(None, set(patterns)), key=len, reverse=True)
    return re.compile("|".join(ordered)) if ordered else NOTHING


def _rings(number: str, phone: str) -> bool:
    """Whether a number is the person's, or any that is written for the whole world."""
    digits = re.sub(r"\D", "", number)
    if number.startswith("+"):
        return True
    local = digits.lstrip("0")
    if len(phone) < LEAST_DIGITS or len(local) < LEAST_DIGITS:
        return False
    return phone.endswith(local) or local.endswith(phone) or local[-TAIL:] == phone[-TAIL:]


def _chained(text: str, names: list[Span], identity: Identity) -> Iterator[Span]:
    """Names with nothing between them but what stands inside a name."""
    held: Span | None = None
    for start, end in names:
        if held and _belongs(text[held[1] : start], identity):
            held = (held[0], end)
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def _belongs(gap: str, identity: Identity) -> bool:
    if len(gap) > 20 or not BETWEEN.fullmatch(gap):
        return False
    words = folded(gap).replace("'", " ").replace("-", " ").replace(".", " ").split()
    inside = PARTICLES | identity.initials
    return all(word.strip(",") in inside for word in words if word.strip(","))


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order, those that touch or overlap made one."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        elif end > start:
            kept.append((start, end))
    return kept
