"""What a blind reader gets of a submission: texts with marks, papers in which nothing hidden is left."""

import hashlib
import json
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from applications.models import Submission
from dossiers.matching import Finder, finder_of
from dossiers.models import Redaction, Scan
from dossiers.scanning import RULES, scan_paper
from dossiers.texts import Decided, key, masked, without
from papers.models import CheckedFile
from papers.redacting import Box, Unreadable, hide

logger = logging.getLogger(__name__)

Kind, Status = Redaction.Kind, Redaction.Status
UNSCANNED = "unscanned"
MOST_PAGES = 200  # of a paper that was received
NAMING = ("first_names", "last_names", "preferred_name", "email", "phone")


class Mask:
    """Hides the person of one submission in any text about it."""

    def __init__(self, content: dict[str, Any], decided: Decided) -> None:
        self._finder: Finder = finder_of(content, decided.extra)
        self._decided = decided

    def __call__(self, text: str) -> str:
        """A text of ours (a title, a label) without the person."""
        return without(text, self._finder, self._decided)

    def content(self, content: dict[str, Any]) -> dict[str, Any]:
        """The frozen content without the person."""
        return masked(content, self._finder, self._decided)


def decided(submissions: Iterable[int]) -> dict[int, Decided]:
    """What people said of these submissions' words, in one query."""
    rows = Redaction.objects.filter(submission__in=list(submissions), kind=Kind.WORDS)
    extra: dict[int, list[str]] = {}
    shown: dict[int, list[tuple[str, str]]] = {}
    for row in rows.filter(Q(by_hand=True) | Q(status=Status.SHOWN, page=0)).order_by("pk"):
        if row.is_hidden:
            extra.setdefault(row.submission_id, []).append(row.words)
        elif not row.page:
            shown.setdefault(row.submission_id, []).append((row.place, row.words))
    return {
        pk: Decided(tuple(extra.get(pk, ())), frozenset(shown.get(pk, ())))
        for pk in {*extra, *shown}
    }


def mask_of(submission: Submission) -> Mask:
    """The mask of a submission; one query."""
    known = decided([submission.pk]).get(submission.pk, Decided())
    return Mask(submission.content, known)


def without_names(content: dict[str, Any], *, submission: Submission) -> dict[str, Any]:
    """The frozen content as readers of this cycle may see it; unchanged where the cycle is not blind."""
    if not submission.application.cycle.is_blind:
        return content
    return mask_of(submission).content(content)


def redacted(path: Path, *, submission: Submission, slot: str, out: Path) -> Path:
    """A copy at `out` of a cleaned PDF without what is hidden in it; `path` itself where the cycle is not blind.

    A paper that was not searched yet is searched first. Raises papers.redacting.Unreadable when no copy can be made:
    then nothing of it may be shown.
    """
    if not submission.application.cycle.is_blind:
        return path
    _searched(path, submission, slot)
    rows = list(Redaction.objects.filter(submission=submission, place=slot, page__gte=1))
    notices = {row.page: notice(row) for row in rows if row.kind == Kind.PAGE and row.is_hidden}
    painted = [row for row in rows if row.is_hidden and row.page not in notices]
    boxes = _by_page(row for row in painted if row.kind != Kind.AREA)
    shares = _by_page(row for row in painted if row.kind == Kind.AREA)
    words = never_said(submission, rows)
    try:
        hide(path, out, boxes=boxes, shares=shares, notices=notices, words=words)
    except Unreadable:
        # Some page cannot be drawn: nothing of the paper is shown.
        logger.warning("A paper of submission %s cannot be drawn.", submission.pk)
        waiting = dict.fromkeys(range(1, MOST_PAGES + 1), _notice(waiting=True))
        hide(path, out, boxes={}, notices={**waiting, **notices}, words=[])
    return out


def _by_page(rows: Iterable[Redaction]) -> dict[int, list[Box]]:
    boxes: dict[int, list[Box]] = {}
    for row in rows:
        boxes.setdefault(row.page, []).extend(row.boxes)
    return boxes


def _searched(path: Path, submission: Submission, slot: str) -> None:
    """Have this very content searched, if it was not."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    scan = Scan.objects.filter(submission=submission).first()
    if not scan or scan.rules != RULES or scan.papers.get(slot) != sha256:
        check = CheckedFile.objects.filter(cleaned_sha256=sha256).first()
        pages = check.pages if check else 0
        scan_paper(submission, slot, path, sha256=sha256, pages=pages)


def never_said(submission: Submission, rows: Iterable[Redaction]) -> list[str]:
    """Words that no page may draw with, not even unseen: what is hidden, and the names that nobody let show."""
    shown = {row.words.lower() for row in rows if row.kind == Kind.WORDS and not row.is_hidden}
    hidden = {row.words for row in rows if row.kind == Kind.WORDS and row.is_hidden}
    person = submission.content["person"]
    named = {str(person.get(name) or "") for name in NAMING}
    named |= {part for name in named for part in name.split()}
    return sorted(word for word in hidden | named if word and word.lower() not in shown)


def notice(row: Redaction) -> str:
    """What stands in the place of a page that is not shown."""
    return _notice(waiting=row.is_waiting)


def _notice(*, waiting: bool) -> str:
    """In both languages: the copy is the same for every reader."""
    said = []
    for language in ("fr", "en"):
        with override(language):
            said.append(
                _("Page waiting for the office") if waiting else _("Page hidden by the office")
            )
    return " · ".join(said)


def mark_of(submission: Submission) -> str:
    """A fingerprint of what is hidden in a submission; empty where nothing is."""
    return marks_of([submission])[submission.pk]


def marks_of(submissions: Iterable[Submission]) -> dict[int, str]:
    """The fingerprints of many, in two queries. `UNSCANNED` for one that nobody has searched: it is best not bound yet."""
    wanted = list(submissions)
    blind = {one.pk for one in wanted if one.application.cycle.is_blind}
    scanned = Scan.objects.filter(submission__in=blind, scanned_at__isnull=False, rules=RULES)
    papers = dict(scanned.values_list("submission", "papers")) if blind else {}
    rows: dict[int, list[Any]] = {pk: [sorted(told.items())] for pk, told in papers.items()}
    found = Redaction.objects.filter(submission__in=papers).order_by("pk") if papers else ()
    for row in found:
        rows[row.submission_id].append(_told(row))
    marks = {pk: _print([RULES, told[0], *sorted(told[1:], key=str)]) for pk, told in rows.items()}
    return {one.pk: marks.get(one.pk, UNSCANNED if one.pk in blind else "") for one in wanted}


def _told(row: Redaction) -> list[Any]:
    """What of a finding makes a difference to a reader."""
    status = row.status if row.kind == Kind.PAGE else str(row.is_hidden)
    return [row.place, row.page, row.kind, key(row.words), row.boxes, status, row.by_hand]


def _print(told: list[Any]) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
