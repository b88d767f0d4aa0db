"""Finding the bound dossier of a submission, and whether it may be opened now."""

from dataclasses import dataclass

from applications.models import Submission
from cycles.bilingual import in_english
from dossiers.models import Edition
from dossiers.pieces import Parts, basis_of, marks_of, parts_of


@dataclass(frozen=True)
class Place:
    """Where a piece stands in the bound PDF."""

    slot: str
    what: str
    page: int
    pages: int
    problem: str


def edition_of(submission: Submission | None, *, blind: bool) -> Edition | None:
    """The dossier of this submission that this reader may open now, if there is one."""
    if submission is None:
        return None
    row = Edition.objects.filter(submission=submission, is_blind=blind).first()
    return row if row and opens(row) else None


def opens(edition: Edition) -> bool:
    """Whether it may be opened: while one with names is bound again, the one before may.

    A blind one must be what would be bound now: what is redacted this minute is in no page that is opened the next.
    """
    if not edition.is_blind:
        return bool(edition.file)
    state = state_of(edition)
    return edition.is_ready and state is not None and state[1] == edition.basis


def state_of(edition: Edition) -> tuple[Parts, str] | None:
    """What this edition should be bound from now, and its basis; nothing when a later submission took its place."""
    application = edition.submission.application_id
    parts = parts_of([application])[application]
    if parts.submission != edition.submission_id:
        return None
    mark = marks_of([parts.submission])[parts.submission] if edition.is_blind else ""
    return parts, basis_of(parts, is_blind=edition.is_blind, mark=mark)


def places_of(edition: Edition) -> list[Place]:
    """The table of its pieces, in the language of the page."""
    language = "en" if in_english() else "fr"
    return [
        Place(line["slot"], line[f"what_{language}"], line["page"], line["pages"], line["problem"])
        for line in edition.outline
    ]
