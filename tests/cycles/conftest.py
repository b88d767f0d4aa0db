"""An administrator's browser, and what a page's form holds."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from accounts.models import User


@pytest.fixture
def admin(client: Client, adam: User) -> Client:
    """Adam's browser."""
    client.force_login(adam)
    return client


class Fields(HTMLParser):
    """What a browser would post from a page's inputs, text areas and selects."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect values as a browser does."""
        known = dict(attrs)
        name = known.get("name") or ""
        if tag == "input" and name and known.get("type") not in {"submit", "checkbox"}:
            self.values[name] = known.get("value") or ""
        elif tag == "input" and name and "checked" in known:
            self.values[name] = "on"
        elif tag == "textarea":
            self.area, self.values[name] = name, ""
        elif tag == "select":
            self.select, self.values[name] = name, ""
        elif tag == "option" and self.select and "selected" in known:
            self.values[self.select] = known.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """Leave the text area or the list."""
        if tag == "textarea":
            # A browser drops the line break that Django writes first.
            self.values[self.area] = self.values[self.area].removeprefix("\n")
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        """The text of a text area."""
        if self.area:
            self.values[self.area] += data


@pytest.fixture
def posted(admin: Client) -> Callable[..., dict[str, Any]]:
    """What the page would post as it stands, with some answers changed."""

    def fill(address: str, **changes: Any) -> dict[str, Any]:
        fields = Fields()
        fields.feed(admin.get(address).content.decode())
        return {**fields.values, **changes}

    return fill
