"""The ready pack: one's own PDFs under the names and limits that UdeM wants, in one archive.

The originals go in, as they were sent: UdeM wants originals, a signature does not survive our cleaning, and they are
the person's own. Only those that our check found sound do, since nothing that was not scanned is ever handed out.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from applications.models import Application, Degree, Document, Kind, Submission
from applications.models.degree import Teaching
from desk.pieces import later_documents
from papers import checking
from papers.models import CheckedFile

# UdeM's: a file under 10 MB (counted in millions, the stricter way), a name under 64 characters.
MOST_BYTES = 10_000_000
LONGEST_NAME = 63
CHUNK = 64 * 1024
ORDER = (Kind.TRANSCRIPT, Kind.TRANSLATION, Kind.DIPLOMA, Kind.CV, Kind.OTHER, Kind.REQUEST)

BEING_CHECKED = gettext_lazy("being checked: come back in a few minutes")
REFUSED = gettext_lazy("our check could not open it: ask your institution for another copy")
TOO_BIG = gettext_lazy("10 MB or more: UdeM refuses it; make it lighter")


@dataclass(frozen=True)
class Item:
    """A file of the pack: its name there, what it is, and where it is kept."""

    name: str
    what: str
    document: Document


@dataclass(frozen=True)
class LeftOut:
    """Something that is not in the pack, and why."""

    what: str
    why: str | Promise


@dataclass(frozen=True)
class Pack:
    """What goes in, in order, and what does not."""

    items: list[Item]
    left_out: list[LeftOut]

    @property
    def size(self) -> int:
        """Bytes, all together."""
        return sum(item.document.size for item in self.items)


def pack_of(application: Application, submission: Submission | None) -> Pack:
    """What was submitted, and the pieces accepted since, in five queries whatever their number."""
    submitted = list(submission.documents.all()) if submission else []
    degrees = list(application.degrees.all())
    rows = [(row, "") for row in submitted if row.kind in ORDER]
    rows += [(row, row.what) for row in later_documents(application)]
    rows.sort(key=lambda one: _place(one[0], degrees))
    checks = checking.state_of(row.sha256 for row, _what in rows)
    items: list[Item] = []
    left_out: list[LeftOut] = []
    for row, title in rows:
        what, name = _called(row, degrees, title)
        why = _why_not(row, checks.get(row.sha256))
        if why:
            left_out.append(LeftOut(what, why))
        else:
            items.append(Item(_numbered(len(items) + 1, name), what, row))
    return Pack(items, [*left_out, *_translations_missing(degrees, rows)])


def _why_not(row: Document, check: CheckedFile | None) -> str | Promise:
    if check is None or check.state == CheckedFile.State.WAITING:
        return BEING_CHECKED
    if check.state == CheckedFile.State.REFUSED:
        return REFUSED
    return TOO_BIG if row.size >= MOST_BYTES else ""


def _translations_missing(degrees: list[Degree], rows: Any) -> Iterator[LeftOut]:
    """Of each transcript in another language, without its translation."""
    held = {row.slot for row, _what in rows}
    for degree in degrees:
        needs = degree.language == Teaching.OTHER
        if needs and f"{Kind.TRANSLATION}-{degree.pk}" not in held:
            what = _("Certified translation: %(degree)s") % {"degree": _school(degree, degrees)}
            yield LeftOut(what, _("UdeM wants it into French, in the same PDF as the original"))


def _degree_of(row: Document, degrees: list[Degree]) -> Degree | None:
    """The degree that a place is about: `transcript-12` is of degree 12."""
    kind, _dash, number = row.slot.partition("-")
    of = [one for one in degrees if kind in Kind.values and str(one.pk) == number]
    return of[0] if of else None


def _place(row: Document, degrees: list[Degree]) -> tuple[int, int, int]:
    """Transcripts by degree, each with its translation; then the rest by kind."""
    degree = _degree_of(row, degrees)
    kind = ORDER.index(Kind(row.kind))
    if row.kind == Kind.TRANSLATION and degree:
        return (0, degrees.index(degree), kind)
    return (kind, degrees.index(degree) if degree else len(degrees), kind)


def _school(degree: Degree, degrees: list[Degree]) -> str:
    number = degrees.index(degree) + 1
    return degree.institution or _("degree %(number)s") % {"number": number}


def _called(row: Document, degrees: list[Degree], title: str) -> tuple[str, str]:
    """What it is for a person, and the words of its name: ASCII, without spaces."""
    degree = _degree_of(row, degrees)
    kind = {
        Kind.TRANSCRIPT: pgettext("file name", "transcript"),
        Kind.TRANSLATION: pgettext("file name", "translation"),
        Kind.DIPLOMA: pgettext("file name", "diploma"),
        Kind.CV: "cv",
    }.get(Kind(row.kind), pgettext("file name", "document"))
    label = str(Kind(row.kind).label)
    if degree is None:
        about = title or ("" if row.kind in (Kind.CV, Kind.DIPLOMA) else row.label[:-4])
        return title or f"{label} ({row.label})", _joined(kind, slugify(about))
    school = _school(degree, degrees)
    number = degrees.index(degree) + 1
    # A name in another script leaves nothing that UdeM's form could take.
    words = slugify(school) or slugify(_("degree %(number)s") % {"number": number})
    return f"{label}, {school}", _joined(kind, words)


def _joined(kind: str, words: str) -> str:
    return f"{slugify(kind)}_{words}" if words else slugify(kind)


def _numbered(number: int, name: str) -> str:
    """`01_transcript_universite-de-tunis.pdf`, never longer than UdeM takes."""
    begun = f"{number:02}_{name}"[: LONGEST_NAME - len(".pdf")].rstrip("-_")
    return f"{begun}.pdf"


class _Pipe(io.RawIOBase):
    """What the archive is written to: it holds no more than what was not yet taken."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Keep until it is taken."""
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        held, self._held = b"".join(self._held), []
        return held


def archive(pack: Pack, application: Application, *, at: datetime) -> Iterator[bytes]:
    """The ZIP piece by piece, whatever the store: no more than one piece of one file is in memory."""
    context = {"pack": pack, "application": application, "at": at}
    # Now, in the reader's language: the rest is made while it is sent, when the request is over.
    words = render_to_string("followup/pack_readme.txt", context).replace("\n", "\r\n")
    return _pieces(pack.items, _("README.txt"), words, timezone.localtime(at))


def _pieces(items: list[Item], title: str, words: str, at: datetime) -> Iterator[bytes]:
    pipe, moment = _Pipe(), at.timetuple()[:6]
    with ZipFile(pipe, "w", ZIP_STORED) as zipped:
        zipped.writestr(ZipInfo(title, moment), words)
        yield pipe.taken()
        for item in items:
            with (
                default_storage.open(str(item.document.file)) as source,
                zipped.open(ZipInfo(item.name, moment), "w") as target,
            ):
                for chunk in source.chunks(CHUNK):
                    target.write(chunk)
                    yield pipe.taken()
    yield pipe.taken()
