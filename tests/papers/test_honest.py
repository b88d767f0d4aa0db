"""Two hundred honest files: every one accepted, drawn and cleaned, with all its pages and its look."""

import io
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pikepdf
import pypdf
import pytest
from PIL import Image, ImageChops, ImageStat

from papers import pdf
from papers.pdf import drawn, inspect, inspector
from tests import factories
from tests.papers.honest import A4, Honest, corpus, scan
from tests.papers.honest import drawn as written

# What a form, a note or a signature looks like is drawn on the page in the cleaned copy, and not before.
MORE_IN_THE_COPY = ("form", "filled", "note", "signed")


@pytest.fixture(scope="module")
def honest() -> list[Honest]:
    """Made once."""
    return corpus()


def wrong_with(folder: Path, one: Honest) -> str:
    """What happened to this file that should not; nothing for nearly all."""
    name, content, pages = one
    verdict = inspect(factories.upload_of(content))
    if verdict != pdf.Verdict(pages=pages):
        return f"{name}: {verdict}"
    original, copy = folder / f"{name}.pdf", folder / f"{name} clean.pdf"
    original.write_bytes(content)
    said = inspector().ask(str(original), 60, do="clean", out=str(copy))
    if said != verdict:
        return f"{name}: cleaned, {said}"
    with pikepdf.open(copy) as opened:
        if len(opened.pages) != pages or opened.is_encrypted:
            return f"{name}: {len(opened.pages)} pages of {pages}"
    if not verdict.preview:
        return f"{name}: no picture"
    looks_alike = (
        any(word in name for word in MORE_IN_THE_COPY)
        or difference(verdict.preview, drawn(str(copy))) < 1
    )
    return "" if looks_alike else f"{name}: it looks different"


def difference(one: bytes, other: bytes) -> float:
    """Between two pictures, in levels of 256."""
    with Image.open(io.BytesIO(one)) as before, Image.open(io.BytesIO(other)) as after:
        assert before.size == after.size
        return float(ImageStat.Stat(ImageChops.difference(before, after).convert("L")).mean[0])


def test_two_hundred_of_two_hundred(honest: list[Honest], tmp_path: Path) -> None:
    assert len(honest) >= 200
    assert len({name for name, _content, _pages in honest}) == len(honest)
    with ThreadPoolExecutor(4) as pool:
        wrong = list(filter(None, pool.map(partial(wrong_with, tmp_path), honest)))
    assert wrong == []


def test_three_hundred_pages_are_refused_politely() -> None:
    assert inspect(factories.upload_of(written(A4, 300))).problem == "long"


def test_what_was_filled_in_can_still_be_read(honest: list[Honest], tmp_path: Path) -> None:
    content = next(content for name, content, _pages in honest if name == "pypdf filled False")
    original, copy = tmp_path / "form.pdf", tmp_path / "clean.pdf"
    original.write_bytes(content)
    inspector().ask(str(original), 60, do="clean", out=str(copy))
    assert "Bruno Côté" in "".join(page.extract_text() for page in pypdf.PdfReader(copy).pages)


def test_a_difference_would_be_seen() -> None:
    white, black = scan("L", 40, 40, "PNG"), io.BytesIO()
    Image.new("L", (40, 40)).save(black, "PNG")
    assert difference(white, white) == 0
    assert difference(white, black.getvalue()) > 1
