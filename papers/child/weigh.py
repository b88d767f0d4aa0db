"""How much a reader's program would have to do to show a file: small files can ask for hours."""

import re
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, DataDecodingError, Dictionary, Name, Pdf, PdfError, Stream

MOST_PIXELS = 400_000_000  # an A0 poster at 300 dots an inch has 140 million
MOST_BYTES = 256 * 1024 * 1024  # of one stream, unpacked
MOST_PACKING = 1032  # what Deflate can make of one byte; LZW makes less
MOST_DRAWN = 50_000  # forms and pictures on one page, those inside others counted each time
CHUNK = 1024 * 1024
DRAWS = re.compile(rb"/([^\s/<>\[\]()%{}]+)\s+Do\b")
FLATE = {"/FlateDecode", "/Fl"}
PACKS = FLATE | {"/LZWDecode", "/LZW"}


def is_bomb(pdf: Pdf) -> bool:
    """Whether a picture, a stream or a page asks for more than any honest document."""
    streams = [one for one in pdf.objects if isinstance(one, Stream)]
    if any(pixels_of(one) > MOST_PIXELS or swells(one) for one in streams):
        return True
    known: dict[tuple[int, int], int] = {}
    return any(drawn(page.obj, known, ()) > MOST_DRAWN for page in pdf.pages)


def pixels_of(stream: Stream) -> int:
    """Of a picture; a negative side counts as none."""
    sides = stream.get("/Width", 0), stream.get("/Height", 0)
    width, height = (side if isinstance(side, int) else 0 for side in sides)
    return width * height


def swells(stream: Stream) -> bool:
    """Whether it unpacks to more than anybody needs."""
    filters = stream.get("/Filter", Array())
    names = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]
    packings = [name for name in names if name in PACKS]
    if not packings:
        return False
    packed = stream.read_raw_bytes()
    if len(packed) * MOST_PACKING ** len(packings) <= MOST_BYTES:
        return False
    if len(packings) == 1 and names[0] in FLATE:
        return unpacks_to_more_than(packed, MOST_BYTES)
    # Packed twice, as few programs do: it has to fit into the memory of this process.
    try:
        return len(stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)) > MOST_BYTES
    except DataDecodingError:
        return True
    except PdfError:  # a picture inside, which has been measured by its sides
        return False


def unpacks_to_more_than(packed: bytes, most: int) -> bool:
    """Unpack piece by piece, keeping nothing; damaged data ends where it is damaged."""
    machine, size = zlib.decompressobj(), 0
    try:
        while packed and size <= most and not machine.eof:
            size += len(machine.decompress(packed, CHUNK))
            packed = machine.unconsumed_tail
    except zlib.error:
        return False
    return size > most


def drawn(one: Any, known: dict[tuple[int, int], int], above: tuple[tuple[int, int], ...]) -> int:
    """How many things are drawn by a page or a form; one that draws itself counts as too many."""
    if one.objgen in known:
        return known[one.objgen]
    if one.objgen in above:
        return MOST_DRAWN + 1
    forms = forms_of(one)
    total = 1
    if forms:
        calls = DRAWS.findall(content_of(one))
        for name in calls:
            if form := forms.get("/" + name.decode("latin-1")):
                total += drawn(form, known, (*above, one.objgen))
            if total > MOST_DRAWN:
                break
    known[one.objgen] = total
    return total


def forms_of(one: Any) -> dict[str, Stream]:
    """The forms that a page or a form may draw, by name."""
    found = one.get("/Resources", Dictionary())
    found = found.get("/XObject", Dictionary()) if isinstance(found, Dictionary) else found
    if not isinstance(found, Dictionary):
        return {}
    return {
        name: form
        for name, form in found.items()
        if isinstance(form, Stream) and form.get("/Subtype") == Name.Form
    }


def content_of(one: Any) -> bytes:
    """What a page or a form draws, unpacked; what is damaged draws nothing."""
    parts = one if isinstance(one, Stream) else one.get("/Contents", Array())
    try:
        return b"\n".join(
            part.read_bytes() for part in (parts if isinstance(parts, Array) else [parts])
        )
    except (PdfError, AttributeError):
        return b""
