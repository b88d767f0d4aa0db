"""Everything that one person can reach, as one text an address: pages, files inside downloads, PDFs and their metadata."""

import io
import itertools
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote

import pypdfium2
from django.contrib import admin
from django.db import transaction
from django.urls import reverse

from desk import board as desk_board
from enrolment import listing
from notifications.models import OutgoingEmail
from reconciliation import showing
from reviews import board, ranking
from reviews.models import Conflict
from reviews.queue import WHICH
from tests.access.world import World, patterns

# A personal link is a key: whoever holds it is let in, signed in or not. They are walked apart.
ROWS = 25
Told = tuple[str, str]
# The owner’s birth date, as any page might write it.
BORN = ("1936-03-19", "19 mars 1936", "19 March 1936", "March 19, 1936")
BY_LINK = frozenset(name for name, keys in patterns() if "token" in keys)


def born(pages: list[Told]) -> list[str]:
    """Where the birth date showed."""
    spaced = ((place, text.replace("\xa0", " ")) for place, text in pages)
    return [place for place, text in spaced if any(one in text for one in BORN)]


def queries(words: list[str]) -> dict[str, list[str]]:
    """The filters and searches of each list."""
    searches = [f"q={word}" for word in words]
    return {
        "board": [
            *(f"state={state}" for state in board.STATES),
            *searches,
            "cycle=A26",
        ],
        "completeness_board": [
            *(f"state={state}" for state in desk_board.FILTERS),
            *(f"state=all&{search}" for search in searches),
            "state=all&cycle=A26",
        ],
        "decisions": [
            f"program={program}&show={show}&cycle={cycle}"
            for program, show, cycle in itertools.product(
                ("msc", "dess"), ranking.SHOWS, ("A27", "A26")
            )
        ],
        "conflicts_board": [f"status={status}" for status in Conflict.Status.values],
        "queue": [f"show={show}" for show in WHICH],
        "udem_lists": ["cycle=A26"],
        "udem_export": ["cycle=A26"],
        "udem_list_lines": [f"show={show}" for show in showing.SHOWN_LINES],
        "udem_list_changes": [f"show={show}" for show in showing.SHOWN_CHANGES],
        "followup_board": [
            *(f"cycle=A26&show={show}" for show in listing.SHOWS),
            *(f"cycle=A26&{search}" for search in searches),
            "cycle=A27",
        ],
        **{
            name: ["cycle=A26&whole=1", "cycle=A27&whole=1"]
            for name in ("followup_remind", "followup_assign", "followup_endings")
        },
        "releases": ["cycle=A26", "cycle=A27"],
        "search": searches,
        **{name: ["cycle=A26", "program=dess"] for name in ("gate", "acts", "waitlist", "what_if")},
    }


def in_pdf(content: bytes) -> str:
    """Text and metadata of every page."""
    document = pypdfium2.PdfDocument(content)
    told = [str(document.get_metadata_dict())]
    told += [page.get_textpage().get_text_range() for page in document]
    return "\n".join(told)


def in_content(content: bytes) -> str:
    """What bytes say, whatever they are."""
    told = content.decode("utf-8", "replace")
    if content.startswith(b"%PDF"):
        return told + in_pdf(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            return "\n".join([*names, *(in_content(archive.read(name)) for name in names)])
    return told


def text_of(answer: Any, asked_for: str) -> str:
    """Headers and body, without what was typed to get there, which the page repeats."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = f"{dict(answer.headers)}\n{in_content(content)}"
    path, _mark, query = asked_for.partition("?")
    for typed in (asked_for, path, *parse_qs(query).get("q", ())):
        text = text.replace(typed, "").replace(quote(typed, safe=""), "")
    return text


class _Undo(Exception):
    """Leaves the transaction without a trace."""


def told(world: World, role: str, address: str, method: str = "get") -> tuple[int, str]:
    """What this role gets at an address, and as which status; nothing that happened on the way stays."""
    client = world.client(role)
    answer: Any = None
    text = ""
    try:
        with transaction.atomic():
            answer = getattr(client, method)(address)
            text = text_of(answer, address)
            raise _Undo
    except _Undo:
        pass
    return answer.status_code, text


def walk(world: World, role: str, words: list[str], *, post: bool = False) -> Iterator[Told]:
    """Every named address, and of those that open every filter and every search; then the person's letters."""
    filters = queries(words)
    for name, _keys in patterns():
        if name in BY_LINK:
            continue
        address = world.address(name)
        status, text = told(world, role, address)
        yield f"get {address}", text
        for query in filters.get(name, ()) if status == 200 else ():
            yield f"get {address}?{query}", told(world, role, f"{address}?{query}")[1]
        if post:
            yield f"post {address}", told(world, role, address, "post")[1]
    who = world.people[role]
    for letter in OutgoingEmail.objects.filter(address=who.email) if who else ():
        yield f"letter {letter.letter}", f"{letter.subject}\n{letter.text}"


def walk_admin(world: World, role: str) -> Iterator[Told]:
    """Django admin's lists, and the last rows of each."""
    for model in admin.site._registry:
        label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        last = model._default_manager.values_list("pk", flat=True).order_by("-pk")[:ROWS]
        pages = [reverse(f"{label}_change", args=[pk]) for pk in last]
        for address in (reverse(f"{label}_changelist"), *pages):
            yield f"get {address}", told(world, role, address)[1]
