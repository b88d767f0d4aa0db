"""What a dossier is bound from: the last submission, its documents, what came later, the letters of reference."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from applications.models import Document, Referee, Submission
from applications.snapshot import papers_of
from desk.pieces import later_documents_of
from dossiers import redacting
from dossiers.redacting import Mask
from papers import checking
from papers.models import CheckedFile

# Another number has every dossier bound again: it is raised when the way of binding changes.
BINDING = 1
LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Piece:
    """One file of a dossier, as far as its check is; `said` is its title or its referee's name."""

    slot: str
    sha256: str
    said: str = ""
    state: str = ""
    problem: str = ""
    cleaned: str = ""


@dataclass(frozen=True)
class Parts:
    """All that one dossier is bound from."""

    submission: int
    sha256: str
    documents: list[Piece] = field(default_factory=list)
    later: list[Piece] = field(default_factory=list)
    letters: list[Piece] = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        """Every file, in no order that a reader knows."""
        return [*self.documents, *self.later, *self.letters]


def parts_of(applications: Iterable[int]) -> dict[int, Parts]:
    """What each of these files is bound from, by application; five queries, however many they are."""
    asked = list(applications)
    rows = (
        Submission.objects.filter(application__in=asked)
        .order_by("application", "-version")
        .distinct("application")
    )
    found = {
        row: Parts(pk, sha) for row, pk, sha in rows.values_list("application", "pk", "sha256")
    }
    held = Document.objects.filter(submissions__in=[parts.submission for parts in found.values()])
    for document in held.order_by("pk"):
        # The first submissions named their documents by their kind alone.
        piece = Piece(document.slot, document.sha256, said=document.kind)
        found[document.application_id].documents.append(piece)
    for document in later_documents_of(found):
        piece = Piece(document.slot, document.sha256, said=document.what)
        found[document.application_id].later.append(piece)
    referees = Referee.objects.filter(application__in=list(found)).with_letter()
    for referee in referees.order_by("position", "pk"):
        piece = Piece(f"reference-{referee.pk}", referee.sha256, said=referee.name)
        found[referee.application_id].letters.append(piece)
    return with_checks(found)


def with_checks(found: dict[int, Parts]) -> dict[int, Parts]:
    """The same, each piece with the state of its check."""
    shas = {piece.sha256 for parts in found.values() for piece in parts.pieces}
    known = checking.state_of(shas)
    for parts in found.values():
        for pieces in (parts.documents, parts.later, parts.letters):
            pieces[:] = [checked(piece, known.get(piece.sha256)) for piece in pieces]
    return found


def checked(piece: Piece, check: CheckedFile | None) -> Piece:
    """A piece with what became of its check."""
    if check is None:
        return piece
    told = {"state": check.state, "problem": check.problem, "cleaned": str(check.cleaned)}
    return Piece(**{**asdict(piece), **told})


def marks_of(submissions: Iterable[int]) -> dict[int, str]:
    """What stands for the redactions of each submission in the basis of its blind edition; three queries."""
    rows = Submission.objects.filter(pk__in=list(submissions)).defer("content")
    return redacting.marks_of(rows.select_related("application__cycle"))


def basis_of(parts: Parts, *, is_blind: bool, mark: str = "") -> str:
    """The fingerprint of all that an edition is bound from: the one place that says when it is bound again."""
    told = [BINDING, is_blind, mark, asdict(parts)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Titled:
    """A piece with what it is in both languages: readers never see the name that its file had."""

    piece: Piece
    what_fr: str
    what_en: str

    @property
    def both(self) -> str:
        """One title for all readers, French first."""
        return self.what_fr if self.what_fr == self.what_en else f"{self.what_fr} / {self.what_en}"


def titled(parts: Parts, content: dict[str, Any], *, mask: Mask | None = None) -> list[Titled]:
    """The pieces in the order of the dossier: as the form has them, then what came later, then the letters.

    `mask`, for a blind edition: what the office calls a piece may name the person, and a referee leads to them.
    """
    words = []
    for language in LANGUAGES:
        with override(language):
            words.append(dict(worded(parts, content, mask)))
    french, english = words
    by_slot = {piece.slot: piece for piece in parts.pieces}
    return [Titled(by_slot[slot], french[slot], english[slot]) for slot in french]


def worded(parts: Parts, content: dict[str, Any], mask: Mask | None) -> Iterator[tuple[str, str]]:
    """Each slot and what it holds, in the language of now."""
    shown = mask or str
    lines = {line["slot"]: str(line["what"]) for line in papers_of(content)}
    places = list(lines)

    def place(piece: Piece) -> str:
        return piece.slot if piece.slot in lines else piece.said

    for piece in sorted(parts.documents, key=lambda piece: places.index(place(piece))):
        yield piece.slot, shown(lines[place(piece)])
    for piece in parts.later:
        yield piece.slot, shown(_("%(title)s (received later)") % {"title": piece.said})
    for number, piece in enumerate(parts.letters, 1):
        named = _("Letter of reference: %(name)s") % {"name": piece.said}
        yield (
            piece.slot,
            _("Letter of reference %(number)s") % {"number": number} if mask else named,
        )
