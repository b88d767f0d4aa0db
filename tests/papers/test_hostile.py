"""Hostile files: each is refused with the right sentence, or cleaned of what it hides; none takes long or much."""

import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Stream

from papers.pdf import inspect, inspector
from papers.problems import PROBLEMS
from tests import factories
from tests.papers import hostile_acts
from tests.papers.hostile import CORPUS, Hostile

SECONDS = 8
ACTS = {
    *("/JS", "/JavaScript", "/OpenAction", "/AA", "/Names", "/EF", "/AF", "/XFA", "/AcroForm"),
    *("/Metadata", "/PieceInfo", "/Collection", "/Outlines", "/FFilter", "/Ref", "/OPI", "/Launch"),
}


def unpacked(path: Path) -> bytes:
    """Everything a cleaned copy holds, in the open."""
    with pikepdf.open(path) as pdf:
        plain = path.with_suffix(".plain.pdf")
        pdf.save(plain, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.all)
        return plain.read_bytes()


def nothing_acts(path: Path) -> None:
    """No key and no annotation that does anything is left."""
    with pikepdf.open(path) as pdf:
        assert not pdf.is_encrypted
        assert set(pdf.trailer.keys()) <= {"/Root", "/Size", "/ID", "/Info", "/W", "/Index", *XREF}
        assert "/Info" not in pdf.trailer
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages", "/OCProperties"}
        for one in pdf.objects:
            if isinstance(one, Dictionary | Stream):
                assert not ACTS & set(one.keys())
        for page in pdf.pages:
            for link in page.get("/Annots", []):
                assert link.Subtype == "/Link"
                assert "/A" not in link or str(link.A.URI).startswith(("https://", "http://"))


XREF = {"/Type", "/Length", "/Filter", "/DecodeParms", "/Prev"}


def test_there_are_more_than_sixty() -> None:
    assert hostile_acts
    assert len(CORPUS) >= 60
    assert len({one.name for one in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("one", CORPUS, ids=lambda one: one.name)
def test_it_is_refused_or_cleaned(one: Hostile, tmp_path: Path) -> None:
    content = one.make()
    began = time.monotonic()
    verdict = inspect(factories.upload_of(content))
    assert time.monotonic() - began < SECONDS
    assert verdict.problem == one.problem
    assert not one.problem or one.problem in PROBLEMS
    if not one.problem:
        original, copy = tmp_path / "original.pdf", tmp_path / "clean.pdf"
        original.write_bytes(content)
        said = inspector().ask(str(original), 30, do="clean", out=str(copy))
        assert said == verdict
        nothing_acts(copy)
        assert b"EVIL" not in unpacked(copy)
        assert b"EICAR" not in copy.read_bytes()
        assert copy.read_bytes().rstrip().endswith(b"%%EOF")


def test_honest_links_survive(tmp_path: Path) -> None:
    path, copy = tmp_path / "x.pdf", tmp_path / "clean.pdf"
    path.write_bytes(hostile_acts.linked(S=pikepdf.Name.URI, URI="https://example.org/me"))
    inspector().ask(str(path), 30, do="clean", out=str(copy))
    with pikepdf.open(copy) as pdf:
        links: Any = pdf.pages[0].Annots
        assert [str(link.A.URI) for link in links] == ["https://example.org/me"]
