"""What can be said of a file before it is opened: its name, its size, its first bytes."""

from papers.labels import LONGEST
from papers.pdf import LARGEST

HEAD = 16
IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
# Word's and its kin's: an archive of parts, or the older compound file.
WRITTEN = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")


class Unfit(Exception):
    """This file cannot be taken: `problem` is one of papers.problems."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def problem_of(name: str, size: int, head: bytes) -> str:
    """The first problem with a printable name, a size in bytes and the first bytes; empty when there is none."""
    if not size:
        return "empty"
    if not head.startswith(b"%PDF-"):
        return _instead_of_pdf(head)
    if size >= LARGEST:
        return "size"
    return "name" if len(name) > LONGEST else ""


def _instead_of_pdf(head: bytes) -> str:
    """A picture and a text have their own ways to become a PDF."""
    heic = head[4:8] == b"ftyp"
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    if heic or webp or head.startswith(IMAGES):
        return "image"
    return "written" if head.startswith(WRITTEN) else "not_pdf"
