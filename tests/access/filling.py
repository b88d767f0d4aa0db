"""The forms of a page, and two ways of filling them in with secrets: in every field, and where a sentence may stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from tests.access.confided import DIMENSIONS, LINES
from tests.access.planting import Planter

# What goes with the form and is nobody's words, and what is meant to be read by others: the statement of a candidacy.
LEFT_ALONE = frozenset(
    "csrfmiddlewaretoken next revision language statement other_awards need round number".split()
)
TEXTS = frozenset({"text", "textarea", "search", "email", "url", "tel", ""})
# Where an address takes a form that no page shows now: what it would be called.
GUESSED = {
    **dict.fromkeys(DIMENSIONS, "radio"),
    **{f"{code}_words": "text" for code in DIMENSIONS},
    **dict.fromkeys((*LINES, *(f"lines-0-{part}" for part in ("name", "amount"))), "number"),
    **dict.fromkeys(("words", "circumstances", "purpose", "why", "declaration"), "textarea"),
    "proof": "file",
    "file": "file",
}


@dataclass
class Fields:
    """The names of the fields, with their kind, and what may be chosen."""

    kinds: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, kind: str, value: str) -> None:
        """One field, or one more choice of it."""
        if kind == "hidden":
            self.hidden[name] = value
        elif kind not in ("submit", "button", "reset"):
            self.kinds.setdefault(name, kind)
            if kind in ("radio", "checkbox", "select"):
                self.options.setdefault(name, []).append(value)

    def everywhere(self, planter: Planter) -> dict[str, Any]:
        """A secret in every field, also where it fits not at all."""
        return {**self.hidden, **{name: self._secret(name, planter) for name in self._open()}}

    def plausible(self, planter: Planter) -> dict[str, Any]:
        """A form that may well be kept: choices that are offered, figures, and secrets where sentences stand."""
        filled: dict[str, Any] = dict(self.hidden)
        for name in self._open():
            kind = self.kinds[name]
            if self.options.get(name):
                filled[name] = next((one for one in self.options[name] if one), "")
            elif kind in TEXTS or kind == "file":
                filled[name] = self._secret(name, planter)
            else:
                filled[name] = "7"
        return filled

    def _open(self) -> Iterable[str]:
        return [name for name in self.kinds if name not in LEFT_ALONE]

    def _secret(self, name: str, planter: Planter) -> Any:
        mark = planter.mark(f"typed into {name}")
        if self.kinds[name] != "file":
            return mark
        inside = factories.pdf(text=planter.mark(f"inside of {name}"))
        return SimpleUploadedFile(f"{mark}.pdf", inside, "application/pdf")


class _Reader(HTMLParser):
    """Collects the fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.fields = Fields()
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A field, or a choice of one."""
        known = {name: value or "" for name, value in attrs}
        name = known.get("name", "")
        if tag == "option" and self.select:
            self.fields.add(self.select, "select", known.get("value", ""))
        elif tag == "select":
            self.select = name
        elif tag == "textarea" and name:
            self.fields.add(name, "textarea", "")
        elif tag == "input" and name:
            self.fields.add(name, known.get("type", "text"), known.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        """The end of a list of choices."""
        if tag == "select":
            self.select = ""


def fields_of(pages: Iterable[str]) -> Fields:
    """Those of all these pages, and those that an address without a page would take."""
    reader = _Reader()
    for page in pages:
        reader.feed(page)
    for name, kind in GUESSED.items():
        reader.fields.kinds.setdefault(name, kind)
    return reader.fields
