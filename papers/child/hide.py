"""A copy in which what is to be hidden is no more: such a page becomes its own picture, painted over.

Nothing is only covered. A page with something to hide is drawn, with black where the hidden stood, and the picture takes
its place; the page itself leaves the file, with all that it drew with. The other pages stay as they are, without links:
where a link leads may name somebody.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageDraw

from papers.child.clean import renew
from papers.child.photos import forget
from papers.child.weigh import forms_of

DOTS = 150 / 72  # pixels a point
LONGEST_SIDE = 3000  # pixels
QUALITY = 85
MARGIN = 1.5  # points around what is hidden
SHORTEST = 4  # letters of a word that is looked for in what a page draws with
DEEPEST = 20
NOTICE_SIZE = 14

Image.init()  # once, before the forks


def hide(
    path: str,
    out: str,
    *,
    boxes: dict[str, list[list[float]]],
    shares: dict[str, list[list[float]]],
    notices: dict[str, str],
    words: list[str],
) -> dict[str, Any]:
    """Write the copy. By page: `boxes` and `shares` to paint over, `notices` to put in its place; no page says any of `words`.

    A share is a part of the page as it is seen: left, top, right, bottom, from 0 to 1.
    """
    marks = [mark for word in words for mark in spellings(word)]
    with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as drawn:
        pages = [page.obj for page in pdf.pages]
        for number, page in enumerate(pages, 1):
            key = str(number)
            if key in notices:
                tell(pdf, page, notices[key])
            elif key in boxes or key in shares or says(page, marks):
                paint(pdf, page, drawn[number - 1], boxes.get(key, []), shares.get(key, []))
            else:
                unlink(page)
        pdf.remove_unreferenced_resources()
        forget_layers(pdf)
        forget(pdf)
        renew(pdf, pages)
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return {"pages": len(pages)}


def spellings(word: str) -> Iterator[bytes]:
    """A word as the insides of a PDF may write it, in small letters."""
    small = word.lower()
    if len(small) >= SHORTEST:
        for code in ("utf-8", "latin-1", "utf-16-be"):
            try:
                yield small.encode(code)
            except UnicodeEncodeError:
                continue


def says(page: Any, marks: list[bytes]) -> bool:
    """Whether what a page draws with says one of the words, seen or unseen."""
    return bool(marks) and any(mark in raw for raw in insides(page) for mark in marks)


def insides(one: Any, depth: int = 0) -> Iterator[bytes]:
    """What a page and the forms in it are drawn by, in small letters; their pictures, and what their texts carry."""
    parts = one if isinstance(one, Stream) else one.get("/Contents", Array())
    for part in parts if isinstance(parts, Array) else [parts]:
        if isinstance(part, Stream):
            try:
                yield part.read_bytes().lower()
            except pikepdf.PdfError:
                continue
    found = one.get("/Resources", Dictionary())
    if isinstance(found, Dictionary):
        yield from strings_of(found.get("/Properties", Dictionary()))
        yield from pictures_of(found.get("/XObject", Dictionary()))
    if depth < DEEPEST:
        for form in forms_of(one).values():
            yield from insides(form, depth + 1)


def pictures_of(drawn: Any) -> Iterator[bytes]:
    """The bytes of pictures, which may say who took them."""
    for one in drawn.values() if isinstance(drawn, Dictionary) else ():
        if isinstance(one, Stream) and one.get("/Subtype") == Name.Image:
            yield one.read_raw_bytes().lower()


def strings_of(thing: Any, depth: int = 0) -> Iterator[bytes]:
    """Every string below."""
    if isinstance(thing, pikepdf.String):
        yield bytes(thing).lower()
        yield str(thing).lower().encode("utf-8", "replace")
    elif isinstance(thing, Array | Dictionary) and depth < DEEPEST:
        below = list(thing) if isinstance(thing, Array) else [one for _key, one in thing.items()]
        for one in below:
            yield from strings_of(one, depth + 1)


def paint(
    pdf: Pdf, page: Any, drawn: Any, boxes: list[list[float]], shares: list[list[float]]
) -> None:
    """Let the page be its own picture, black where something is hidden."""
    for left, bottom, right, top in boxes:
        black = pdfium.FPDFPageObj_CreateNewRect(
            left - MARGIN,
            bottom - MARGIN,
            right - left + 2 * MARGIN,
            top - bottom + 2 * MARGIN,
        )
        pdfium.FPDFPageObj_SetFillColor(black, 0, 0, 0, 255)
        pdfium.FPDFPath_SetDrawMode(black, pdfium.FPDF_FILLMODE_WINDING, 0)
        pdfium.FPDFPage_InsertObject(drawn, black)
    width, height = drawn.get_size()
    scale = min(DOTS, LONGEST_SIDE / max(width, height))
    picture = seen(drawn, scale)
    for share in shares:
        ImageDraw.Draw(picture).rectangle(pixels(picture, share), fill="black")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    image = Stream(
        pdf,
        file.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    become(
        pdf, page, (width, height), f"{width} 0 0 {height} 0 0 cm /P Do", {"XObject": {"P": image}}
    )


def seen(drawn: Any, scale: float) -> Image.Image:
    """What a page looks like."""
    picture: Image.Image = drawn.render(
        scale=scale, draw_annots=False, may_draw_forms=False
    ).to_pil()
    return picture.convert("RGB")


def pixels(picture: Image.Image, share: list[float]) -> tuple[float, float, float, float]:
    """A share of a page, in the pixels of its picture."""
    left, top, right, bottom = share
    width, height = picture.size
    return (left * width, top * height, right * width, bottom * height)


def tell(pdf: Pdf, page: Any, notice: str) -> None:
    """Let a page as large as this one say in one line why it is not shown."""
    left, bottom, right, top = (float(side) for side in page.get("/MediaBox", [0, 0, 612, 792]))
    width, height = abs(right - left), abs(top - bottom)
    if int(page.get("/Rotate", 0)) % 180:
        width, height = height, width
    # Half an em a letter is a little more than what Helvetica takes.
    size = min(NOTICE_SIZE, width * 0.9 / max(1, len(notice) * 0.5))
    start = (width - len(notice) * size * 0.48) / 2
    text = notice.encode("cp1252", "replace").hex()
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        Encoding=Name.WinAnsiEncoding,
    )
    resources = {"Font": {"F": font}}
    lines = f"BT /F {size:.2f} Tf {start:.2f} {height / 2:.2f} Td <{text}> Tj ET"
    become(pdf, page, (width, height), lines, resources)


def become(
    pdf: Pdf, page: Any, size: tuple[float, float], lines: str, resources: dict[str, Any]
) -> None:
    """Let the page draw this and nothing else."""
    for key in list(page.keys()):
        del page[key]
    page.Type = Name.Page
    page.MediaBox = Array([0, 0, *map(float, size)])
    page.Resources = Dictionary({f"/{kind}": named(held) for kind, held in resources.items()})
    page.Contents = Stream(pdf, lines.encode())


def named(held: dict[str, Any]) -> Dictionary:
    """Resources under their names."""
    return Dictionary({f"/{name}": one for name, one in held.items()})


def unlink(page: Any) -> None:
    """Leave a page without its links to the web."""
    kept = [one for one in page.get("/Annots", Array()) if "/Dest" in one]
    if "/Annots" in page:
        del page.Annots
    if kept:
        page.Annots = Array(kept)


def forget_layers(pdf: Pdf) -> None:
    """Leave layers on and off as they are, without what somebody called them."""
    layers = pdf.Root.get("/OCProperties")
    for group in layers.get("/OCGs", Array()) if isinstance(layers, Dictionary) else ():
        if isinstance(group, Dictionary):
            group.Name = pikepdf.String("-")


def show(
    path: str, out: str, *, page: int, boxes: list[list[float]], shares: list[list[float]]
) -> dict[str, Any]:
    """Write a picture of one page to `out`, with a frame around what was found: for those who decide."""
    with pypdfium2.PdfDocument(path) as pdf:
        one = pdf[page - 1]
        for left, bottom, right, top in boxes:
            frame = pdfium.FPDFPageObj_CreateNewRect(
                left - MARGIN,
                bottom - MARGIN,
                right - left + 2 * MARGIN,
                top - bottom + 2 * MARGIN,
            )
            pdfium.FPDFPageObj_SetStrokeColor(frame, 200, 30, 60, 255)
            pdfium.FPDFPageObj_SetStrokeWidth(frame, 2)
            pdfium.FPDFPath_SetDrawMode(frame, pdfium.FPDF_FILLMODE_NONE, 1)
            pdfium.FPDFPage_InsertObject(one, frame)
        scale = min(1.6, 1400 / max(one.get_size()))
        picture = seen(one, scale)
        for share in shares:
            place = pixels(picture, share)
            ImageDraw.Draw(picture).rectangle(place, outline=(200, 30, 60), width=4)
        picture.save(out, "WEBP", quality=70)
    return {}
