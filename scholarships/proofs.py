"""Category 3, once shortlisted: one PDF that proves the budget, sealed in the vault, read by nobody but its person.

A hostile file is expected: it is judged and made anew by the child process of `papers`, scanned where there is a scanner, and
only the clean copy is kept. It is on a disk of ours for as long as that takes, and never under a name of its own.
"""

import base64
import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from audit.moves import Refused, record
from papers import clamav
from papers.checking import SECONDS_TO_CLEAN
from papers.fit import HEAD, problem_of
from papers.labels import printable, shortened
from papers.pdf import inspector
from papers.problems import PROBLEMS
from scholarships import abouts, confidences
from scholarships.models import Candidacy, Category, Result, Standing
from scholarships.vault import entries

LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True)
class Proof:
    """What is kept of it."""

    label: str
    pages: int
    content: bytes


def is_asked(candidacy: Candidacy) -> bool:
    """Whether this person is asked for a proof: shortlisted, and no result was shown yet."""
    return (
        candidacy.round.category == Category.SOCIOECONOMIC
        and candidacy.status == Standing.SUBMITTED
        and candidacy.shortlisted_at is not None
        and not Result.objects.filter(candidacy=candidacy, status=Result.Status.SHOWN).exists()
    )


def own(candidacy: Candidacy, *, by: User) -> Proof | None:
    """The proof, for its person; None when nothing is there. Raises Refused for anybody else."""
    said = entries.own(abouts.proof(candidacy), by=by)
    if said is None:
        return None
    return Proof(said["label"], said["pages"], base64.b64decode(said["file"]))


@sensitive_variables()
def keep(candidacy: Candidacy, file: UploadedFile, *, by: User) -> None:
    """Check the PDF and seal its clean copy in the vault, in the place of the one before. Raises Refused with the cause."""
    name = shortened(printable(file.name or ""))
    clean, pages = cleaned(file, name)
    with transaction.atomic():
        row = confidences.locked(candidacy, by=by)
        if not is_asked(row) or confidences.lacks(row):
            raise Refused(_("No proof is asked for this application now."))
        record("confide_proof", row, by=by)
        told = {
            "label": name,
            "pages": pages,
            "sha256": hashlib.sha256(clean).hexdigest(),
            "file": base64.b64encode(clean).decode(),
        }
        entries.declare(abouts.proof(row), told, by=by)


@transaction.atomic
def erase(candidacy: Candidacy, *, by: User) -> bool:
    """Erase it, at once and wholly; whether there was one. Raises Refused for anybody but its person."""
    row = confidences.locked(candidacy, by=by)
    record("erase_proof", row, by=by)
    return entries.erase(abouts.proof(row), by=by)


@sensitive_variables()
def cleaned(file: UploadedFile, name: str) -> tuple[bytes, int]:
    """The clean copy of an upload, and its pages. Raises Refused with the first problem found."""
    head = file.read(HEAD)
    file.seek(0)
    _refuse(problem_of(name, file.size or 0, head))
    if (file.size or 0) > LARGEST:
        raise Refused(
            _("This file is larger than 5 MB. Save it at a lower resolution, then upload it.")
        )
    with tempfile.TemporaryDirectory(prefix="proof-") as folder:
        original, out = Path(folder) / "original.pdf", Path(folder) / "clean.pdf"
        with original.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        verdict = inspector().ask(str(original))
        _refuse(verdict.problem or _virus(original))
        said = inspector().ask(str(original), SECONDS_TO_CLEAN, do="clean", out=str(out))
        _refuse(said.problem)
        clean = out.read_bytes()
    _refuse("heavy" if len(clean) > 2 * LARGEST else "")
    return clean, verdict.pages


def _virus(path: Path) -> str:
    """`virus` where the scanner finds one, `slow` where it cannot be asked; nothing without a scanner."""
    if not settings.CLAMAV_URL:
        return ""
    try:
        with path.open("rb") as file:
            pieces = iter(lambda: file.read(clamav.CHUNK), b"")
            return "virus" if clamav.virus_in(pieces, settings.CLAMAV_URL) else ""
    except (clamav.Away, OSError):
        return "slow"


def _refuse(problem: str) -> None:
    if problem:
        raise Refused(PROBLEMS[problem])
