"""Which documents an application needs: the one place that says so, for the form, its gaps, the submission and its readers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, override

from applications.models import Application, Degree, Document, Kind
from applications.models.degree import Teaching
from applications.models.document import LATER
from cycles.bilingual import twin
from cycles.models import Piece, Question, asked


@dataclass(frozen=True)
class Wanted:
    """One document asked of this person: the place that it fills, what it is, and the version held now."""

    slot: str
    kind: str
    label_fr: str
    label_en: str
    help: str
    required: bool
    degree: Degree | None
    document: Document | None

    label = twin("label")


def wanted(application: Application) -> list[Wanted]:
    """The documents that this application is asked for, in the order of the page; no query when completeness.LOOKS_AT is there."""
    now = {row.slot: row for row in application.documents.all() if row.replaced_at is None}
    found: dict[str, Wanted] = {}
    for slot, asker, kind, degree in _asked(application):
        fr, en = _labels(asker, degree, list(application.degrees.all()))
        found.setdefault(
            slot,
            Wanted(slot, kind, fr, en, asker.help, asker.is_required, degree, now.get(slot)),
        )
    return list(found.values())


def held(application: Application) -> list[Wanted]:
    """Those that the draft holds: what a submission takes."""
    return [row for row in wanted(application) if row.document]


def unasked(application: Application) -> list[Document]:
    """Documents in the draft that nothing asks for any more: kept until they are removed, and not submitted."""
    slots = {row.slot for row in wanted(application)}
    return [
        row
        for row in application.documents.all()
        if row.replaced_at is None and row.slot not in slots and row.kind not in LATER
    ]


def slots_of(degree: int) -> list[str]:
    """The places of the documents of one degree."""
    return [f"{Kind.TRANSCRIPT}-{degree}", f"{Kind.TRANSLATION}-{degree}"]


def _asked(application: Application) -> Iterator[tuple[str, Piece | Question, str, Degree | None]]:
    """The place, who asks, the kind and the degree of each document."""
    programs = application.chosen
    for piece in application.cycle.pieces.all():
        if not piece.is_asked(programs):
            continue
        if piece.for_each_degree:
            for degree in application.degrees.all():
                if piece.kind == Kind.TRANSCRIPT or degree.language == Teaching.OTHER:
                    yield f"{piece.kind}-{degree.pk}", piece, piece.kind, degree
        elif piece.kind == Kind.OTHER:
            yield f"piece-{piece.slug}", piece, piece.kind, None
        else:
            yield piece.kind, piece, piece.kind, None
    for question in asked(application.cycle.questions.all(), programs, _answers(application)):
        if question.kind == Question.Kind.FILE:
            yield f"question-{question.code}", question, Kind.ANSWER, None


def _answers(application: Application) -> dict[str, Any]:
    """The answers to the cycle's questions by their code, as conditions compare them."""
    answers = application.answers.items()
    return {code: kept.get("value") for code, kept in answers if isinstance(kept, dict)}


def _labels(
    asker: Piece | Question, degree: Degree | None, degrees: list[Degree]
) -> tuple[str, str]:
    """What it is, in French and in English: `Transcript, B.Sc. in computer science`."""
    if isinstance(asker, Question):
        return asker.label_fr, asker.label_en or asker.label_fr
    name_fr, name_en = asker.name_fr, asker.name_en or asker.name_fr
    if degree is None:
        return name_fr, name_en
    number = degrees.index(degree) + 1
    return (
        f"{name_fr}, {_called(degree, number, 'fr')}",
        f"{name_en}, {_called(degree, number, 'en')}",
    )


def _called(degree: Degree, number: int, language: str) -> str:
    """A degree's own name, or its number while it has none."""
    if str(degree):
        return str(degree)
    with override(language):
        return gettext("degree %(number)s") % {"number": number}
