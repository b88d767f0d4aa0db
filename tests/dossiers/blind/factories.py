"""Blind cycles, and people whose papers and texts name them."""

import io
from typing import Any

from django.utils import timezone
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from applications import documents
from applications.models import Application, Submission
from cycles.models import Cycle
from dossiers import scanning
from tests import factories

FIRST, LAST = "Élodie", "Nguyễn-Tremblay"
PHONE = "+15145550199"
LINKS = ["https://github.com/elonguyen", "https://portfolio.example/elo"]


def paper(*pages: str, picture: bool = False) -> bytes:
    """A PDF with these lines, a page each; a page without words is one picture. `picture`: a face on page one."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for at, line in enumerate(pages):
        canvas.drawString(72, 700, line)
        if not line:
            image = ImageReader(Image.new("RGB", (60, 80), (90, 120, 150)))
            canvas.drawImage(image, 30, 30, 500, 700)
        elif picture and not at:
            canvas.drawImage(ImageReader(Image.new("RGB", (60, 80))), 400, 650, 60, 80)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def attach(
    draft: Application, kind: str, content: bytes, *, pages: int = 1, slot: str = ""
) -> None:
    """A PDF of so many pages on the draft."""
    documents.upload(
        draft,
        kind,
        factories.upload_of(content),
        pages=pages,
        by=draft.applicant,
        at=timezone.now(),
        slot=slot,
    )


LONG = "Machine learning, statistics and algebra were the subjects of these years. "


def submitted(owner: Any, cycle: Cycle, **fields: Any) -> Submission:
    """A file whose letter and papers name the person, cleaned; not searched yet."""
    draft = factories.draft(owner, cycle)
    values = {
        "first_names": FIRST,
        "last_names": LAST,
        "phone": PHONE,
        "links": LINKS,
        "statement": f"Je m’appelle {FIRST}. Mon site: portfolio.example/elo",
        **fields,
    }
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save()
    transcript = next(row.slot for row in draft.documents.all() if row.slot != "cv")
    attach(draft, "cv", paper(f"{LONG} Elodie NGUYEN-TREMBLAY, 514 555-0199", picture=True))
    attach(
        draft,
        "transcript",
        paper("", f"{LONG} E. Tremblay / E. Tremblay", LONG),
        slot=transcript,
        pages=3,
    )
    factories.submit(draft)
    factories.check()
    return Submission.objects.get(application=draft)


def letter(application: Application, *lines: str) -> Any:
    """A letter of reference that came, cleaned."""
    row = factories.referee(application, at=timezone.now())
    came = factories.letter_from(row, paper(*lines))
    factories.check()
    return came


def scanned(owner: Any, cycle: Cycle, **fields: Any) -> Submission:
    """The same, searched."""
    submission = submitted(owner, cycle, **fields)
    scanning.scan(submission)
    return submission
