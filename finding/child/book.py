"""Writes one workbook, a line at a time, and ends: its memory does not grow with the number of lines.

Reads JSON on its standard input, a line a row: texts, numbers, null, `["d", "2027-01-31"]` for a day and
`["t", "2027-01-31T13:40:00"]` for a moment. The first line is the headings. Writes the bytes of an XLSX.
"""

import json
import resource
import sys
import tempfile
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

MEMORY = 768 * 1024 * 1024
WIDEST, LONGEST = 60, 32_000
FORMATS = {"d": "yyyy-mm-dd", "t": "yyyy-mm-dd hh:mm"}
READ = {"d": date.fromisoformat, "t": datetime.fromisoformat}


def cell(sheet: Any, said: Any) -> Any:
    """A cell of the right kind; a text is a text whatever it looks like."""
    if isinstance(said, list):
        kind, text = said
        made = WriteOnlyCell(sheet)
        made.value = READ[kind](text)
        made.number_format = FORMATS[kind]
        return made
    if isinstance(said, str):
        made = WriteOnlyCell(sheet, said[:LONGEST])
        made.data_type = "s"
        return made
    return said


def main() -> None:
    """Lines in, a workbook out."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    heads = json.loads(sys.stdin.readline())
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Mila")
    sheet.freeze_panes = "A2"
    for column, head in enumerate(heads, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = min(max(len(head) + 4, 14), WIDEST)
    first = [cell(sheet, head) for head in heads]
    for made in first:
        made.font = Font(bold=True)
    sheet.append(first)
    for line in sys.stdin:
        sheet.append([cell(sheet, said) for said in json.loads(line)])
    with tempfile.TemporaryFile() as out:
        book.save(out)
        out.seek(0)
        while part := out.read(1 << 20):
            sys.stdout.buffer.write(part)


if __name__ == "__main__":
    main()
