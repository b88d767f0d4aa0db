"""A submission as its readers see it: built from what `for_readers` lets through, and from nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from applications.content import Content, DegreeLine
from applications.models import Application, Document, Submission
from applications.snapshot import for_readers, papers_of
from cycles.models import Program
from desk.pieces import later_documents
from dossiers.redacting import Mask, decided
from dossiers.texts import Decided

# What a list needs of a submission: not the letter, which is long. (The links: so as to find them in a blind cycle.)
LISTED = ("person", "programs", "degrees", "links")
NOWHERE: Mapping[str, int] = {}


@dataclass(frozen=True)
class Dossier:
    """What a page shows of a file."""

    number: str
    name: str
    programs: list[Program]
    degrees: list[DegreeLine]
    told: Content = field(repr=False)

    @property
    def degree(self) -> DegreeLine | None:
        """The first degree, for one line of a list."""
        return self.degrees[0] if self.degrees else None


@dataclass(frozen=True)
class Paper:
    """A document as readers may see it: what it is, never what the person called the file."""

    pk: int
    what: str
    pages: int
    size: int
    check_state: str | None
    # Its first page in the bound dossier, once that is there.
    page: int | None = None


def latest(application: Application) -> Submission | None:
    """The submission that counts; None for a draft that was never submitted."""
    return application.submissions.order_by("-version").first()


def dossier(
    content: dict[str, Any],
    *,
    blind: bool,
    programs: dict[str, Program],
    mask: Mask | None = None,
) -> Dossier:
    """The dossier of a frozen content. `blind`: the number stands for the name, and a mark for the person in any text.

    `mask` knows what people decided about this submission; without it everything that names the person is hidden.
    """
    if blind:
        content = (mask or Mask(content, Decided())).content(content)
    seen = for_readers(content, blind=blind)
    person = seen["person"]
    name = f"{person.get('first_names', '')} {person.get('last_names', '')}".strip()
    told = Content(seen)
    return Dossier(
        number=seen["number"],
        name=name or seen["number"],
        programs=[programs[code] for code in seen["programs"] if code in programs],
        degrees=told.degrees,
        told=told,
    )


def documents_of(
    submission: Submission, pages: Mapping[str, int] = NOWHERE, *, mask: Mask | None = None
) -> list[Paper]:
    """The documents that were submitted, in the order of the form, with their checks, then the later ones. Their file names stay hidden.

    `pages`: where each slot begins in the bound dossier. `mask`, in a blind cycle: what the office calls a piece may
    name the person.
    """
    lines = {line["slot"]: line["what"] for line in papers_of(submission.content)}
    places = list(lines)

    def place(row: Document) -> str:
        # The first submissions named their documents by their kind alone.
        return row.slot if row.slot in lines else row.kind

    held: Iterable[Any] = submission.documents.with_check()
    submitted = [
        paper(row, lines[place(row)], pages)
        for row in sorted(held, key=lambda row: places.index(place(row)))
    ]
    papers = [*submitted, *_later(submission, pages)]
    return [replace(one, what=mask(one.what)) for one in papers] if mask else papers


def paper(row: Any, what: str, pages: Mapping[str, int]) -> Paper:
    """A document with its check, as readers may see it."""
    return Paper(row.pk, what, row.pages, row.size, row.check_state, pages.get(row.slot))


def _later(submission: Submission, pages: Mapping[str, int]) -> Iterator[Paper]:
    """The pieces that the office asked for and accepted: not in what was submitted, and said so."""
    for row in later_documents(submission.application):
        what = _("%(title)s (received later)") % {"title": row.what}
        yield paper(row, what, pages)


def by_code() -> dict[str, Program]:
    """Every program: a snapshot names them by their code."""
    return {program.code: program for program in Program.objects.all()}


def listed(
    applications: Iterable[int], *, blind: bool, programs: dict[str, Program]
) -> dict[int, Dossier]:
    """Dossiers for one page of a list, by application, in one query (two in a blind cycle); without their letters."""
    rows = (
        Submission.objects.filter(application__in=list(applications))
        .order_by("application", "-version")
        .distinct("application")
        .values_list(
            *("application", "pk", "application__number"),
            *(f"content__{key}" for key in LISTED),
        )
    )
    found = list(rows)
    known = decided(row[1] for row in found) if blind else {}
    contents = [
        (pk, submission, {"number": number, **dict(zip(LISTED, parts, strict=True))})
        for pk, submission, number, *parts in found
    ]
    return {
        pk: dossier(
            content,
            blind=blind,
            programs=programs,
            mask=Mask(content, known.get(submission, Decided())) if blind else None,
        )
        for pk, submission, content in contents
    }
