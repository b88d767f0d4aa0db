"""The files that people of a rehearsal send: sound ones, each different, and bad ones of every kind that must be refused."""

import hashlib

from config.seed.papers import typeset

SOUND = {"cv": "Curriculum vitae", "transcript": "Transcript of records", "diploma": "Diploma"}
RAW = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"


def sound(kind: str, whose: str) -> bytes:
    """A PDF that opens."""
    return typeset(
        [SOUND.get(kind, kind.title()), whose, "(fictional)", *[f"Line {n}" for n in range(30)]]
    )


def digest(content: bytes) -> str:
    """Its SHA-256."""
    return hashlib.sha256(content).hexdigest()


def bad(whose: str) -> dict[str, tuple[str, bytes]]:
    """A file name and a content for each way of being no good."""
    good = sound("cv", whose)
    return {
        "a picture under the name of a PDF": ("photo.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 400),
        "a text document": ("cv.docx", b"PK\x03\x04" + b"\0" * 400),
        "an empty file": ("empty.pdf", b""),
        "random bytes after the first word": ("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 8),
        "the first half of a PDF": ("half.pdf", RAW + b"2 0 obj\n<</Type/Pages/Count"),
        "a PDF that begins with something else": (
            "late.pdf",
            b"<script>alert(1)</script>\n" + good,
        ),
    }
