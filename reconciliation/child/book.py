"""Writes a workbook of plain texts and ends: openpyxl brings arithmetic and pictures along, which no server loads.

Reads lines of texts as JSON on its standard input; writes the bytes of an XLSX.
"""

import io
import json
import sys

import openpyxl


def workbook(lines: list[list[str]]) -> bytes:
    """One sheet; each cell is a text whatever it looks like."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("UdeM")
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            cell = sheet.cell(row, column, text)
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(workbook(json.load(sys.stdin)))
