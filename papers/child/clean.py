"""The copy that readers open: the pages as they look, written anew, and nothing that acts, hides or tells.

What is kept is listed; everything else goes. Forms and notes become part of their page. Links to the web and inside
the document stay. The catalogue, the trailer and every page are made again from what the lists name.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

OF_A_PAGE = {
    *("/Type", "/Parent", "/Contents", "/Resources", "/Group", "/Rotate", "/UserUnit", "/Annots"),
    *("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"),
}
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
DEEPEST_TREE = 100
OF_RESOURCES = {
    *("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet"),
    "/Properties",
}
# In what draws a page these only act, hide or tell. (As names of resources they may stand: those have no type.)
UNWANTED_KEYS = {
    *("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/EF", "/A", "/AA", "/JS", "/OPI", "/Ref"),
    *("/StructParent", "/StructParents", "/Thumb"),
}
# A stream may say that its bytes are another file's.
ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
UNWANTED_TYPES = {
    *("/Action", "/Annot", "/Catalog", "/EmbeddedFile", "/F", "/Filespec", "/Page", "/Pages"),
    *("/Rendition", "/MediaClip", "/Sig", "/SigRef", "/3D", "/Metadata", "/Outlines", "/RichMedia"),
}
ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE"),
    *("/Rendition", "/Movie", "/Sound", "/Named", "/Hide", "/Thread", "/Trans", "/SetOCGState"),
    *("/GoTo3DView", "/RichMediaExecute", "/URI", "/GoTo"),
}
UNWANTED_KINDS = {"/PS", "/XML", "/RichMedia", "/3D", "/U3D", "/PRC"}
SAFE_LINKS = ("http://", "https://", "mailto:")
LONGEST_LINK = 2000


def clean(path: str, out: str) -> dict[str, Any]:
    """Write the cleaned copy of a sound PDF to `out`; its `pages`."""
    with pikepdf.open(path) as pdf:
        flatten(pdf)
        pages = [page.obj for page in pdf.pages]
        for page in pages:
            inherit(page)
            strip(page, pages)
        renew(pdf, pages)
        pdf.save(
            out,
            linearize=True,
            encryption=False,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return {"pages": len(pages)}


def flatten(pdf: Pdf) -> None:
    """Let filled forms, stamps and notes be part of the pages; a form too odd for that is left out."""
    with contextlib.suppress(pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        if any(undrawn(page.obj) for page in pdf.pages):
            pdf.generate_appearance_streams()
        elif "/AcroForm" in pdf.Root:
            pdf.Root.AcroForm.NeedAppearances = False
        pdf.flatten_annotations("screen")


def undrawn(page: Any) -> bool:
    """Whether it has a field that no program has drawn yet. Drawing again what is drawn would lose accents."""
    annotations = page.get("/Annots", Array())
    return isinstance(annotations, Array) and any(
        isinstance(one, Dictionary) and one.get("/Subtype") == "/Widget" and "/AP" not in one
        for one in annotations
    )


def inherit(page: Any) -> None:
    """Write what a page has from the branches above it into the page itself."""
    branch = page.get("/Parent")
    for _level in range(DEEPEST_TREE):
        if not isinstance(branch, Dictionary):
            return
        for key in INHERITED:
            if key not in page and key in branch:
                page[key] = branch[key]
        branch = branch.get("/Parent")


def strip(page: Dictionary, pages: list[Any]) -> None:
    """Leave what the page looks like, and its harmless links."""
    links = Array(list(links_of(page, pages)))
    for key in set(page.keys()) - OF_A_PAGE:
        del page[key]
    page.Annots = links
    if not len(links):
        del page.Annots
    page.Resources = resources(page.get("/Resources", Dictionary()))
    for key in ("/Contents", "/Group"):
        if key in page:
            scrub(page[key])
    scrub(page.Resources)


def resources(found: Any) -> Dictionary:
    """What the page draws with, by the kinds that exist."""
    if not isinstance(found, Dictionary):
        return Dictionary()
    return Dictionary({key: value for key, value in found.items() if key in OF_RESOURCES})


def links_of(page: Dictionary, pages: list[Any]) -> Iterator[Dictionary]:
    """The links to the web and inside the document, written anew."""
    annotations = page.get("/Annots", Array())
    for one in annotations if isinstance(annotations, Array) else ():
        if isinstance(one, Dictionary) and one.get("/Subtype") == "/Link" and "/Rect" in one:
            target = target_of(one, pages)
            if target:
                rect = Array([float(side) for side in one.Rect])
                yield Dictionary(
                    Type=Name.Annot, Subtype=Name.Link, Rect=rect, Border=[0, 0, 0], **target
                )


def target_of(link: Dictionary, pages: list[Any]) -> dict[str, Any]:
    """Where a link leads, if we let it."""
    action = link.get("/A", Dictionary())
    if not isinstance(action, Dictionary):
        return {}
    if action.get("/S") == "/URI":
        address = str(action.get("/URI", ""))
        safe = address.lower().startswith(SAFE_LINKS) and address.isprintable()
        if not safe or len(address) > LONGEST_LINK:
            return {}
        return {"A": Dictionary(S=Name.URI, URI=pikepdf.String(address))}
    place = link.get("/Dest", action.get("/D"))
    if isinstance(place, Array) and len(place) and is_page(place[0], pages):
        return {"Dest": Array([place[0], Name.Fit])}
    return {}


def is_page(thing: Any, pages: list[Any]) -> bool:
    """Whether it is one of the document's own pages."""
    return isinstance(thing, Dictionary) and thing.objgen in {page.objgen for page in pages}


def scrub(root: Any) -> None:
    """Walk everything below and take out what acts, hides, tells or lies elsewhere."""
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, Dictionary | Stream | Array) or one.objgen in seen:
            continue
        if one.is_indirect:
            seen.add(one.objgen)
        waiting += children(one)


def children(one: Any) -> list[Any]:
    """What is left in a thing once the unwanted is out."""
    if isinstance(one, Array):
        for index, child in enumerate(one):
            if unwanted(child):
                one[index] = None
        return list(one)
    keys = one.keys()
    typed = isinstance(one, Stream) or "/Type" in keys
    for key in keys:
        if (
            (typed and key in UNWANTED_KEYS)
            or (isinstance(one, Stream) and key in ELSEWHERE)
            or unwanted(one[key])
        ):
            del one[key]
        elif key == "/Resources":
            one[key] = resources(one[key])
    return [value for _key, value in one.items()]


def unwanted(thing: Any) -> bool:
    """Whether it acts, holds a file, or is a part of the document that does not draw."""
    if not isinstance(thing, Dictionary | Stream):
        return False
    return any(
        isinstance(said := thing.get(key), Name) and str(said) in names
        for key, names in (("/Type", UNWANTED_TYPES), ("/S", ACTIONS), ("/Subtype", UNWANTED_KINDS))
    )


def renew(pdf: Pdf, pages: list[Any]) -> None:
    """A catalogue and a trailer that know the pages and the layers, and nothing else."""
    tree = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=len(pages), Kids=Array(pages)))
    for page in pages:
        page.Parent = tree
    catalogue = Dictionary(Type=Name.Catalog, Pages=tree)
    if isinstance(layers := pdf.Root.get("/OCProperties"), Dictionary):
        scrub(layers)
        catalogue.OCProperties = layers
    pdf.trailer.Root = pdf.make_indirect(catalogue)
    for key in set(pdf.trailer.keys()) - {"/Root", "/Size"}:
        with contextlib.suppress(KeyError, ValueError):
            del pdf.trailer[key]
