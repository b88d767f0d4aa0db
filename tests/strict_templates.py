"""In tests, a variable that one of our templates does not know fails the test.

Templates of Django and of packages keep Django's behaviour, and so do `{% if %}` and the filters that say what
to do about a missing value (`|default`).
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import FilterExpression, Node, Variable
from django.template.context import Context
from django.template.defaulttags import ForNode

OURS = Path(settings.BASE_DIR) / "templates"
FORGIVING = {"default", "default_if_none", "yesno", "pluralize"}


def _ours(frame: FrameType | None) -> str:
    """The name of the template that wrote the tag being rendered, when it is one of ours."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and (origin := getattr(node, "origin", None)):
            return str(origin.template_name) if OURS in Path(origin.name).parents else ""
        frame = frame.f_back
    return ""


def _fail(name: object, template: str) -> None:
    pytest.fail(f"{template} uses {name}, which is not in its context.", pytrace=False)


class Unresolved(str):
    """Django's `string_if_invalid`: false like the empty string, and watchful when it is asked about."""

    __slots__ = ()

    def __bool__(self) -> bool:
        self._judge(sys._getframe(1))
        return False

    def __contains__(self, part: object) -> bool:
        self._judge(sys._getframe(1))
        return False

    def _judge(self, frame: FrameType) -> None:
        asker = frame.f_locals.get("self")
        if isinstance(asker, FilterExpression):
            filters = {function.__name__ for function, _ in asker.filters}
            if not filters & FORGIVING and (template := _ours(frame)):
                _fail(asker.token, template)
        elif "default_value" in frame.f_locals and (template := _ours(frame)):
            _fail(frame.f_locals.get("key"), template)  # {% blocktranslate %}


@contextmanager
def strict() -> Iterator[None]:
    """Put the watch in place."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    before, render = engine.string_if_invalid, ForNode.render

    def watched(self: ForNode, context: Context) -> str:
        variable = getattr(self.sequence, "var", None)
        if isinstance(variable, Variable) and variable.lookups:
            name = variable.lookups[0]
            if name not in context and (template := _ours(sys._getframe())):
                _fail(name, template)
        return render(self, context)

    engine.string_if_invalid = Unresolved()
    ForNode.render = watched  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        engine.string_if_invalid, ForNode.render = before, render  # type: ignore[method-assign]
