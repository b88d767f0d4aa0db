"""In tests, a variable that one of our templates does not know fails the test.

Templates of Django and of packages keep Django's behaviour, and so do `{% if %}` and the filters that say what
to do about a missing value (`|default`).
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import FilterExpression, Variable
from django.template.context import Context
from django.template.defaulttags import ForNode

OURS = Path(settings.BASE_DIR) / "templates"
FORGIVING = {"default", "default_if_none", "yesno", "pluralize"}


def _ours(context: Context) -> str:
    """The name of the template being rendered when it is one of ours, else an empty string."""
    template = context.render_context.template or context.template
    origin = template.origin if template else None
    return str(origin.template_name) if origin and OURS in Path(origin.name).parents else ""


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
        values = frame.f_locals
        context, expression = values.get("context"), values.get("self")
        if not isinstance(context, Context):
            return
        if isinstance(expression, FilterExpression):
            filters = {function.__name__ for function, _ in expression.filters}
            if not filters & FORGIVING and (template := _ours(context)):
                _fail(expression.token, template)
        elif "key" in values and (template := _ours(context)):  # {% blocktranslate %}
            _fail(values["key"], template)


@contextmanager
def strict() -> Iterator[None]:
    """Put the watch in place."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    before, render = engine.string_if_invalid, ForNode.render

    def watched(node: ForNode, context: Context) -> Any:
        variable = node.sequence.var
        if isinstance(variable, Variable) and variable.lookups:
            name = variable.lookups[0]
            if name not in context and (template := _ours(context)):
                _fail(name, template)
        return render(node, context)

    engine.string_if_invalid = Unresolved()
    ForNode.render = watched  # type: ignore[method-assign]
    try:
        yield
    finally:
        engine.string_if_invalid, ForNode.render = before, render  # type: ignore[method-assign]
