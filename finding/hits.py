"""What a search shows of each row that it found: where it leads, and why it was found."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application
from desk.sight import in_sight
from finding.kinds import GROUPS, KINDS
from finding.search import SEPARATOR, UDEM, Answer, Found

WHY: dict[str, Promise] = {
    "address": gettext_lazy("by the e-mail address or the name of the account"),
    "receipt": gettext_lazy("by a receipt"),
    UDEM: gettext_lazy("by the number at UdeM"),
    "referee": gettext_lazy("a referee"),
    "degree": gettext_lazy("an institution of the studies"),
    "reader": gettext_lazy("by name or e-mail address"),
    "named": gettext_lazy("by name"),
    "numbered": gettext_lazy("by number"),
    "candidacy": gettext_lazy("by number"),
    "account": gettext_lazy("by name or e-mail address"),
}


@dataclass
class Hit:
    """One line of the results: where it leads, what it is called, its number, more words, and why it was found."""

    url: str
    title: str
    code: str = ""
    more: str = ""
    why: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """The hits of one kind of thing; `is_cut` when there may be more of them."""

    title: Promise
    hits: list[Hit]
    is_cut: bool


def plain(text: str) -> str:
    """Without accents and case, as the database folds it; for saying why, never for finding."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def shown(answer: Answer, user: User) -> list[Group]:
    """The hits by group; the files that they lead to are fetched once, as this person sees them."""
    ids = {row.file for rows in answer.rows.values() for row in rows if row.file}
    rows = in_sight(user).filter(pk__in=ids).select_related("cycle", "applicant")
    few = ("number", "first_names", "last_names", "preferred_name", "status", "cycle", "applicant")
    files = {row.pk: row for row in rows.only(*few)} if ids else {}
    hits: dict[str, dict[str, Hit]] = {}
    cut: set[str] = set()
    for group, found, hit in _each(answer, files):
        held = hits.setdefault(group, {}).setdefault(hit.url + hit.more, hit)
        held.why += [why for why in hit.why if why not in held.why]
        if found.kind in answer.more:
            cut.add(group)
    return [
        Group(GROUPS[key], list(hits[key].values()), key in cut) for key in GROUPS if key in hits
    ]


def _each(answer: Answer, files: dict[int, Application]) -> Iterator[tuple[str, Found, Hit]]:
    everything = [row for rows in answer.rows.values() for row in rows]
    for row in sorted(everything, key=lambda row: (row.nearly, -row.score)):
        group = "files" if row.kind == UDEM else KINDS[row.kind].group
        if row.file and row.file not in files:
            continue
        hit = _of_file(row, files[row.file], answer.words) if row.file else _other(row)
        if row.nearly:
            hit.why = [_("nearly: %(why)s") % {"why": why} for why in hit.why]
        yield group, row, hit


def _of_file(row: Found, file: Application, words: str) -> Hit:
    """Leads to the file's page."""
    hit = Hit(reverse("file", args=[file.number]), file.name, file.number)
    told = ", ".join(part for part in row.says.split(SEPARATOR) if part)
    hit.more = told if row.kind in ("referee", "degree") else ""
    status = "" if file.is_filed else f" · {file.get_status_display()}"
    if not hit.more:
        hit.more = f"{file.cycle.name}{status}"
    hit.why = [_why_file(file, words)] if row.kind == "file" else [str(WHY[row.kind])]
    if row.kind in ("address", "receipt"):
        hit.why = [f"{hit.why[0]} ({told})"]
    return hit


def _why_file(file: Application, words: str) -> str:
    """Which of the texts of a file has one of the words."""
    texts = {
        _("by number"): file.number,
        _("by name"): f"{file.first_names} {file.last_names}",
        _("by preferred name"): file.preferred_name,
    }
    each = [plain(word) for word in words.split()]
    found = (why for why, text in texts.items() if any(word in plain(text) for word in each))
    return next(found, _("by name"))


def _other(row: Found) -> Hit:
    """Leads to a reader's progress, a file to read, a scholarship application or an account."""
    said = [part for part in row.says.split(SEPARATOR) if part]
    pages: dict[str, tuple[str, Any]] = {
        "reader": ("progress_reader", row.pk),
        "named": ("review", row.pk),
        "numbered": ("review", row.pk),
        "candidacy": ("panel_reading", said[0] if said else ""),
        "account": ("admin:accounts_user_change", row.pk),
    }
    name, key = pages[row.kind]
    url = reverse(name, args=[key])
    if row.kind == "account":
        return Hit(url, said[0], more=" ".join(said[1:]), why=[str(WHY[row.kind])])
    return Hit(url, " ".join(said), why=[str(WHY[row.kind])])
