"""How the tests of the face read a page."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import engines

NBSP = "\u00a0"
CLOSE = datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC)
pages = pytest.mark.urls("tests.config.face_pages")


def drawn(source: str, **values: Any) -> str:
    """A snippet of template, rendered."""
    return engines["django"].from_string(source).render(values)


def visible(html: str) -> str:
    """The words of a page, without markup, each space an ordinary one."""
    body = re.sub(r"<(script|style).*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body)).replace(NBSP, " ")
