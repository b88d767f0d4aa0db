"""Our own PDFs: tagged, in the reader's language, safe with every text that a person may type."""

import io
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.cache import caches
from pypdf import PdfReader

from audit.moves import Refused
from papers import press

AT = datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC)
SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: "fr", region: "CA", font: ("Source Sans 3", "Noto Sans Arabic", "Noto Sans SC", "Unifont"))
= #data.title
#for line in data.lines { block(line) }
"""


@pytest.fixture(autouse=True)
def own_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sources of this test, and nothing kept from another."""
    (tmp_path / "page.typ").write_text(SOURCE)
    monkeypatch.setattr(press, "SOURCES", tmp_path)
    caches["pages"].clear()
    return tmp_path


def made(*lines: str) -> bytes:
    return press.set_pdf("page.typ", {"title": "Reçu", "lines": lines}, at=AT)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_it_is_tagged_and_says_its_language() -> None:
    with pikepdf.open(io.BytesIO(made("Bonjour"))) as pdf:
        assert pdf.Root.Lang == "fr-CA"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Reçu"


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Hồng Ánh",
        "Владимир Ъ",
        "Ελένη",
        "王小明.pdf",
        "山田太郎",
        "한국어 이름",
        "#let x = 1; $a$ *b* _c_ `d` @e <f> \\g // h [i] {j} “k” 'l' \"m\"",
        '#read("/etc/passwd")',
        "=1+1",
    ],
)
def test_every_text_is_written_as_it_was_typed(text: str) -> None:
    said = text_of(made(text)).replace("\n", " ")
    assert "".join(text.split()) in "".join(said.split())


@pytest.mark.parametrize(
    "text",
    [
        *("محمد بن سلمان", "שלום", "नमस्ते", "বাংলা", "ไทย", "ኢትዮጵያ", "தமிழ்", "ქართული", "Հայ"),
        *(
            "e\u0323\u0302\u0301\u0489",
            "\u200f\u202eexe.fdp",
            "",
            " ",
            "a\x00b\x07c",
            "\ue000\ufffe",
        ),
        *("😀 𠮷 👩\u200d🔬", "\ufeffa", "x" * 5000, "\ud800"),
    ],
)
def test_no_text_stops_it(text: str) -> None:
    assert made(text).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("e\u0301", "é"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("a\x00b", "a\ufffdb"),
        ("a\tb\r\nc", "a b  c"),
        ("\ud800\ue000", "\ufffd\ufffd"),
        ("𠮷野 😀", "[U+20BB7]野 [U+1F600]"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\ufeffa\u00ad", "a"),
    ],
)
def test_invisible_and_unknown_signs(typed: str, written: str) -> None:
    assert press.plain(typed) == written


def test_plain_text_goes_all_the_way_down() -> None:
    assert press.cleaned({"a": ["\ufeffb", ("c\x00", 3, None, True)]}) == {
        "a": ["b", ["c\ufffd", 3, None, True]]
    }


def test_the_same_words_are_set_once_and_give_the_same_bytes(monkeypatch: Any) -> None:
    first = made("Bonjour")
    caches["pages"].clear()
    assert made("Bonjour") == first
    monkeypatch.setattr(press, "CHILD", Path("/none"))
    assert made("Bonjour") == first
    with pytest.raises(Refused):
        made("Bonsoir")


def test_a_source_that_changed_is_set_again(own_sources: Path) -> None:
    first = made("Bonjour")
    (own_sources / "page.typ").write_text(SOURCE + "Encore.\n")
    assert made("Bonjour") != first


def test_a_source_that_takes_too_long_is_stopped(
    own_sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "#for a in range(90000) { for b in range(90000) { let c = a * b } }\n"
    (own_sources / "page.typ").write_text(long)
    monkeypatch.setattr(press, "SECONDS", 2)
    begun = time.monotonic()
    with pytest.raises(Refused):
        made("Bonjour")
    assert 2 <= time.monotonic() - begun < 5


def test_a_source_reaches_no_file_outside_its_folder(own_sources: Path) -> None:
    (own_sources / "page.typ").write_text('#read("../../../../../../etc/hostname")\n')
    with pytest.raises(Refused):
        made("Bonjour")


def test_it_is_made_within_a_second() -> None:
    made("chauffe")
    durations = []
    for number in range(3):
        begun = time.monotonic()
        made(f"Bonjour {number}")
        durations.append(time.monotonic() - begun)
    assert min(durations) <= 1, durations
