"""A list is read in whatever encoding and cut it comes, and a bad one is refused with the reason."""

import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest

from reconciliation.problems import PROBLEMS, Unreadable
from reconciliation.reading import ENCODINGS, Table, read

TEXT = "Nom;Prénom;Matricule\nLévesque;Éloïse;20480001\nGagné;François;20480002\nCôté;Zoé;3\n"


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(content: bytes, **more: str) -> str:
    with pytest.raises(Unreadable) as why:
        read(content, **more)
    assert why.value.sentence
    return str(why.value)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman", "latin-1"],
)
def test_the_encoding_is_found(encoding: str) -> None:
    table = read(TEXT.encode(encoding))
    assert table.headers == ["Nom", "Prénom", "Matricule"]
    assert table.rows[0] == ["Lévesque", "Éloïse", "20480001"]
    assert table.encoding in ENCODINGS


def test_the_encoding_can_be_said() -> None:
    content = "Nom;Prénom;No\nA;É;1\n".encode("mac-roman")
    assert read(content, encoding="mac-roman").rows == [["A", "É", "1"]]
    assert refused(content, encoding="utf-8") == "encoding"
    assert refused(content, encoding="klingon") == "encoding"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    text = (
        f'Nom{separator}Note\n"Roy{separator} le vieux"{separator}"une\nnote"\nCôté{separator}b\n'
    )
    table = read(text.encode())
    assert table.separator == separator
    assert table.rows == [[" ".join(f"Roy{separator} le vieux".split()), "une note"], ["Côté", "b"]]


def test_a_workbook_is_read() -> None:
    day = datetime.date(2027, 1, 31)
    content = workbook(
        [
            ["Nom", "Matricule", "Le"],
            ["Côté", 20480001, day],
            [None, None, None],
            ["Roy", 7.0, None],
        ]
    )
    table = read(content)
    assert table.encoding == "xlsx"
    assert table.rows == [["Côté", "20480001", "2027-01-31"], ["Roy", "7", ""]]


def test_samples_show_accents_first() -> None:
    table = Table(["Nom"], [["Roy"], ["Zoé"], ["Côté"]], "utf-8")
    assert table.samples(2) == [["Zoé"], ["Côté"]]
    assert table.samples() == [["Zoé"], ["Côté"], ["Roy"]]


def bomb() -> bytes:
    """A few kilobytes that unfold into a great many."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return out.getvalue()


def laughs() -> bytes:
    """A workbook whose XML names things that name things."""
    content = workbook([["Nom", "No"], ["Roy", 1]])
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol" * 10}">' for n in range(10)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                body = f"<!DOCTYPE x [{entities}]><worksheet>&e9;</worksheet>".encode()
            new.writestr(name, body)
    return out.getvalue()


BAD: list[tuple[str, bytes]] = [
    ("empty", b""),
    ("empty", b"  \n "),
    ("size", b"a;b\n" * 2_000_000),
    ("no_header", b"1;2;3\n4;5;6\n"),
    ("no_header", "Roy;roy@x.example\nCôté;c@x.example\n".encode()),
    ("no_header", b"Nom\nRoy\n"),
    ("no_rows", b"Nom;Prenom\n"),
    ("twice", b"Nom;nom\nA;B\n"),
    ("binary", b"\x00\x01\x02\x03 some; thing\n" * 5),
    ("binary", b"PK\x03\x04 nothing like a workbook"),
    ("old", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
    ("protected", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
    ("long", b"Nom;No\n" + b"a;1\n" * 20_001),
    ("wide", b";".join(b"c%d" % n for n in range(101)) + b"\n" + b"1;" * 100 + b"1\n"),
    ("heavy", bomb()),
    ("binary", laughs()),
    ("formulas", workbook([["Nom", "No"], ["Roy", "=1+1"]])),
]


@pytest.mark.parametrize(
    ("problem", "content"), BAD, ids=[f"{n}-{p}" for n, (p, _c) in enumerate(BAD)]
)
def test_bad_files_are_refused_with_the_reason(problem: str, content: bytes) -> None:
    assert problem in PROBLEMS
    assert refused(content) == problem


def test_a_part_of_a_workbook_that_lies_about_its_size_is_stopped() -> None:
    rows: list[list[Any]] = [["Nom", "No"], *([f"n{index}", index] for index in range(20_050))]
    assert refused(workbook(rows)) == "long"
