"""French as Québec prints it, in the text of a letter: spaces put right, and what a person should look at."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cycles.typography import MONTHS

NBSP = "\u00a0"
SPACES = " \u00a0\u202f"
ADDRESSES = re.compile(r"https?://\S+")
# Spaces that nobody sees or types: put right without a word.
PUT_RIGHT = (
    (re.compile(rf"(?<=\S)[{SPACES}]+(?=[:%$»](?!\w))"), NBSP),
    (re.compile(rf"«[{SPACES}]*(?=\S)"), f"«{NBSP}"),
    (re.compile(rf"(?<=\S)[{SPACES}]+(?=[;!?])"), ""),
)
LOOK_AT = (
    (re.compile(r"\w'\w"), _("a straight apostrophe")),
    (re.compile(r'"'), _("straight quotation marks, where « » belong")),
    (re.compile(r"[^\W\d]:(?=\s|$)", re.MULTILINE), _("a colon without its space")),
    (re.compile(r"\d[%$]"), _("a % or $ without its space")),
    (re.compile(r"\d\.\d{1,2}(?!\d|\.)"), _("a decimal point, where a comma belongs")),
    (re.compile(r"\d:\d\d\b"), _("an hour written 9:00, where 9 h belongs")),
    (
        re.compile(rf"\b1[{SPACES}](?:{'|'.join(MONTHS['fr'])})\b"),
        _("the first of a month, which is 1er"),
    ),
)


def put_right(text: str) -> str:
    """The text with the spaces that belong around « » : % $ ; ! ?, and lines that end where their words do."""
    for pattern, right in PUT_RIGHT:
        text = pattern.sub(right, text)
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()


def doubts(text: str) -> Iterator[str]:
    """What looks wrong, with the words around it; never a reason to refuse."""
    plain = ADDRESSES.sub("", text)
    for pattern, what in LOOK_AT:
        if found := pattern.search(plain):
            around = plain[max(found.start() - 12, 0) : found.end() + 12].strip()
            yield f"{what} (… {' '.join(around.split())} …)"
