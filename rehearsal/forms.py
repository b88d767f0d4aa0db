"""The forms of a page as a browser reads them: where each goes, what it sends by itself, what it offers to choose."""

from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser

TICKED = ("checkbox", "radio")
NOT_SENT = ("submit", "button", "reset", "image", "file")


@dataclass
class Form:
    """One form. `values` is what it would send untouched, `offered` what its boxes and lists may be set to."""

    action: str
    method: str
    name: str = ""
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    offered: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    names: set[str] = field(default_factory=set)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """Reads every form of a page, fields that stand outside of theirs included."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Form] = []
        self.strays: list[tuple[str, str, dict[str, str]]] = []
        self._open: Form | None = None
        self._select: tuple[Form, str, bool] | None = None
        self._option: tuple[str, bool] | None = None
        self._text: tuple[Form, str] | None = None
        self._said = ""
        self.feed(text)
        for owner, tag, attrs in self.strays:
            for form in self.found:
                if form.name == owner:
                    self._field(form, tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form begins, or a field of it."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = told.get("method", "get").lower()
            self._open = Form(told.get("action", ""), method, told.get("id", ""))
            self.found.append(self._open)
        elif tag in ("input", "button", "select", "textarea") and "disabled" not in told:
            if "form" in told:
                self.strays.append((told["form"], tag, told))
            elif self._open:
                self._field(self._open, tag, told)
        elif tag == "option" and self._select:
            self._option = (told.get("value", ""), "selected" in told)
            self._take_option()

    def _field(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name, kind = told.get("name", ""), told.get("type", "text").lower()
        if not name:
            return
        form.names.add(name)
        if tag == "button":
            form.buttons.append((name, told.get("value", "")))
        elif tag == "select":
            self._select = (form, name, "multiple" in told)
        elif tag == "textarea":
            self._text, self._said = (form, name), ""
        elif kind == "file":
            form.files.append(name)
        elif kind in TICKED:
            form.offered[name].append(told.get("value", "on"))
            if "checked" in told:
                form.values[name].append(told.get("value", "on"))
        elif kind not in NOT_SENT:
            form.values[name].append(told.get("value", ""))

    def _take_option(self) -> None:
        assert self._select
        assert self._option
        (form, name, several), (value, chosen) = self._select, self._option
        first = not form.offered[name] and not several
        form.offered[name].append(value)
        if chosen and not several:
            form.values[name] = [value]
        elif chosen or first:
            form.values[name].append(value)

    def handle_data(self, data: str) -> None:
        """What a large field holds."""
        if self._text:
            self._said += data

    def handle_endtag(self, tag: str) -> None:
        """A form, a list or a large field ends."""
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._text:
            form, name = self._text
            form.values[name].append(self._said.removeprefix("\n"))
            self._text = None


def forms(text: str) -> list[Form]:
    """The forms of a page, in its order."""
    return Forms(text).found
