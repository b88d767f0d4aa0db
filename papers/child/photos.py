"""Photographs without what the camera and its owner wrote into them: who, where, when, with which device."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Name, Pdf, Stream

START, SCAN = b"\xff\xd8", 0xDA
# Segments that hold notes: Exif, XMP, Photoshop, comments, and what programs add. What tells the colours stays.
NOTES = {0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE}
ALONE = {0x01, *range(0xD0, 0xD8)}


def forget(pdf: Pdf) -> None:
    """Take the notes out of every photograph of a document."""
    for one in pdf.objects:
        if isinstance(one, Stream) and one.get("/Filter") == Name.DCTDecode:
            raw = one.read_raw_bytes()
            plain = without_notes(raw)
            if plain != raw:
                told: Any = one.get("/DecodeParms")
                one.write(plain, filter=Name.DCTDecode, decode_parms=told)


def without_notes(photo: bytes) -> bytes:
    """A JPEG without its notes; what is none, or is damaged, as it is."""
    return START + b"".join(kept(photo)) if photo.startswith(START) else photo


def kept(photo: bytes) -> Iterator[bytes]:
    """The segments up to the picture itself, without notes; then the rest."""
    at = len(START)
    while at + 4 <= len(photo) and photo[at] == 0xFF and photo[at + 1] != SCAN:
        mark = photo[at + 1]
        size = 2 if mark in ALONE else 2 + int.from_bytes(photo[at + 2 : at + 4], "big")
        if mark == 0xFF:  # only fills
            size = 1
        elif mark not in NOTES:
            yield photo[at : at + size]
        at += size
    yield photo[at:]
