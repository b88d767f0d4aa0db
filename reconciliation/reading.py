"""From the bytes of a list to lines of text: which encoding, which separator, which line names the columns.

A CSV is plain text: it is decoded and cut here, by the standard library, within limits of size that are judged first.
A workbook is a pile of compressed XML, so it is opened in a process of its own (`child/sheet.py`).
"""

import codecs
import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reconciliation.problems import PROBLEMS, Unreadable

CHILD = Path(__file__).parent / "child" / "sheet.py"
LARGEST = 5 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 100, 2_000
SECONDS = 45
WORKBOOK = "xlsx"
ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1", "mac-roman")
SEPARATORS = ",;\t|"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 64 * 1024
# Letters of names as French, Spanish, Portuguese and Vietnamese write them; the wrong encoding shows other signs.
LIKELY = frozenset("àâäáãåçéèêëíîïìñóôöòõúùûüýÿœæøšžÀÂÄÁÃÅÇÉÈÊËÍÎÏÌÑÓÔÖÒÕÚÙÛÜÝŸŒÆØŠŽ’‘–«»°€")


@dataclass(frozen=True)
class Table:
    """A list, read: the names of its columns, its lines, and how it was read."""

    headers: list[str]
    rows: list[list[str]]
    encoding: str
    separator: str = ""

    def samples(self, most: int = 5) -> list[list[str]]:
        """The first lines, with those before others that have accents: there a wrong encoding shows."""
        accented = [row for row in self.rows if not "".join(row).isascii()]
        plain = [row for row in self.rows if "".join(row).isascii()]
        return [*accented[:most], *plain[:most]][:most]


def read(content: bytes, *, encoding: str = "") -> Table:
    """The lines of a CSV or of a workbook; the encoding is guessed unless it is given. Raises Unreadable."""
    if not content.strip():
        raise Unreadable("empty")
    if len(content) >= LARGEST:
        raise Unreadable("size")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _table(_workbook(content), WORKBOOK)
    chosen = encoding or guessed(content)
    text = decoded(content, chosen)
    separator = separator_of(text)
    return _table(_lines(text, separator), chosen, separator)


def guessed(content: bytes) -> str:
    """The encoding that reads best: by its mark, then UTF-8 where it fits, else the one with the likeliest letters."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    if _zeros(content):
        return "utf-16"
    if _fits(content, "utf-8"):
        return "utf-8"
    fitting = [name for name in ("cp1252", "mac-roman", "latin-1") if _fits(content, name)]
    return max(fitting, key=lambda name: _likeliness(content.decode(name)))


def decoded(content: bytes, encoding: str) -> str:
    """The text in this encoding. Raises Unreadable when it is none, or does not read so."""
    if encoding not in ENCODINGS:
        raise Unreadable("encoding")
    try:
        if encoding == "utf-16" and not content.startswith(
            (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        ):
            encoding = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error
    if any(sign < " " and sign not in "\t\r\n\f\v" for sign in text):
        raise Unreadable("binary")
    return text


def separator_of(text: str) -> str:
    """The separator that cuts the first lines into the most columns, as many in each."""
    best, most = ",", 0.0
    for separator in SEPARATORS:
        rows = [len(row) for row in _cut(text[:SAMPLE], separator, 20) if row]
        if not rows:
            continue
        alike = sum(width == rows[0] for width in rows) / len(rows)
        if (score := (rows[0] - 1) * alike) > most:
            best, most = separator, score
    return best


def _zeros(content: bytes) -> bool:
    """Whether every second byte is zero, as plain letters in UTF-16 without a mark are."""
    head = content[:400]
    half = len(head) // 2
    return half > 2 and max(head[0::2].count(0), head[1::2].count(0)) > half * 0.6


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _likeliness(text: str) -> float:
    """How many of the signs beyond ASCII are letters of names, and stand where letters stand."""
    strange = [sign for sign in text if sign > "\x7f"]
    return sum(1 if sign in LIKELY else -1 for sign in strange)


def _cut(text: str, separator: str, most: int) -> Iterator[list[str]]:
    """The first lines, cut; an odd quote ends it."""
    try:
        for number, row in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ):
            if number >= most:
                return
            yield row
    except csv.Error:
        return


def _lines(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(rows) > MOST_ROWS + 100:
                raise Unreadable("long")
            rows.append(row)
    except csv.Error as error:
        raise Unreadable("binary") from error
    return rows


def _workbook(content: bytes) -> list[list[str]]:
    """What the child read. Raises Unreadable, also when the child died of it."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={},
            check=True,
        )
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("slow") from error
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise Unreadable("heavy") from error
    if problem := said.get("problem"):
        raise Unreadable(problem if problem in PROBLEMS else "binary")
    rows: list[list[str]] = said["rows"]
    if said["formulas"]:
        raise Unreadable("formulas")
    return rows


def _table(lines: list[list[str]], encoding: str, separator: str = "") -> Table:
    """The lines below the one that names the columns. Raises Unreadable."""
    rows = [[_tidy(cell) for cell in row] for row in lines]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise Unreadable("empty")
    headers = rows[0]
    while headers and not headers[-1]:
        headers.pop()
    if max(len(headers), *(len(row) for row in rows)) > MOST_COLUMNS:
        raise Unreadable("wide")
    if len(rows) - 1 > MOST_ROWS:
        raise Unreadable("long")
    named = [header for header in headers if header]
    if len(named) < 2 or not all(any(sign.isalpha() for sign in header) for header in named):
        raise Unreadable("no_header")
    if any("@" in header for header in named):
        raise Unreadable("no_header")
    if len({header.casefold() for header in named}) < len(named):
        raise Unreadable("twice")
    if len(rows) == 1:
        raise Unreadable("no_rows")
    width = len(headers)
    body = [(row + [""] * width)[:width] for row in rows[1:]]
    return Table(headers, body, encoding, separator)


def _tidy(cell: str) -> str:
    """One line, without spaces around it."""
    return " ".join(cell.replace("\x00", "").split())[:LONGEST_CELL]
