"""Two hundred sound files as people have them: many programs, versions, scripts, scans, forms, signatures.

Each is its name, its bytes and how many pages it has. All must be accepted, and the cleaned copy must have as many.
"""

import io
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import Any

import fpdf
import img2pdf
import pikepdf
import pypdf
import typst
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf
from PIL import Image, ImageDraw
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from reportlab.lib.pagesizes import A0, A4, LETTER, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.journeys.browser import chromium
from tests.papers.certificate import signer

Honest = tuple[str, bytes, int]
WORDS = {
    "french": "Relevé de notes — « très bien », 15,20 sur 20, œuvre, Noël",
    "chinese": "成绩单 机器学习 平均分 九十一",
    "japanese": "成績証明書 機械学習 ひらがな カタカナ",
    "korean": "성적증명서 기계학습",
    "arabic": "كشف الدرجات في تعلم الآلة",
    "persian": "ریزنمرات یادگیری ماشین",
    "hebrew": "גיליון ציונים",
    "hindi": "अंक तालिका मशीन लर्निंग",
    "thai": "ใบแสดงผลการเรียน",
    "greek": "Αναλυτική βαθμολογία",
    "russian": "Выписка оценок, машинное обучение",
    "vietnamese": "Bảng điểm học tập",
    "amharic": "የትምህርት ማስረጃ",
    "emoji": "🎓 Diplôme 👩🏽‍🔬 🇨🇦 ✅",
}


def saved(pdf: Pdf, **options: Any) -> bytes:
    """The bytes of a pikepdf document."""
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


# Programs that write --------------------------------------------------------------------------------
def by_reportlab() -> Iterator[Honest]:
    """Canvas pages of several sizes, drawings, links, outlines, East Asian fonts."""
    sizes = {
        "a4": A4,
        "letter": LETTER,
        "wide": landscape(A4),
        "poster": A0,
        "card": (240, 150),
        "strip": (200, 2000),
    }
    for (name, size), pages, packed in product(sizes.items(), (1, 2, 7), (0, 1)):
        yield (
            f"reportlab {name} {pages} {packed}",
            drawn(size, pages, pageCompression=packed),
            pages,
        )
    for font, language in (
        ("HeiseiMin-W3", "japanese"),
        ("STSong-Light", "chinese"),
        ("HYSMyeongJo-Medium", "korean"),
    ):
        pdfmetrics.registerFont(UnicodeCIDFont(font))
        yield f"reportlab {language}", drawn(A4, 1, font=font, text=WORDS[language]), 1
    yield "reportlab with a form", with_fields(), 1
    yield (
        "reportlab for printing only",
        drawn(A4, 2, encrypt=StandardEncryption("", "office", canCopy=0)),
        2,
    )


def drawn(
    size: tuple[float, float],
    pages: int,
    *,
    font: str = "Times-Roman",
    text: str = "",
    **options: Any,
) -> bytes:
    """Pages with a heading, a link, a bookmark and a curve."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, **options)
    for number in range(pages):
        canvas.setFont(font, 14)
        canvas.drawString(40, size[1] - 60, text or f"Page {number + 1}, curriculum vitae")
        canvas.linkURL("https://example.org/me", (40, 40, 200, 60))
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"Part {number}", f"p{number}")
        canvas.bezier(10, 10, 80, 90, 120, 10, 200, 100)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache  # the writer keeps something between two forms
def with_fields() -> bytes:
    """A form with a text, a box and a choice, filled."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.acroForm.textfield(name="name", value="Amina Benali", x=50, y=700, width=200, height=20)
    canvas.acroForm.checkbox(name="true", checked=True, x=50, y=660)
    canvas.acroForm.choice(
        name="term", value="Fall", options=["Fall", "Winter"], x=50, y=620, width=100, height=20
    )
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def by_fpdf() -> Iterator[Honest]:
    """Tables and pictures of another writer."""
    for orientation, pages in product(("P", "L"), (1, 2, 3, 12, 30)):
        yield f"fpdf {orientation} {pages}", table(orientation, pages), pages
    yield "fpdf with a picture", table("P", 2, picture=scan("RGB", 400, 300, "JPEG")), 2
    yield "fpdf with a clear picture", table("P", 1, picture=scan("RGBA", 300, 300, "PNG")), 1


def table(orientation: str, pages: int, picture: bytes = b"") -> bytes:
    """Rows of a transcript."""
    document = fpdf.FPDF(orientation)
    document.set_font("Helvetica", size=11)
    for _page in range(pages):
        document.add_page()
        with document.table() as rows:
            for code in ("MAT 101", "STA 201", "CSC 301"):
                rows.row((code, "Course", "15.20"))
        if picture:
            document.image(io.BytesIO(picture), w=80)
    return bytes(document.output())


def by_typst() -> Iterator[Honest]:
    """Tagged documents, PDF/A, one for each script."""
    for name, words in WORDS.items():
        source = f'#set document(title: "x")\n= {words}\n#pagebreak()\n{words}'
        yield f"typst {name}", typst.compile(source.encode(), format="pdf"), 2
    for standard in (
        "1.4",
        "1.5",
        "1.6",
        "1.7",
        "2.0",
        "a-1b",
        "a-2b",
        "a-2u",
        "a-3b",
        "a-4",
        "ua-1",
    ):
        source = '#set document(title: "CV")\n#set text(lang: "fr")\n= CV\n$ x^2 $\n#table(columns: 2)[a][b]'
        if standard != "ua-1":
            source = source.replace("$ x^2 $", "")
        else:
            source = '#set document(title: "CV")\n= CV\nBonjour.'
        content = typst.compile(source.encode(), format="pdf", pdf_standards=standard)
        yield f"typst {standard}", content, 1


PRINTED = (
    "<!doctype html><meta charset=utf-8><title>CV</title><style>h1{{break-before:page}}</style>{}"
)


def by_chromium() -> Iterator[Honest]:
    """What Print, then Save as PDF makes of pages in every script."""
    with chromium() as browser:
        page = browser.new_page()
        for name, words in WORDS.items():
            page.set_content(
                PRINTED.format(f"<p>{words}<h1>{words}</h1><a href='https://x.org'>x</a>")
            )
            yield f"chromium {name}", page.pdf(format="A4", print_background=True), 2
        page.set_content(PRINTED.format("<h1>Letter</h1>" * 12))
        for options in ({"landscape": True}, {"scale": 0.5}, {"tagged": True}, {"outline": True}):
            content = page.pdf(format="Letter", **options)  # type: ignore[arg-type]
            yield (
                f"chromium {next(iter(options))}",
                content,
                len(pypdf.PdfReader(io.BytesIO(content)).pages),
            )


# Scans --------------------------------------------------------------------------------------------
def scan(mode: str, width: int, height: int, kind: str, **options: Any) -> bytes:
    """A sheet with some ink on it."""
    sheet = Image.new(mode, (width, height), "white")
    pen = ImageDraw.Draw(sheet)
    for at in range(0, height, max(20, height // 60)):
        pen.line(
            (width // 10, at, width - width // 10, at + at % 7),
            fill=0 if mode != "RGBA" else "navy",
        )
    out = io.BytesIO()
    sheet.save(out, kind, **options)
    return out.getvalue()


def by_scanner() -> Iterator[Honest]:
    """Pictures put into PDFs as they are, 1 bit to 16 million colours, up to 300 dots an inch."""
    kinds = {"JPEG": ("RGB", "L", "CMYK"), "PNG": ("RGB", "L", "1", "P"), "TIFF": ("RGB", "L", "1")}
    sheets = {"thumb": (300, 400), "fax": (827, 1169), "a5": (1240, 1748)}
    for kind, modes in kinds.items():
        for mode, (name, (width, height)) in product(modes, sheets.items()):
            content = scan(mode, width, height, kind)
            yield f"scan {kind} {mode} {name}", img2pdf.convert(content), 1
    a4 = scan("RGB", 2480, 3508, "JPEG", dpi=(300, 300), quality=60)
    yield "scan at 300 dpi", img2pdf.convert(a4), 1
    yield "scan of ten sheets", img2pdf.convert([a4] * 10), 10
    yield "scan in JPEG 2000", img2pdf.convert(scan("RGB", 600, 800, "JPEG2000")), 1
    yield (
        "scan that grows as it loads",
        img2pdf.convert(scan("RGB", 600, 800, "JPEG", progressive=True)),
        1,
    )
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PDF", resolution=100)
    yield "pillow", out.getvalue(), 1


# What programs do to files afterwards ----------------------------------------------------------------
def by_pikepdf() -> Iterator[Honest]:
    """Versions, compression, protection without a password to open, turned and enlarged pages."""
    source = drawn(A4, 3)
    for version, mode, linear in product(
        ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.0"),
        ObjectStreamMode.__members__.values(),
        (False, True),
    ):
        if mode == ObjectStreamMode.generate and version < "1.5":
            continue
        with pikepdf.open(io.BytesIO(source)) as pdf:
            options = {"force_version": version, "object_stream_mode": mode, "linearize": linear}
            yield f"pikepdf {version} {mode.name} {linear}", saved(pdf, **options), 3
    for revision in (2, 3, 4, 6):
        with pikepdf.open(io.BytesIO(source)) as pdf:
            how = pikepdf.Encryption(
                owner="office", user="", R=revision, aes=revision > 3, metadata=revision > 3
            )  # type: ignore[arg-type]
            yield f"protected without a password {revision}", saved(pdf, encryption=how), 3
    for name, change in CHANGES.items():
        with pikepdf.open(io.BytesIO(source)) as pdf:
            change(pdf)
            yield name, saved(pdf), len(pdf.pages)


def attach(pdf: Pdf) -> None:
    """A file of the kind that office programs leave inside."""
    pdf.attachments["notes.txt"] = b"See page two."


def annotate(pdf: Pdf) -> None:
    """A note, as a reader's program adds it."""
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 20, 20], Contents="Bravo !")
    pdf.pages[0].Annots = [pdf.make_indirect(note)]


def shift(pdf: Pdf) -> None:
    """A sheet whose corner is elsewhere, cut to a part."""
    pdf.pages[0].mediabox = Array([-300, -400, 295, 442])
    pdf.pages[0].cropbox = Array([-200, -300, 200, 300])


def inherit(pdf: Pdf) -> None:
    """Pages that take box and turn from their tree."""
    pdf.Root.Pages.MediaBox, pdf.Root.Pages.Rotate = [0, 0, 595, 842], 90
    for page in pdf.pages:
        del page.MediaBox


def name_layers(pdf: Pdf) -> None:
    """Layers of a drawing program."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Fond"))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(Order=[layer], ON=[layer]))
    pdf.pages[0].Resources.Properties = Dictionary(MC0=layer)


CHANGES: dict[str, Callable[[Pdf], object]] = {
    "with an attached file": attach,
    "with a note": annotate,
    "with another corner": shift,
    "with inherited boxes": inherit,
    "with layers": name_layers,
    "turned to the right": lambda pdf: pdf.pages[0].rotate(90, relative=False),
    "upside down": lambda pdf: pdf.pages[0].rotate(180, relative=False),
    "turned to the left": lambda pdf: pdf.pages[0].rotate(-90, relative=False),
    "one page less": lambda pdf: pdf.pages.__delitem__(1),
    "without a description": lambda pdf: pdf.trailer.__delitem__("/Info"),
    "with larger units": lambda pdf: pdf.pages[0].obj.__setitem__("/UserUnit", 2),
    "with a page mode": lambda pdf: pdf.Root.__setitem__("/PageMode", Name.UseOutlines),
}


def by_pypdf() -> Iterator[Honest]:
    """Merged, updated at the end, filled and protected by another program."""
    one, two = drawn(A4, 2), drawn(LETTER, 3)
    writer = pypdf.PdfWriter()
    for part in (one, two, one):
        writer.append(io.BytesIO(part))
    yield "pypdf merged", written(writer), 7
    for algorithm in ("RC4-40", "RC4-128", "AES-128", "AES-256"):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(one))
        writer.encrypt("", "office", algorithm=algorithm)
        yield f"pypdf protected {algorithm}", written(writer), 2
    for update in (False, True):
        writer = pypdf.PdfWriter(io.BytesIO(with_fields()), incremental=update)
        writer.update_page_form_field_values(writer.pages[0], {"name": "Bruno Côté"})
        yield f"pypdf filled {update}", written(writer), 1
    for turn in (90, 180, 270):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(two))
        writer.pages[0].rotate(turn)
        writer.add_metadata({"/Author": "Ünïcødé"})
        yield f"pypdf turned {turn}", written(writer), 3


def written(writer: pypdf.PdfWriter) -> bytes:
    """The bytes of a pypdf document."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def by_pyhanko() -> Iterator[Honest]:
    """Signed diplomas: with and without a picture of the signature, and approved twice."""
    key = signer()
    once = signed(drawn(A4, 1), key, "Dean")
    yield "signed", once, 1
    yield "signed twice", signed(once, key, "Registrar"), 1
    yield "signed where it shows", signed(drawn(A4, 2), key, "Dean", box=(300, 40, 500, 120)), 2


def signed(content: bytes, key: signers.SimpleSigner, field: str, box: Any = None) -> bytes:
    """The same with a signature in an update at its end."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    fields.append_signature_field(writer, fields.SigFieldSpec(field, box=box))
    how = signers.PdfSignatureMetadata(field_name=field)
    return bytes(signers.sign_pdf(writer, how, signer=key).getvalue())


def large() -> Iterator[Honest]:
    """As many pages and as many bytes as are allowed."""
    yield "two hundred pages", drawn(A4, 200), 200
    sheets = [Image.effect_noise((1600, 1200), 90) for _sheet in range(2)]
    files = []
    for sheet in sheets:
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=95)
        files.append(out.getvalue())
    document = img2pdf.convert(files)
    document = img2pdf.convert((files * 9)[: 9_900_000 * 2 // len(document)])
    yield "nine megabytes", document, (9_900_000 * 2) // len(img2pdf.convert(files))


WRITERS = (
    *(by_reportlab, by_fpdf, by_typst, by_chromium, by_scanner, by_pikepdf, by_pypdf),
    *(by_pyhanko, large),
)


def corpus() -> list[Honest]:
    """All of them."""
    return [one for write in WRITERS for one in write()]
