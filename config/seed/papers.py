"""Small PDFs that open: a CV, a transcript, a diploma, written in plain letters."""

import io
from random import Random

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from config.seed.people import Applicant

COURSES = (
    ("MAT 101", "Calculus I"),
    ("MAT 102", "Linear algebra"),
    ("STA 201", "Probability and statistics"),
    ("CSC 101", "Programming I"),
    ("CSC 201", "Data structures"),
    ("CSC 305", "Algorithms"),
    ("CSC 320", "Databases"),
    ("CSC 401", "Machine learning"),
)
TITLES = {
    "cv": "Curriculum vitae",
    "transcript": "Transcript of records",
    "diploma": "Diploma",
    "reference": "Letter of reference",
}
LINES_A_PAGE = 40


def paper(kind: str, who: Applicant, dice: Random) -> SimpleUploadedFile:
    """A PDF of this kind, as a browser would send it, under a name like the ones people give."""
    write = {"cv": _cv, "transcript": _transcript, "diploma": _diploma, "reference": _reference}
    lines = write[kind](who, dice)
    name = f"{who.latin.split()[-1]}_{kind}.pdf"
    content = typeset([TITLES[kind], who.latin, "(fictional)", "", *lines])
    return SimpleUploadedFile(name, content, "application/pdf")


def pages_of(kind: str) -> int:
    """How many pages this kind has."""
    return {"cv": 2, "transcript": 2, "diploma": 1, "reference": 1}[kind]


def _cv(who: Applicant, dice: Random) -> list[str]:
    years = [
        f"20{year}: project {dice.randint(100, 999)}, Python and SQL" for year in range(19, 26)
    ]
    return ["Experience", *years, *[""] * (LINES_A_PAGE - 12), "Interests", "Rivers, chess, bread"]


def _transcript(who: Applicant, dice: Random) -> list[str]:
    share = float(who.average) / float(who.highest)
    rows = []
    for year in (1, 2, 3):
        rows.append(f"Year {year}")
        for code, title in COURSES:
            grade = min(1.0, max(0.5, share + dice.uniform(-0.08, 0.08))) * float(who.highest)
            rows.append(f"   {code}   {title:<32} {grade:6.2f} / {who.highest}")
        rows += [""] * 5
    return [*rows, f"Average: {who.average} on {who.highest}"]


def _diploma(who: Applicant, dice: Random) -> list[str]:
    return [f"Conferred in 20{dice.randint(19, 25)}", f"No. {dice.randint(10_000, 99_999)}"]


def _reference(who: Applicant, dice: Random) -> list[str]:
    years = dice.randint(2, 5)
    return [
        f"I have known {who.latin} for {years} years.",
        f"In a class of {dice.randint(30, 120)}, among the best {dice.randint(3, 15)}.",
        "Curious, careful with evidence, generous with others.",
        "I recommend this person without reserve.",
    ]


def typeset(lines: list[str]) -> bytes:
    """The lines in Courier on letter-size pages, forty a page; the same lines give the same bytes."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
        )
    )
    for start in range(0, len(lines), LINES_A_PAGE):
        page = document.add_blank_page(page_size=(612, 792))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = document.make_stream(_drawn(lines[start : start + LINES_A_PAGE]))
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def _drawn(lines: list[str]) -> bytes:
    """The drawing of a page's lines."""
    escaped = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
    shown = "\n".join(f"({line}) Tj T*" for line in escaped)
    return f"BT /F1 11 Tf 16 TL 60 720 Td\n{shown}\nET".encode("ascii", "replace")
