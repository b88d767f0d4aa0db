"""Writes a workbook of plain texts. It opens none: those of others are read in `child`."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell


def workbook(lines: Iterable[Sequence[str]]) -> bytes:
    """One sheet; each cell is a text whatever it looks like."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("UdeM")
    for line in lines:
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
