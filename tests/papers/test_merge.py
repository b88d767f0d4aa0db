"""Merging in the child process: one PDF out of many, each part as it was, and nothing that tells."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from papers.pdf import Verdict, inspector
from tests import factories
from tests.papers.honest import saved

Bind = Callable[..., pikepdf.Pdf]


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Verdict]:
    """Have these parts merged behind a cover of two pages, whose last ones are notices."""

    def merge(*parts: bytes | None, notices: int = 0) -> Verdict:
        (tmp_path / "cover.pdf").write_bytes(factories.pdf(2 + notices))
        lines = []
        for index, part in enumerate(parts):
            path = tmp_path / f"{index}.pdf"
            path.write_bytes(part or b"")
            lines.append({"title": f"Part {index}", "path": str(path) if part else ""})
        job = {"cover": str(tmp_path / "cover.pdf"), "notices": notices, "parts": lines}
        told = json.dumps({**job, "title": "A27-0001", "language": "fr-CA"})
        (tmp_path / "job.json").write_text(told)
        out = str(tmp_path / "out.pdf")
        return inspector().ask(str(tmp_path / "job.json"), 60, do="merge", out=out)

    return merge


@pytest.fixture
def bind(ask: Callable[..., Verdict], tmp_path: Path) -> Bind:
    """The same, opened."""

    def bound(*parts: bytes | None, **options: Any) -> pikepdf.Pdf:
        said = ask(*parts, **options)
        pdf = pikepdf.open(io.BytesIO((tmp_path / "out.pdf").read_bytes()))
        assert said == Verdict(pages=len(pdf.pages))
        return pdf

    return bound


def marked(word: str, pages: int = 1) -> Pdf:
    """Pages that draw a word, so that one can be told from another."""
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page()
        pdf.pages[-1].Contents = pdf.make_stream(f"% {word} {number}".encode())
    return pdf


def said(page: Any) -> str:
    """Which page it is."""
    return str(page.Contents.read_bytes().decode().strip()) if "/Contents" in page else ""


def test_parts_stand_in_order_with_their_bookmarks(bind: Bind) -> None:
    with bind(saved(marked("a", 2)), saved(marked("b"))) as pdf:
        assert [said(page) for page in pdf.pages] == ["", "", "% a 0", "% a 1", "% b 0"]
        with pdf.open_outline() as outline:
            titles = [one.title for one in outline.root]
        assert titles == ["A27-0001", "Part 0", "Part 1"]
        assert pdf.Root.PageMode == Name.UseOutlines


def test_a_notice_stands_in_the_place_of_its_part(bind: Bind, tmp_path: Path) -> None:
    with bind(saved(marked("a")), None, saved(marked("b")), None, notices=2) as pdf:
        assert [said(page) for page in pdf.pages] == ["", "", "% a 0", "", "% b 0", ""]
        objects = {page.obj.objgen for page in pdf.pages}
        assert len(objects) == 6


def test_nothing_tells_how_it_was_made(bind: Bind) -> None:
    part = marked("a")
    part.docinfo["/Author"] = "Amina Benali"
    with part.open_metadata() as metadata:
        metadata["dc:creator"] = ["Amina Benali"]
    with bind(saved(part)) as pdf:
        assert dict(pdf.docinfo) == {"/Title": "A27-0001"}
        assert "/Metadata" not in pdf.Root
        assert pdf.Root.Lang == "fr-CA"


def test_links_inside_a_part_lead_to_its_own_pages(bind: Bind) -> None:
    part = marked("a", 2)
    for page, target in ((part.pages[0], part.pages[1]), (part.pages[1], part.pages[0])):
        box = [0, 0, 10, 10]
        lead = Array([target.obj, Name.Fit])
        page.Annots = Array(
            [
                part.make_indirect(
                    Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, Dest=lead)
                )
            ]
        )
    with bind(saved(marked("first")), saved(part)) as pdf:
        pages = list(pdf.pages)
        leads = [page.Annots[0].Dest[0].objgen for page in pages[3:]]
        assert leads == [pages[4].obj.objgen, pages[3].obj.objgen]


def layered(**switched: Any) -> bytes:
    """A page with two layers."""
    pdf = marked("layers")
    one, two = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=word)) for word in ("on", "off"))
    names = {"one": one, "two": two}
    config = {
        key: [names[name] for name in value] if isinstance(value, list) else Name("/" + value)
        for key, value in switched.items()
    }
    pdf.Root.OCProperties = Dictionary(OCGs=[one, two], D=Dictionary(config))
    pdf.pages[0].Resources = Dictionary(Properties=Dictionary(MC0=one, MC1=two))
    return saved(pdf)


@pytest.mark.parametrize(
    "switched", [{"/OFF": ["two"]}, {"/BaseState": "OFF", "/ON": ["one"]}], ids=["off", "on"]
)
def test_a_layer_that_a_part_hides_stays_hidden(bind: Bind, switched: dict[str, Any]) -> None:
    with bind(layered(**switched), layered(**switched)) as pdf:
        layers = pdf.Root.OCProperties
        assert len(layers.OCGs) == 4
        hidden = {one.objgen for one in layers.D.OFF}
        assert [str(one.Name) for one in layers.D.OFF] == ["off", "off"]
        used = [page.Resources.Properties.MC1.objgen for page in list(pdf.pages)[2:]]
        assert set(used) == hidden


def test_the_same_parts_give_the_same_bytes(ask: Callable[..., Verdict], tmp_path: Path) -> None:
    parts = saved(marked("a", 3)), None, layered(**{"/OFF": ["two"]})
    ask(*parts, notices=1)
    first = (tmp_path / "out.pdf").read_bytes()
    ask(*parts, notices=1)
    assert (tmp_path / "out.pdf").read_bytes() == first


def test_a_part_that_is_no_pdf_is_said_and_nothing_is_left_in_doubt(
    ask: Callable[..., Verdict],
) -> None:
    assert ask(b"%PDF-1.7 and nothing else") == Verdict(problem="broken")
