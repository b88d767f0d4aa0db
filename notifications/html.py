"""A letter's HTML, made from its text when it is put in its envelope: both say exactly the same.

Nothing is fetched by whoever opens it: no image, no sheet, nothing that tells us. Inline styles, because mail
programs know no others; the frame's own sheet only serves the dark mode of those that have one.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]»’]")
ITEM = re.compile(r" *(?:[-–•] |(\d{1,2})\. )(.+)")
LABELLED = re.compile(r"(.{1,80}?)\s?:\s+(https?://\S+)")
CODE = re.compile(r"[0-9A-Z]{3,6}-?[0-9A-Z]{3,6}")
LINK = "color:#6b2273"
BUTTON = (
    "display:inline-block;padding:12px 22px;border-radius:4px;background:#6b2273;color:#ffffff;"
    "font-weight:600;text-decoration:none"
)
SMALL = "display:block;margin-top:6px;font-size:13px;line-height:1.4;word-break:break-all"
PARAGRAPH = "margin:0 0 16px"
LIST = "margin:0 0 16px;padding-left:24px"
INDENTED = "margin:0 0 16px;padding-left:16px;border-left:3px solid #b68fbd"
QUIET = "margin:24px 0 0;font-size:14px"
LOUD = "margin:0 0 16px;font-size:28px;font-weight:600;letter-spacing:4px;font-family:monospace"


def html_of(text: str, *, language: str, subject: str) -> str:
    """The whole HTML of a letter."""
    blocks = re.split(r"\n(?:[ \t]*\n)+", text.strip("\n"))
    body = "\n".join(_block(block, last=block is blocks[-1]) for block in blocks)
    before, between, after = _frame(language)
    return f"{before}{escape(subject)}{between}{body}{after}"


@lru_cache(maxsize=4)
def _frame(language: str) -> tuple[str, str, str]:
    """What stands around the words, cut where the subject and the body go."""
    cut = "\x00"
    whole = render_to_string(
        "emails/frame.html",
        {"language": language, "subject": _mark(cut), "body": _mark(cut)},
    )
    before, between, after = whole.split(cut)
    return before, between, after


def _mark(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308 - ours, and replaced by what is escaped


def _block(block: str, *, last: bool) -> str:
    """A paragraph, or the lists and the links that stand in it, in their order."""
    lines = block.split("\n")
    if CODE.fullmatch(block.strip()):
        return f'<p style="{LOUD}">{escape(block.strip())}</p>'
    if last and len(lines) <= 2 and _kind(lines[0]) == "words":
        return f'<p style="{QUIET}">{"<br>".join(_line(line) for line in lines)}</p>'
    return "\n".join(_groups(lines))


def _groups(lines: list[str]) -> Iterator[str]:
    """The lines of a block, those of one kind together."""
    kinds = [_kind(line) for line in lines]
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or kinds[index] != kinds[start] or kinds[start] == "link":
            yield _DRAWN[kinds[start]](lines[start:index])
            start = index


def _kind(line: str) -> str:
    """What a line is: a link of ours, an item with or without a number, set apart by spaces, or plain words."""
    if _link(line):
        return "link"
    if item := ITEM.fullmatch(line):
        return "numbered" if item[1] else "item"
    return "indented" if line.startswith("  ") else "words"


def _link(line: str) -> tuple[str, str] | None:
    """The label and the address of a line that holds an address of our site and nothing but its label."""
    stripped = line.strip()
    if _is_ours(stripped):
        return "", stripped
    found = LABELLED.fullmatch(stripped)
    return (found[1], found[2]) if found and _is_ours(found[2]) else None


def _is_ours(address: str) -> bool:
    """Whether this is an address of our site, and nothing that only begins like it."""
    return address.startswith(f"{settings.SITE_URL}/") and bool(ADDRESS.fullmatch(address))


def _button(lines: list[str]) -> str:
    """A large link that shows where it leads."""
    label, address = _link(lines[0]) or ("", lines[0])
    href, seen = escape(address), escape(address)
    if not label:
        return f'<p style="{PARAGRAPH}"><a href="{href}" class="button" style="{BUTTON};word-break:break-all">{seen}</a></p>'
    return (
        f'<p style="{PARAGRAPH}"><a href="{href}" class="button" style="{BUTTON}">{escape(label)}</a>'
        f'<a href="{href}" class="link" style="{SMALL};{LINK}">{seen}</a></p>'
    )


def _words(lines: list[str]) -> str:
    return f'<p style="{PARAGRAPH}">{"<br>".join(_line(line) for line in lines)}</p>'


def _indented(lines: list[str]) -> str:
    return f'<p style="{INDENTED}">{"<br>".join(_line(line.strip()) for line in lines)}</p>'


def _items(lines: list[str]) -> str:
    said = "".join(f"<li>{_line(_item(line))}</li>" for line in lines)
    return f'<ul style="{LIST}">{said}</ul>'


def _numbered(lines: list[str]) -> str:
    said = "".join(f"<li>{_line(_item(line))}</li>" for line in lines)
    return f'<ol style="{LIST}">{said}</ol>'


def _item(line: str) -> str:
    found = ITEM.fullmatch(line)
    return found[2] if found else line


def _line(line: str) -> str:
    """The words of one line, escaped, with its addresses as links."""
    if "://" not in line:
        return escape(line)
    told, end = [], 0
    for found in ADDRESS.finditer(line):
        href = escape(found[0])
        told += [escape(line[end : found.start()])]
        told += [f'<a href="{href}" class="link" style="{LINK};word-break:break-all">{href}</a>']
        end = found.end()
    return "".join([*told, escape(line[end:])])


_DRAWN = {
    "link": _button,
    "words": _words,
    "indented": _indented,
    "item": _items,
    "numbered": _numbered,
}
