"""`{% placeholder name %}…{% endplaceholder %}`: a part of a letter that each reader gets their own way.

Whatever differs from one copy of a letter to the next stands in such a part; an administrator's own text of the letter
writes `{name}` in its place.
"""

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context

register = template.Library()


class PlaceholderNode(Node):
    """One such part: its name, and how it is made."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> str:
        """What stands between the two tags."""
        return self.nodelist.render(context)


@register.tag
def placeholder(parser: Parser, token: Token) -> PlaceholderNode:
    """Read up to the end of the part."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endplaceholder",))
    parser.delete_first_token()
    return PlaceholderNode(name, nodelist)
