"""Binding: a cover of ours, then the cleaned copy of each piece, as one PDF; a piece that cannot be opened is a page that says so.

It is done ahead by a worker, and the files are parsed in the child process alone (papers/child/merge.py).
"""

import hashlib
import json
import logging
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now

from applications.models import Submission
from applications.snapshot import for_readers
from dossiers import cover
from dossiers.leaves import Leaf
from dossiers.models import Edition
from dossiers.models.edition import edition_name
from dossiers.noticing import notice
from dossiers.pieces import Piece, Titled, titled
from dossiers.redacting import Mask, mask_of, redacted
from dossiers.shelf import state_of
from papers.leases import leased, pause, work_through
from papers.models import CheckedFile
from papers.pdf import Verdict, inspector
from papers.redacting import Unreadable
from papers.sweeping import hold

logger = logging.getLogger(__name__)

State = Edition.State
RUN_SECONDS = 4.0
SECONDS_TO_MERGE = 90.0
LEASE = timedelta(minutes=5)
# A copy that should be there or should open and does not: it may be bad luck. Then its page says so.
MOST_TRIES = 3
WAITING, LOST, BROKEN = "waiting", "lost", "broken"


class NotNow(Exception):
    """The dossier could not be bound this time."""


def bind_due(seconds: float = RUN_SECONDS) -> int:
    """Notice what is to be bound, and bind it, one dossier after the other, for about so long; how many."""
    notice()
    return work_through(take, bind, seconds=seconds)


def take() -> Edition | None:
    """The edition that waits longest, for us alone until its lease ends."""
    return leased(Edition.objects.due().select_related("submission__application__cycle"), LEASE)


def bind(row: Edition) -> None:
    """Bind one dossier that we took, and write what came of it."""
    try:
        with tempfile.TemporaryDirectory(prefix="bind-") as folder:
            bound(row, Path(folder))
    except (
        Exception
    ) as problem:  # a disk, a bucket or a typesetter that is away: this one waits, the others go on
        waiting = Edition.objects.filter(pk=row.pk, state=State.WAITING)
        waiting.update(due_at=Now() + pause(row.tries))
        logger.warning("Dossier %s is not bound yet: %s", row.pk, type(problem).__name__)


def readable(submission: Submission, *, blind: bool, mask: Mask | None) -> dict[str, Any]:
    """What the cover may tell of a submission."""
    content = mask.content(submission.content) if mask else submission.content
    return for_readers(content, blind=blind)


def prepared(piece: Piece, *, edition: Edition, folder: Path) -> Path:
    """The copy of a piece that this edition holds, on a disk of ours; in a blind one, without what is hidden in it."""
    path = folder / f"{piece.slot}.pdf"
    with default_storage.open(piece.cleaned) as kept, path.open("wb") as copy:
        for chunk in kept.chunks():
            copy.write(chunk)
    if not edition.is_blind:
        return path
    out = folder / f"{piece.slot}-hidden.pdf"
    return redacted(path, submission=edition.submission, slot=piece.slot, out=out)


def bound(row: Edition, folder: Path) -> None:
    """Make the PDF and write that it is there; what changes meanwhile is noticed afterwards."""
    state = state_of(row)
    if state is None:
        row.delete()
        return
    parts, basis = state
    mask = mask_of(row.submission) if row.is_blind else None
    content = readable(row.submission, blind=row.is_blind, mask=mask)
    pieces = titled(parts, row.submission.content, mask=mask)
    leaves = [leaf_of(piece, row, folder) for piece in pieces]
    leaves, pages = merged(row, content, leaves, folder)
    own = pages - sum(leaf.pages for leaf in leaves)
    settle(row, folder / "bound.pdf", pages=pages, basis=basis, leaves=leaves, own=own)


def leaf_of(piece: Titled, row: Edition, folder: Path) -> Leaf:
    """The copy of a piece if it has one that opens; else why not."""
    file = piece.piece
    if file.state != CheckedFile.State.CLEAN:
        return Leaf(piece, problem=file.problem or WAITING)
    try:
        path = prepared(file, edition=row, folder=folder)
    except (OSError, Unreadable):
        if row.tries < MOST_TRIES:
            raise
        return Leaf(piece, problem=LOST)
    said = inspector().ask(str(path))
    if said.problem:
        once_more(row, said)
        return Leaf(piece, problem=said.problem)
    return Leaf(piece, path, said.pages)


def once_more(row: Edition, said: Verdict) -> None:
    """Raise NotNow for what may be bad luck: our copies open as a rule."""
    if said.problem == "slow" or row.tries < MOST_TRIES:
        raise NotNow(said.problem)


def merged(
    row: Edition, content: dict[str, Any], leaves: list[Leaf], folder: Path
) -> tuple[list[Leaf], int]:
    """Have the child bind it; if it cannot, without the pieces that it cannot bind even alone. Raises NotNow."""
    said = ask(row, content, leaves, folder)
    if said.problem:
        once_more(row, said)
        leaves = [
            replace(leaf, path=None, pages=1, problem=BROKEN)
            if leaf.path and ask(row, content, [leaf], folder).problem
            else leaf
            for leaf in leaves
        ]
        said = ask(row, content, leaves, folder)
    if said.problem:
        raise NotNow(said.problem)
    return leaves, said.pages


def ask(row: Edition, content: dict[str, Any], leaves: list[Leaf], folder: Path) -> Verdict:
    """Set the cover for these leaves and ask the child for the whole."""
    notices = [leaf for leaf in leaves if not leaf.path]
    job, out = folder / "job.json", folder / "bound.pdf"
    (folder / "cover.pdf").write_bytes(cover.pdf_of(row, content, leaves))
    told = {
        "cover": str(folder / "cover.pdf"),
        "notices": len(notices),
        "title": row.submission.application.number,
        "language": "fr-CA",
        "parts": [
            {"title": leaf.titled.both, "path": str(leaf.path) if leaf.path else ""}
            for leaf in leaves
        ],
    }
    job.write_text(json.dumps(told), encoding="utf-8")
    return inspector().ask(str(job), SECONDS_TO_MERGE, do="merge", out=str(out))


def outline_of(leaves: list[Leaf], own: int) -> list[dict[str, Any]]:
    """Where each piece begins, after so many pages of our own."""
    lines, page = [], own + 1
    for leaf in leaves:
        told = {"slot": leaf.titled.piece.slot, "page": page, "pages": leaf.pages}
        words = {"what_fr": leaf.titled.what_fr, "what_en": leaf.titled.what_en}
        lines.append({**told, **words, "problem": leaf.problem})
        page += leaf.pages
    return lines


@transaction.atomic
def settle(
    row: Edition, path: Path, *, pages: int, basis: str, leaves: list[Leaf], own: int
) -> None:
    """Keep the bytes under their own name, then write the row that names them."""
    with path.open("rb") as whole:
        row.sha256 = hashlib.file_digest(whole, "sha256").hexdigest()
        name = edition_name(row)
        hold(name)
        if not default_storage.exists(name):
            default_storage.save(name, File(whole))
        Edition.objects.filter(pk=row.pk, state=State.WAITING).update(
            state=State.READY,
            basis=basis,
            file=name,
            sha256=row.sha256,
            size=path.stat().st_size,
            pages=pages,
            outline=outline_of(leaves, own),
            is_whole=all(leaf.problem != WAITING for leaf in leaves),
            bound_at=Now(),
        )
