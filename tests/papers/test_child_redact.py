"""A copy in which what is hidden is no more: not in its text, not in its bytes, not in what it knows of itself."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import img2pdf
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from papers.child.photos import without_notes
from papers.pdf import inspector
from papers.redacting import Page, Unreadable, hide, picture, placed, read

Draw = Callable[[Canvas], Any]


def written(path: Path, *pages: Draw) -> Path:
    """A PDF whose pages are drawn by these."""
    canvas = Canvas(str(path), pagesize=A4)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def says(*lines: str) -> Draw:
    """A page with these lines."""
    return lambda canvas: [
        canvas.drawString(72, 700 - 20 * at, line) for at, line in enumerate(lines)
    ]


def square(side: int = 60) -> ImageReader:
    """A picture."""
    return ImageReader(Image.new("RGB", (side, side), (200, 100, 50)))


def text_of(path: Path) -> str:
    """What a reader of PDFs finds in it."""
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def bytes_of(path: Path) -> bytes:
    """Everything in it, unpacked: each stream, each string, and the file as it is."""
    parts = [path.read_bytes()]
    with pikepdf.open(path) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                try:
                    parts.append(one.read_bytes())
                except pikepdf.PdfError:
                    parts.append(one.read_raw_bytes())
            parts.append(one.unparse(resolved=True))
    return b"\n".join(parts).lower()


def hidden(path: Path, *words: str, notices: dict[int, str] | None = None) -> Path:
    """A copy without these words."""
    spans = {}
    for number, page in enumerate(read(path), 1):
        found = [(page.text.index(word), word) for word in words if word in page.text]
        if found:
            spans[number] = [(at, at + len(word)) for at, word in found]
    boxes = {
        page: [box for piece in pieces for box in piece]
        for page, pieces in placed(path, spans).items()
    }
    out = path.with_name("out.pdf")
    hide(path, out, boxes=boxes, notices=notices or {}, words=words)
    return out


def test_a_page_is_read_with_its_words_and_pictures(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Amina Benali")
        canvas.drawImage(square(), 400, 650, 80, 100)

    path = written(tmp_path / "a.pdf", draw, lambda canvas: None)
    first, blank = read(path)
    assert first.text.startswith("Amina Benali")
    assert first.pictures == [(400, 650, 480, 750)]
    assert (first.whole, first.drawn, round(first.width)) == (True, 2, 595)
    assert (blank.text, blank.drawn) == ("", 0)


def test_a_picture_inside_a_form_stands_where_the_page_shows_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.drawImage(square(), 0, 0, 50, 50)
        canvas.endForm()
        canvas.translate(100, 200)
        canvas.scale(2, 2)
        canvas.doForm("inner")

    (page,) = read(written(tmp_path / "a.pdf", draw))
    assert page.pictures == [(100, 200, 200, 300)]


def test_the_words_are_gone_and_the_others_stay(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.pdf",
        says("Amina Benali", "Grades: 15.20"),
        says("Nothing about anybody"),
    )
    out = hidden(path, "Amina Benali")
    assert "Nothing about anybody" in text_of(out)
    assert "Grades" not in text_of(out)  # its page is a picture now
    assert b"amina" not in bytes_of(out)
    assert b"benali" not in bytes_of(out)
    with pypdfium2.PdfDocument(out) as pdf:
        assert [round(side) for page in pdf for side in page.get_size()] == [595, 842] * 2


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_black_is_where_the_words_were(tmp_path: Path, turned: int) -> None:
    path = written(tmp_path / "a.pdf", says("Amina"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(turned, relative=False)
        pdf.pages[0].cropbox = Array([20, 30, 500, 800])
        pdf.save(path)
    with pypdfium2.PdfDocument(path) as pdf:
        before = pdf[0].render(scale=1).to_pil().convert("L")
    with pypdfium2.PdfDocument(hidden(path, "Amina")) as pdf:
        after = pdf[0].render(scale=1).to_pil().convert("L")
    assert before.size == after.size
    ink = before.point(lambda value: 255 if value < 128 else 0).getbbox()
    black = after.point(lambda value: 255 if value < 60 else 0).getbbox()
    assert ink is not None
    assert black is not None
    left, top, right, bottom = black
    assert left <= ink[0] <= ink[2] <= right
    assert top <= ink[1] <= ink[3] <= bottom
    assert (right - left) * (bottom - top) < 60 * 60
    # Wholly black: nothing of the letters can be told apart.
    inside = after.crop((left + 2, top + 2, right - 2, bottom - 2))
    assert inside.getextrema()[1] < 60


def test_what_only_a_hidden_page_drew_leaves_the_file(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", says("Amina"), says("Other"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        # Both pages share their resources, as many programs write them: a picture too, that page one alone draws.
        photo = pdf.make_stream(
            b"FACE" * 300,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=20,
            Height=20,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB,
        )
        shared = pdf.make_indirect(
            Dictionary(Font=pdf.pages[0].Resources.Font, XObject=Dictionary(Im=photo))
        )
        for page in pdf.pages:
            page.Resources = shared
        pdf.pages[0].contents_add(b"q 50 0 0 50 300 300 cm /Im Do Q")
        pdf.save(path)
    assert b"facefaceface" not in bytes_of(hidden(path, "Amina"))


def test_words_that_nobody_sees_are_gone_too(tmp_path: Path) -> None:
    """In the text that a page says it stands for, in links, in layers' names, in what the file says of itself."""
    path = written(tmp_path / "a.pdf", says("Amina"), says("Two"), says("Three"), says("Four"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        two, three, four = pdf.pages[1], pdf.pages[2], pdf.pages[3]
        two.contents_add(b"/Span <</ActualText (Amina)>> BDC EMC")
        three.Resources.Properties = Dictionary(
            P=Dictionary(ActualText=pikepdf.String("Ámina Amina"))
        )
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=[0, 0, 9, 9],
            A=Dictionary(S=Name.URI, URI=pikepdf.String("https://x.example/amina")),
        )
        inner = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=[two.obj, Name.Fit]
        )
        four.Annots = Array([link, inner])
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Amina"))
        pdf.Root.OCProperties = Dictionary(OCGs=[group], D=Dictionary(Order=[group]))
        pdf.docinfo["/Author"] = "Amina"
        with pdf.open_metadata() as meta:
            meta["dc:title"] = "Amina"
        pdf.save(path)
    out = hidden(path, "Amina")
    assert b"amina" not in bytes_of(out)
    assert "Amina".encode("utf-16-be").lower() not in bytes_of(out)
    assert "Four" in text_of(out)
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages[3].Annots) == 1
        assert "/Info" not in pdf.trailer


def test_photographs_forget_who_took_them(tmp_path: Path) -> None:
    """The camera's notes leave; a picture of a format that we do not take apart becomes a part of its page."""
    photo = Image.new("RGB", (60, 60), (200, 100, 50))
    notes = Image.Exif()
    notes[0x013B] = "Owner of the camera"
    file = io.BytesIO()
    photo.save(file, "JPEG", exif=notes, comment=b"At home")
    jpeg = file.getvalue()
    assert b"Owner" in jpeg
    plain = without_notes(jpeg)
    assert b"Owner" not in plain
    assert b"At home" not in plain
    with Image.open(io.BytesIO(plain)) as same, Image.open(io.BytesIO(jpeg)) as before:
        assert same.tobytes() == before.tobytes()
    path = tmp_path / "a.pdf"
    path.write_bytes(img2pdf.convert(jpeg, jpeg))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].Contents = pdf.make_stream(pdf.pages[1].Contents.read_bytes())
        old = pdf.make_stream(b"\0" * 99 + b" by Amina", Filter=Name.JPXDecode)
        old.Type, old.Subtype, old.Width, old.Height = Name.XObject, Name.Image, 60, 60
        old.BitsPerComponent, old.ColorSpace = 8, Name.DeviceRGB
        pdf.pages[1].Resources = Dictionary(XObject=Dictionary(Im0=old))
        pdf.save(path)
    out = tmp_path / "out.pdf"
    hide(path, out, boxes={}, notices={}, words=["Amina"])
    assert b"owner" not in bytes_of(out)
    assert b"amina" not in bytes_of(out)
    with pikepdf.open(out) as pdf:
        assert "/P" in pdf.pages[1].Resources.XObject


@pytest.mark.parametrize(
    "photo",
    [b"", b"GIF", b"\xff\xd8", b"\xff\xd8\xff\xff\xd0\xff\xe1\x00", b"\xff\xd8\xff\xd0\xff\xda.."],
)
def test_what_is_no_photograph_stays(photo: bytes) -> None:
    assert without_notes(photo) in (photo, photo.replace(b"\xff\xff", b"\xff"))


def test_a_notice_takes_the_place_of_a_page(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", says("Amina"), says("Two"))
    out = hidden(path, notices={1: "Page à voir · Page to see"})
    assert "Page à voir · Page to see" in text_of(out)
    assert b"amina" not in bytes_of(out)
    assert "Two" in text_of(out)


def test_short_words_do_not_make_pictures_of_every_page(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", says("To be or not"))
    out = path.with_name("out.pdf")
    hide(path, out, boxes={}, notices={}, words=["be", "王小", "Amina"])
    assert "To be or not" in text_of(out)


def test_lines_are_rectangles_of_their_own(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", says("one two", "three"))
    text = read(path)[0].text
    start, end = text.index("two"), text.index("three") + 5
    ((piece,),) = placed(path, {1: [(start, end)]}).values()
    assert len(piece) == 2
    assert placed(path, {}) == {}


def test_a_picture_for_those_who_decide(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", says("Amina"))
    plain, framed = (picture(path, page=1, boxes=boxes) for boxes in ([], [(72, 690, 120, 715)]))
    with Image.open(io.BytesIO(framed)) as shown:
        assert (shown.format, max(shown.size)) == ("WEBP", 1348)
    assert plain != framed
    with pytest.raises(Unreadable):
        picture(path, page=9, boxes=[])


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    out = tmp_path / "out.pdf"
    with pytest.raises(Unreadable):
        read(path)
    with pytest.raises(Unreadable):
        hide(path, out, boxes={}, notices={}, words=[])
    assert not out.exists()


@pytest.mark.parametrize(
    "told",
    [
        "nothing",
        "{}",
        "[]",
        "[1]",
        '[{"text": "x"}]',
        '[{"text": "x", "size": [1, NaN], "pictures": [], "drawn": 1, "whole": true}]',
        '[{"text": "x", "size": [1], "pictures": [], "drawn": 1, "whole": true}]',
        '[{"text": "x", "size": [1, 1], "pictures": [[1]], "drawn": 1, "whole": true}]',
    ],
)
def test_an_answer_that_is_not_as_agreed_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    class Liar:
        def ask(self, path: str, seconds: float, *, do: str, out: str, **more: Any) -> Any:
            Path(out).write_text(told)
            return type("Verdict", (), {"problem": "", "pages": 1})

    monkeypatch.setattr("papers.redacting.inspector", Liar)
    with pytest.raises(Unreadable):
        read(tmp_path / "a.pdf")
    with pytest.raises(Unreadable):
        placed(tmp_path / "a.pdf", {1: [(0, 1)]})


def test_a_huge_page_is_drawn_small(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(14_400, 14_400))
        pdf.save(path)
    out = tmp_path / "out.pdf"
    hide(path, out, boxes={1: [(0, 0, 10, 10)]}, notices={}, words=[])
    with pikepdf.open(out) as pdf:
        assert pdf.pages[0].Resources.XObject.P.Width == 3000


def test_an_honest_file_may_be_read_by_many(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", says("x" * 60))
    assert [type(page) for page in read(path)] == [Page]
    assert inspector().ask(str(path)).pages == 1
    assert zlib.crc32(path.read_bytes())
