"""What tests of dossiers need: documents with words on their pages, a cycle that has closed, bound dossiers."""

import io
from datetime import timedelta

import pikepdf
from django.core.files.storage import default_storage
from django.utils import timezone
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from accounts.models import User
from applications import documents
from applications import referees as asking
from applications.models import Application
from cycles.models import Cycle, Piece
from desk import pieces
from dossiers import binding, scanning
from dossiers.models import Edition
from papers import checking
from tests import factories
from tests.desk.factories import asked

# Of the eight: a CV, a transcript, a diploma, three more, a letter, and one that came later.
PAGES = {"cv": 3, "transcript": 20, "diploma": 7}
MORE = {"portfolio": 40, "thesis": 36, "prize": 2}
LETTER_PAGES, LATER_PAGES = 2, 10
MINUTE = 60.0


def document(pages: int, word: str, *, lines: int = 40) -> bytes:
    """A PDF of so many pages, each with a text that names it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=LETTER, invariant=True)
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", 11)
        for line in range(lines):
            canvas.drawString(72, 720 - 16 * line, f"{word} {page}, line {line + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def attach(application: Application, slot: str, content: bytes, pages: int) -> None:
    """This document in its place of the draft."""
    documents.upload(
        application,
        slot.split("-", maxsplit=1)[0] if not slot.startswith("piece") else "other",
        factories.upload_of(content, f"{slot}.pdf"),
        pages=pages,
        by=application.applicant,
        at=timezone.now(),
        slot=slot,
    )


def eight(applicant: User, cycle: Cycle, *, by: User) -> Application:
    """A file of eight documents and 120 pages, submitted, with a letter and a piece that came later; nothing is checked yet."""
    for position, slug in enumerate(MORE, start=10):
        Piece.objects.create(
            cycle=cycle, slug=slug, name_fr=slug.title(), is_required=False, position=position
        )
    application = factories.draft(applicant, cycle)
    degree = application.degrees.get()
    slots = {"cv": "cv", "transcript": f"transcript-{degree.pk}", "diploma": "diploma"}
    for word, pages in PAGES.items():
        attach(application, slots[word], document(pages, word), pages)
    for word, pages in MORE.items():
        attach(application, f"piece-{word}", document(pages, word), pages)
    factories.submit(application)
    row = factories.referee(application)
    upload = factories.upload_of(document(LETTER_PAGES, "letter"), "lettre.pdf")
    asking.receive(row, upload, pages=LETTER_PAGES, at=timezone.now())
    later = factories.upload_of(document(LATER_PAGES, "later"), "later.pdf")
    request = asked(application, by=by)
    pieces.receive(request, later, pages=LATER_PAGES, by=applicant, at=timezone.now())
    request.refresh_from_db()
    pieces.accept(request, by=by)
    application.refresh_from_db()
    return application


def close(cycle: Cycle) -> None:
    """The cycle closed yesterday."""
    cycle.closes_at = timezone.now() - timedelta(days=1)
    cycle.save(update_fields=["closes_at"])


def bind() -> None:
    """What the worker does every few seconds until nothing is due: files are checked, names searched, dossiers bound."""
    checking.check_due(MINUTE)
    scanning.scan_due(MINUTE)
    binding.bind_due(MINUTE)


def edition(application: Application, *, blind: bool = False) -> Edition:
    """The dossier of the last submission."""
    latest = application.submissions.order_by("-version")[0]
    return Edition.objects.get(submission=latest, is_blind=blind)


def content_of(row: Edition) -> bytes:
    """The bytes of a bound dossier."""
    with default_storage.open(str(row.file)) as kept:
        return bytes(kept.read())


def opened(row: Edition) -> pikepdf.Pdf:
    """A bound dossier, parsed."""
    return pikepdf.open(io.BytesIO(content_of(row)))
