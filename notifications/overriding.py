"""A letter made of an administrator's own text: `{placeholder}` and nothing else means something in it.

The text never goes through the compiler of templates: what it says beside its placeholders is said as it is.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.template import Template, engines
from django.template.base import Node, NodeList, TextNode

from audit.models import subject_of
from notifications.letter_text import LetterText
from notifications.templatetags.placeholder import PlaceholderNode

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
Halves = tuple[Template, Template]


class UnknownPlaceholder(ValueError):
    """The letter has no such part, or the text has a brace that belongs to none."""


@lru_cache(maxsize=256)
def halves(name: str, language: str) -> Halves:
    """The subject and the body of a letter's file, compiled apart.

    Apart, so that a line break in somebody's name cannot push the rest of a subject into the body.
    Raises TemplateDoesNotExist when the language has no text.
    """
    engine = engines["django"].engine  # type: ignore[attr-defined]
    whole = engine.get_template(f"emails/{name}.{language}.txt")
    subject, _, body = whole.source.partition("\n")
    return (
        Template(subject, whole.origin, whole.name, engine),
        Template(body, whole.origin, whole.name, engine),
    )


@lru_cache(maxsize=256)
def parts(name: str, language: str) -> dict[str, PlaceholderNode]:
    """What the placeholders of a letter are made of, by name, in the order of its file."""
    found: dict[str, PlaceholderNode] = {}
    for half in halves(name, language):
        for node in half.nodelist.get_nodes_by_type(PlaceholderNode):
            assert isinstance(node, PlaceholderNode)
            found.setdefault(node.name, node)
    return found


@lru_cache(maxsize=256)
def as_written(name: str, language: str) -> tuple[str, str]:
    """The file's own subject and body with `{placeholder}` for each part: what one begins to write from.

    Raises UnknownPlaceholder for a file with something changing outside its placeholders.
    """
    subject, body = (_plain(half) for half in halves(name, language))
    return subject.strip(), body.strip()


def _plain(half: Template) -> str:
    said = []
    for node in half.nodelist:
        if isinstance(node, PlaceholderNode):
            said.append(f"{{{node.name}}}")
        elif isinstance(node, TextNode):
            said.append(node.s)
        else:
            raise UnknownPlaceholder(str(node))
    return "".join(said)


# Named by the words themselves: another text is another entry, and no entry can be out of date.
@lru_cache(maxsize=512)
def composed(name: str, language: str, subject: str, text: str) -> Halves:
    """The two halves of a letter with other words. Raises UnknownPlaceholder."""
    known, (first, _body) = parts(name, language), halves(name, language)
    return _composed(subject, known, first), _composed(text, known, first)


def _composed(words: str, known: Mapping[str, PlaceholderNode], like: Template) -> Template:
    nodes: list[Node] = []
    for index, piece in enumerate(PLACEHOLDER.split(words)):
        if index % 2:
            if piece not in known:
                raise UnknownPlaceholder(piece)
            nodes.append(known[piece])
        elif "{" in piece or "}" in piece:
            raise UnknownPlaceholder(piece)
        else:
            nodes.append(TextNode(piece))
    made = Template("", like.origin, like.name, like.engine)
    made.nodelist = NodeList(nodes)
    return made


def scope_of(context: Mapping[str, Any]) -> str:
    """The cycle that a letter is about, as the ledgers name it; empty when it is about none."""
    cycle = context.get("cycle")
    return subject_of(cycle) if cycle is not None else ""


def in_use(letter: str, contexts: Iterable[Mapping[str, Any]]) -> dict[str, LetterText]:
    """The published texts of a letter, by scope, for all these copies of it: one query, or none."""
    scopes = {scope for context in contexts if (scope := scope_of(context))}
    if not scopes:
        return {}
    rows = LetterText.objects.published().in_scopes(scopes).filter(letter=letter)
    return {row.scope: row for row in rows}
