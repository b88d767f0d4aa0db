"""One PDF out of many: a cover of ours, then each part with its bookmark; nothing that tells how or when it was made.

The job is a file of JSON: `cover` (a path; its last pages are the notices, in order), `notices` (how many they are),
`title`, `language`, and `parts`, each a `title` and the `path` of a cleaned copy, or none for the next notice.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

NEW_LAYERS = ("/OCGs", "/D")


def merge(path: str, out: str) -> dict[str, Any]:
    """Write the bound PDF of a job to `out`; its `pages`."""
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    with pikepdf.open(job["cover"]) as pdf:
        notices = taken_out(pdf, job["notices"])
        starts = [(job["title"], 0)]
        sources: list[Pdf] = []
        try:
            for part in job["parts"]:
                starts.append((part["title"], len(pdf.pages)))
                if part["path"]:
                    sources.append(pikepdf.open(part["path"]))
                    append(pdf, sources[-1])
                else:
                    pdf.pages.append(notices.pop(0))
            furnish(pdf, starts, title=job["title"], language=job["language"])
            save(pdf, out)
            return {"pages": len(pdf.pages)}
        finally:
            for source in sources:
                source.close()


def save(pdf: Pdf, out: str) -> None:
    """The same parts give the same bytes."""
    pdf.save(
        out,
        encryption=False,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )


def taken_out(pdf: Pdf, count: int) -> list[Any]:
    """The last pages of the cover, which stand elsewhere; they stay in its structure."""
    notices = list(pdf.pages)[len(pdf.pages) - count :] if count else []
    for _notice in notices:
        del pdf.pages[-1]
    return notices


def append(pdf: Pdf, source: Pdf) -> None:
    """Every page of a part, its links inside itself, and its layers as they were switched."""
    first = len(pdf.pages)
    places = {page.obj.objgen: index for index, page in enumerate(source.pages)}
    leads = [list(targets(page.obj, places)) for page in source.pages]
    pdf.pages.extend(source.pages)
    for index, found in enumerate(leads):
        for place, target in found:
            lead = pdf.pages[first + index].obj.Annots[place]
            lead.Dest = Array([pdf.pages[first + target].obj, Name.Fit])
    add_layers(pdf, source)


def targets(page: Any, places: dict[tuple[int, int], int]) -> Iterable[tuple[int, int]]:
    """The links of a page to others of its document: which annotation, to which page."""
    for place, one in enumerate(page.get("/Annots", Array())):
        lead = one.get("/Dest")
        if isinstance(lead, Array) and len(lead) and lead[0].objgen in places:
            yield place, places[lead[0].objgen]
            del one.Dest


def add_layers(pdf: Pdf, source: Pdf) -> None:
    """A layer that a part hides stays hidden."""
    layers = source.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return
    copy = pdf.copy_foreign(
        source.make_indirect(Dictionary({k: layers.get(k) for k in NEW_LAYERS}))
    )
    listed = list(copy.get("/OCGs", Array()))
    switched = copy.get("/D", Dictionary())
    is_off = switched.get("/BaseState") == Name.OFF
    shown = {one.objgen for one in switched.get("/ON", Array())}
    hidden = [one for one in listed if one.objgen not in shown] if is_off else []
    hidden += list(switched.get("/OFF", Array()))
    if "/OCProperties" not in pdf.Root:
        pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary(OFF=Array(), Order=Array()))
    pdf.Root.OCProperties.OCGs.extend(listed)
    pdf.Root.OCProperties.D.OFF.extend(hidden)


def furnish(pdf: Pdf, starts: list[tuple[str, int]], *, title: str, language: str) -> None:
    """Bookmarks, page numbers that are those of the whole, and a title; nothing else is told."""
    for key in ("/Metadata", "/Outlines", "/PageLabels"):
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.docinfo["/Title"] = title
    pdf.Root.Lang = pikepdf.String(language)
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    with pdf.open_outline() as outline:
        outline.root.extend(OutlineItem(name, page) for name, page in starts)
