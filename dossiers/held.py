"""The papers of a submission that readers read: what was submitted, what came later, letters of reference."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from applications.models import Document, Kind, Referee, Submission
from applications.snapshot import papers_of
from desk.models import Request
from papers import checking
from papers.models import CheckedFile


@dataclass(frozen=True)
class Held:
    """One paper: its place, what it is, its pages, and its cleaned copy (empty while there is none)."""

    pk: int
    place: str
    what: str
    pages: int
    cleaned: str
    sha256: str


def letter_place(referee: Referee) -> str:
    """Where a letter of reference stands among the papers of a file."""
    return f"reference-{referee.pk}"


def held(submission: Submission) -> list[Held]:
    """In the order of the form, then what came later, then the letters."""
    application = submission.application
    told = {line["slot"]: line["what"] for line in papers_of(submission.content)}
    order = list(told)
    rows = sorted(submission.documents.all(), key=lambda row: order.index(_slot(row, told)))
    letters = list(application.referees.with_letter())
    asked = Request.objects.filter(application=application, document__isnull=False)
    titles = dict(asked.values_list("document", "title"))
    later = application.documents.filter(kind=Kind.REQUEST, replaced_at__isnull=True)
    named: list[tuple[str, str, Document | Referee]] = [
        *((_slot(row, told), told[_slot(row, told)], row) for row in rows),
        *((row.slot, titles.get(row.pk, row.slot), row) for row in later.order_by("uploaded_at")),
        *(
            (letter_place(row), _("Letter of reference %(number)s") % {"number": number}, row)
            for number, row in enumerate(letters, 1)
        ),
    ]
    checks = checking.state_of(row.sha256 for _place, _what, row in named)
    return [_held(place, what, row, checks.get(row.sha256)) for place, what, row in named]


def _slot(row: Document, told: dict[str, str]) -> str:
    # The first submissions named their documents by their kind alone.
    return row.slot if row.slot in told else row.kind


def _held(place: str, what: str, row: Document | Referee, check: CheckedFile | None) -> Held:
    clean = check is not None and check.state == CheckedFile.State.CLEAN
    return Held(
        pk=row.pk,
        place=place,
        what=what,
        pages=row.pages or 0,
        cleaned=str(check.cleaned) if check and clean else "",
        sha256=check.cleaned_sha256 if check and clean else "",
    )


def is_letter(place: str) -> bool:
    """Whether a place is that of a letter of reference."""
    return place.startswith("reference-")


@contextmanager
def at_hand(name: str) -> Iterator[Path]:
    """A kept file as a file of ours, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="read-") as folder:
        path = Path(folder) / "paper.pdf"
        with default_storage.open(name) as kept, path.open("wb") as copy:
            for chunk in kept.chunks():
                copy.write(chunk)
        yield path
