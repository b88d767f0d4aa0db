"""Reads the first filled sheet of a workbook and ends. It imports nothing of ours and knows no database.

Reads the bytes of an XLSX on its standard input; writes `{"rows": [[…]], "formulas": 0}` as JSON, or `{"problem": …}`.
Limits of memory, time and size hold for the whole process; a workbook is weighed before it is opened, because a few
kilobytes of it can unfold into gigabytes.
"""

import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 30
LARGEST_UNFOLDED = 120 * 1024 * 1024
MOST_PARTS = 500
DENSEST = 200  # times that a part may be larger than it lies in the file, beyond a megabyte
MOST_ROWS, MOST_COLUMNS = 20_000, 100
LONGEST_CELL = 2_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an encrypted workbook, or one of before 2007


class Unreadable(Exception):
    """Why not, as one word of `reconciliation.problems`."""


def bind() -> None:
    """Limits that no file can lift."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def weigh(content: bytes) -> None:
    """Raise Unreadable for what is no workbook, or would be too much once unfolded."""
    if content.startswith(OLE):
        raise Unreadable("protected" if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in content else "old")
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("binary") from error
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("protected")
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise Unreadable("binary")
    unfolded = sum(part.file_size for part in parts)
    dense = any(part.file_size > max(1024 * 1024, DENSEST * part.compress_size) for part in parts)
    if len(parts) > MOST_PARTS or unfolded > LARGEST_UNFOLDED or dense:
        raise Unreadable("heavy")


def said(value: Any) -> str:
    """A cell as text; a day as YYYY-MM-DD, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)[:LONGEST_CELL]


def lines(sheet: Any) -> Iterator[list[str]]:
    """Its rows as text, without what is empty at their ends."""
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if number > MOST_ROWS + 100:  # some may be empty
            raise Unreadable("long")
        cells = [said(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Unreadable("wide")
        yield cells


def uncounted(content: bytes, title: str) -> int:
    """How many cells of the sheet hold a formula of which no value was kept."""
    names = zipfile.ZipFile(io.BytesIO(content))
    sheets = [part for part in names.namelist() if part.startswith("xl/worksheets/")]
    if not any(b"<f>" in (text := names.read(part)) or b"<f " in text for part in sheets):
        return 0
    asked = openpyxl.load_workbook(io.BytesIO(content), read_only=True)[title]
    kept = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)[title]
    return sum(
        isinstance(one, str) and one.startswith("=") and other is None
        for row, values in zip(
            asked.iter_rows(values_only=True), kept.iter_rows(values_only=True), strict=False
        )
        for one, other in zip(row, values, strict=False)
    )


def read(content: bytes) -> dict[str, Any]:
    """The rows of the first sheet with anything in it; a formula counts by the value that was kept with it."""
    weigh(content)
    book = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        rows = list(lines(sheet))
        if any(rows):
            return {"rows": rows, "formulas": uncounted(content, sheet.title)}
    return {"rows": [], "formulas": 0}


def main() -> None:
    """One workbook in, its rows out."""
    bind()
    try:
        answer = read(sys.stdin.buffer.read())
    except Unreadable as why:
        answer = {"problem": str(why)}
    except (MemoryError, RecursionError):
        answer = {"problem": "heavy"}
    except Exception:  # a parser may raise anything on a hostile file
        answer = {"problem": "binary"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
