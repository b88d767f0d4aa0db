"""Cells written as a file, a line at a time: CSV here, a workbook in a process of its own. A text is never a formula."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Protocol

from cycles.clock import MONTREAL
from finding.lists.listed import Cell
from reconciliation.cells import neutral

CHILD = Path(__file__).parent / "child" / "book.py"
SECONDS = 120


class Unwritable(Exception):
    """The workbook could not be written."""


class Writer(Protocol):
    """Takes one line after the other."""

    def line(self, cells: Sequence[Cell]) -> None:
        """One more."""


def as_text(cell: Cell) -> str:
    """A cell of a CSV: ISO days, moments in Montréal time, numbers with a point, texts that no spreadsheet runs."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return _local(cell).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return neutral(cell) if isinstance(cell, str) else str(cell)


def as_json(cell: Cell) -> Any:
    """The same for the process that writes workbooks: days and numbers stay what they are."""
    if isinstance(cell, datetime):
        return ["t", _local(cell).replace(microsecond=0).isoformat()]
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    if isinstance(cell, Decimal):
        return float(cell)
    return neutral(cell) if isinstance(cell, str) else cell


def _local(moment: datetime) -> datetime:
    """Workbooks know no time zones: the house's own."""
    return moment.astimezone(MONTREAL).replace(tzinfo=None)


class CsvWriter:
    """Semicolons, every cell quoted, and the mark that tells a spreadsheet that it is UTF-8."""

    def __init__(self, out: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
        self._csv = csv.writer(self._text, delimiter=";", quoting=csv.QUOTE_ALL)

    def line(self, cells: Sequence[Cell]) -> None:
        """One more."""
        self._csv.writerow([as_text(cell) for cell in cells])

    def end(self) -> None:
        """Leave the file open to whoever lent it."""
        self._text.detach()


class BookWriter:
    """Hands lines to the process that writes the workbook."""

    def __init__(self, into: IO[bytes]) -> None:
        self._into = into

    def line(self, cells: Sequence[Cell]) -> None:
        """One more. Raises Unwritable when the process is gone."""
        said = json.dumps([as_json(cell) for cell in cells], ensure_ascii=False)
        try:
            self._into.write(said.encode() + b"\n")
        except BrokenPipeError as error:
            raise Unwritable from error


@contextmanager
def writer(kind: str, out: IO[bytes]) -> Iterator[Writer]:
    """Writes into `out`, which is whole once the block ends well. Raises Unwritable."""
    if kind == "csv":
        lines = CsvWriter(out)
        yield lines
        lines.end()
        return
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=subprocess.DEVNULL,
        env={},
    )
    assert child.stdin is not None
    try:
        yield BookWriter(child.stdin)
        child.stdin.close()
        if child.wait(SECONDS):
            raise Unwritable
    except subprocess.TimeoutExpired as error:
        raise Unwritable from error
    except BrokenPipeError as error:
        raise Unwritable from error
    finally:
        child.kill()
        child.wait()
