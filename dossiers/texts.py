"""The free texts of a frozen content: what they are called, what in them names the person, and the content without it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from cycles.bilingual import in_english
from dossiers.matching import MARK, Finder, Span
from dossiers.models.redaction import LINE_LIMIT, WORDS_LIMIT

FREE = (
    *("statement", "internship_goals", "circumstances", "credit_system"),
    *("degrees", "prerequisites", "experience", "answers"),
)
# Not free: keys of choices, the house's own words, days.
OURS = frozenset(
    """
    code kind version label_fr label_en name_fr name_en level progress language country how scale_direction
    python_level french_level english_level tfi_on
    """.split()
)
# What is one place though it holds several texts: a degree, a course, an answer in both languages, a job.
LINES = {"degrees": 2, "prerequisites": 2, "answers": 2, "experience.jobs": 3}
AROUND = 70
SPACES = re.compile(" {2,}")


@dataclass(frozen=True)
class Decided:
    """What people said of a submission: words to hide besides, and words at a place that may show."""

    extra: tuple[str, ...] = ()
    shown: frozenset[tuple[str, str]] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Found:
    """Words at a place of the content, with the line around them."""

    place: str
    words: str
    line: str
    by_hand: bool = False


def key(text: str) -> str:
    """Words as a finding keeps them: one space between them, nothing that cannot be shown."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(plain.split())[:WORDS_LIMIT]


def around(text: str, span: Span) -> str:
    """The words with a little of what stands before and after."""
    start, end = span
    before, after = _shown(text[:start][-AROUND:]), _shown(text[end : end + AROUND])
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return f"{before}{key(text[start:end])}{after}"[:LINE_LIMIT]


def _shown(text: str) -> str:
    """A piece of a line as a page can show it, the spaces at its ends kept."""
    return SPACES.sub(" ", "".join(sign if sign.isprintable() else " " for sign in text))


def place_of(path: tuple[str, ...]) -> str:
    """The place that a text of the content belongs to."""
    for start, parts in LINES.items():
        if ".".join(path).startswith(f"{start}."):
            return ".".join(path[:parts])
    return ".".join(path)


def each(
    thing: Any, change: Callable[[str, tuple[str, ...]], str], path: tuple[str, ...] = ()
) -> Any:
    """The same thing, each free text in it changed."""
    if isinstance(thing, str):
        return change(thing, path)
    if isinstance(thing, list):
        return [each(one, change, (*path, str(at))) for at, one in enumerate(thing)]
    if isinstance(thing, dict):
        return {
            name: one if name in OURS else each(one, change, (*path, name))
            for name, one in thing.items()
        }
    return thing


def without(text: str, finder: Finder, decided: Decided, place: str = "") -> str:
    """A text with a mark in the place of what names the person."""
    parts, at = [], 0
    for start, end in finder.spans(text):
        if (place, key(text[start:end])) not in decided.shown:
            parts += [text[at:start], MARK]
            at = end
    return "".join([*parts, text[at:]])


def masked(content: dict[str, Any], finder: Finder, decided: Decided) -> dict[str, Any]:
    """The content as a blind reader may see it: no person, no links, no referee's name, texts with marks."""

    def change(text: str, path: tuple[str, ...]) -> str:
        return without(text, finder, decided, place_of(path))

    free = {name: each(content[name], change, (name,)) for name in FREE if name in content}
    hidden: dict[str, Any] = {
        "person": {name: told for name, told in content["person"].items() if name == "language"},
        "links": [],
        "referees": [
            {
                **dict.fromkeys(line, ""),
                "title": without(line.get("title", ""), finder, decided),
                "relation": line.get("relation", ""),
            }
            for line in content.get("referees", [])
        ],
        "documents": [{**line, "label": ""} for line in content.get("documents", [])],
    }
    return {**content, **free, **{name: told for name, told in hidden.items() if name in content}}


def found_in(content: dict[str, Any], finder: Finder) -> Iterator[Found]:
    """What is to be hidden in the free texts, each words of a place once."""
    kept: dict[tuple[str, str], Found] = {}
    texts: list[tuple[str, str]] = []

    def note(text: str, path: tuple[str, ...]) -> str:
        texts.append((place_of(path), text))
        return text

    for name in FREE:
        each(content.get(name), note, (name,))
    for place, text in texts:
        for found in searched(text, finder):
            kept.setdefault((place, found.words), replace(found, place=place))
    yield from kept.values()


def searched(text: str, finder: Finder) -> Iterator[Found]:
    """What is to be hidden in one text: what names the person, then what somebody asked for."""
    for by_hand, spans in ((False, finder.named(text)), (True, finder.asked(text))):
        for span in spans:
            if words := key(text[slice(*span)]):
                yield Found("", words, around(text, span), by_hand)


def called(place: str, content: dict[str, Any]) -> str:
    """What the pages call a place of the content."""
    top, _dot, rest = place.partition(".")
    at = int(rest) if rest.isdecimal() else 0
    if top == "degrees":
        return _("Degree %(number)s") % {"number": at + 1}
    if top == "prerequisites":
        return str(content["prerequisites"][at]["code"])
    if top == "answers":
        return str(content["answers"][at]["label_en" if in_english() else "label_fr"])
    if rest.startswith("jobs."):
        return _("Job %(number)s") % {"number": int(rest.split(".")[1]) + 1}
    return {
        "statement": _("Letter of intent"),
        "internship_goals": _("Internship goals"),
        "circumstances": _("Circumstances"),
        "credit_system": _("How your institution counts credits"),
        "experience.code_example": _("An example of what you programmed"),
        "experience.other_languages": _("Other programming languages"),
    }.get(place, place)
