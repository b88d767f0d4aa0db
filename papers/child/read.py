"""The words of each page, where they stand, and the pictures beside them: for those who must find a name.

What is found goes into a file as JSON: an answer of the child is short. Lengths are in points, from the corner that the
page itself counts from; a rectangle is left, bottom, right, top.
"""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MOST_SIGNS = 30_000  # of one page: a dense one has 8,000
MOST_PICTURES = 300  # of one page
DEEPEST = 6  # drawings inside drawings
Box = tuple[float, float, float, float]


def read(path: str, out: str) -> dict[str, Any]:
    """Write what each page says and shows to `out`."""
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [told(page) for page in pdf]
    Path(out).write_text(json.dumps(pages))
    return {"pages": len(pages)}


def told(page: Any) -> dict[str, Any]:
    """The text of a page, sign by sign; where its pictures stand; how many things it draws; whether that is all."""
    words = page.get_textpage()
    count = words.count_chars()
    found = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST)
    pictures = [box_of(one) for one in islice(found, MOST_PICTURES)]
    return {
        "text": "".join(sign(words, index) for index in range(min(count, MOST_SIGNS))),
        "whole": count <= MOST_SIGNS and len(pictures) < MOST_PICTURES,
        "size": list(page.get_size()),
        "drawn": pdfium.FPDFPage_CountObjects(page),
        "pictures": pictures,
    }


def sign(words: Any, index: int) -> str:
    """One sign of the text: always one, so that its place stays its number."""
    code = pdfium.FPDFText_GetUnicode(words, index)
    half = 0xD800 <= code <= 0xDFFF
    return "\ufffd" if half or not 0 < code < 0x110000 else chr(code)


def box_of(thing: Any) -> Box:
    """Where something drawn stands on the page, through all the drawings that hold it."""
    box, holder = thing.get_bounds(), thing.container
    while holder is not None:
        box, holder = holder.get_matrix().on_rect(*box), holder.container
    left, bottom, right, top = map(float, box)
    return (left, bottom, right, top)


def place(path: str, out: str, spans: dict[str, list[list[int]]]) -> dict[str, Any]:
    """Write the rectangles of pieces of text to `out`: for each page, for each piece, a line at a time."""
    with pypdfium2.PdfDocument(path) as pdf:
        found = {}
        for page, wanted in spans.items():
            words = pdf[int(page) - 1].get_textpage()
            most = words.count_chars()
            found[page] = [list(lines(boxes(words, a, min(b, most)))) for a, b in wanted]
        pages = len(pdf)
    Path(out).write_text(json.dumps(found))
    return {"pages": pages}


def boxes(words: Any, start: int, end: int) -> Iterator[Box]:
    """Where each sign stands; those that the reader itself put between words stand nowhere."""
    for index in range(start, end):
        if pdfium.FPDFText_IsGenerated(words, index) != 1:
            tight, loose = words.get_charbox(index), words.get_charbox(index, loose=True)
            yield around(tight, loose)


def around(one: Box, other: Box) -> Box:
    """The rectangle that holds both."""
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def lines(signs: Iterator[Box]) -> Iterator[Box]:
    """Signs that stand beside each other as one rectangle."""
    line: Box | None = None
    for one in signs:
        if line is None:
            line = one
        elif beside(line, one):
            line = around(line, one)
        else:
            yield line
            line = one
    if line is not None:
        yield line


def beside(line: Box, one: Box) -> bool:
    """Whether a sign goes on with a line, written across or upwards."""
    across = min(line[3], one[3]) - max(line[1], one[1])
    along = min(line[2], one[2]) - max(line[0], one[0])
    high, wide = one[3] - one[1], one[2] - one[0]
    near = 3 * max(high, wide, 1)
    return (across > high / 2 and along > -near) or (along > wide / 2 and across > -near)
