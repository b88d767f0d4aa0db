"""Files made to harm that act: scripts, programs, other files, addresses. All open, none acts once cleaned."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from tests.factories import pdf as sound
from tests.papers.hostile import described, hostile, one_page, raw, saved, stream, zipped
from tests.papers.scanner import EICAR

SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert('EVIL')")
BOX = Array([0, 0, 100, 100])


def annotated(**entries: Any) -> bytes:
    """A page with one annotation."""
    document = pikepdf.new()
    document.add_blank_page()
    annotate(document, **entries)
    return saved(document)


def annotate(document: Pdf, **entries: Any) -> Any:
    """One more annotation on page one."""
    page = document.pages[0].obj
    one = document.make_indirect(Dictionary(Type=Name.Annot, Rect=BOX, **entries))
    page.Annots = Array([*page.get("/Annots", []), one])
    return one


def linked(**action: Any) -> bytes:
    """A page with a link that does this."""
    return annotated(Subtype=Name.Link, A=Dictionary(Type=Name.Action, **action))


def form(*fields: Any, **entries: Any) -> bytes:
    """A page with a form of these fields."""
    document = pikepdf.new()
    document.add_blank_page()
    made = [annotate(document, Subtype=Name.Widget, T="EVIL", **field) for field in fields]
    document.Root.AcroForm = Dictionary(Fields=Array(made), **entries)
    return saved(document)


def holding(content: bytes) -> tuple[Pdf, Any]:
    """A document, and a file that it may hold."""
    document = pikepdf.new()
    document.add_blank_page()
    inside = document.make_indirect(Stream(document, content, Type=Name.EmbeddedFile))
    return document, document.make_indirect(
        Dictionary(Type=Name.Filespec, F="EVIL.exe", UF="EVIL.exe", EF=Dictionary(F=inside))
    )


# Scripts -----------------------------------------------------------------------------------------
@hostile()
def a_script_on_opening() -> bytes:
    return described(OpenAction=SCRIPT)


@hostile()
def a_script_on_closing() -> bytes:
    return described(AA=Dictionary(WC=SCRIPT, DP=SCRIPT))


@hostile()
def a_script_by_name() -> bytes:
    return described(Names=Dictionary(JavaScript=Dictionary(Names=Array(["EVIL", SCRIPT]))))


@hostile()
def a_script_on_turning_to_the_page() -> bytes:
    return one_page(b"/MediaBox[0 0 9 9]/AA<</O<</S/JavaScript/JS(EVIL)>>>>")


@hostile()
def a_script_behind_another_action() -> bytes:
    return described(OpenAction=Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=SCRIPT))


@hostile()
def a_script_in_a_link() -> bytes:
    return linked(S=Name.JavaScript, JS="EVIL")


@hostile()
def a_script_in_a_field() -> bytes:
    return form({"FT": Name.Tx, "AA": Dictionary(K=SCRIPT, C=SCRIPT)}, CO=Array([]))


@hostile()
def a_script_spelt_in_numbers() -> bytes:
    return one_page(b"/MediaBox[0 0 9 9]/A#41<</O<</S/J#61vaScript/J#53(EVIL)>>>>")


@hostile()
def a_script_among_the_fonts() -> bytes:
    page = b"/MediaBox[0 0 9 9]/Resources<</Font<</F 4 0 R>>/EVIL<</S/JavaScript/JS(EVIL)>>>>"
    return one_page(
        page, b"<</Type/Font/Subtype/Type1/BaseFont/Courier/AA<</S/JavaScript/JS(EVIL)>>>>"
    )


@hostile()
def a_script_in_a_form_of_a_page() -> bytes:
    page = b"/MediaBox[0 0 9 9]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>"
    drawn = stream(
        b"0 0 9 9 re f",
        b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/A<</S/Launch/F(EVIL)>>/PieceInfo<</EVIL(EVIL)>>"
        b"/Resources<</Font<<>>/EVIL<</S/JavaScript/JS(EVIL)>>>>",
    )
    return one_page(page, drawn, stream(b"/X Do"))


@hostile()
def a_script_in_the_layers() -> bytes:
    return described(OCProperties=Dictionary(OCGs=Array([]), D=Dictionary(EVIL=SCRIPT)))


# Programs, files, addresses ------------------------------------------------------------------------
@hostile()
def a_program_on_opening() -> bytes:
    return described(OpenAction=Dictionary(S=Name.Launch, F="EVIL.exe", Win=Dictionary(F="EVIL")))


@hostile()
def a_program_in_a_link() -> bytes:
    return linked(S=Name.Launch, F="EVIL.exe")


@hostile()
def a_program_attached() -> bytes:
    document, inside = holding(b"MZ EVIL")
    document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(["EVIL", inside])))
    document.Root.AF = Array([inside])
    return saved(document)


@hostile()
def a_program_pinned_to_the_page() -> bytes:
    document, inside = holding(b"MZ EVIL")
    annotate(document, Subtype=Name.FileAttachment, FS=inside, Contents="EVIL")
    document.pages[0].obj.AF = Array([inside])
    return saved(document)


@hostile()
def files_shown_as_a_folder() -> bytes:
    document, inside = holding(zipped())
    document.Root.Collection = Dictionary(Type=Name.Collection, D="EVIL")
    document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(["EVIL", inside])))
    return saved(document)


@hostile()
def a_file_of_this_machine() -> bytes:
    return linked(S=Name.URI, URI="file:///etc/passwd?EVIL")


@hostile()
def an_address_that_is_a_script() -> bytes:
    return linked(S=Name.URI, URI="  javascript:EVIL()")


@hostile()
def an_address_that_is_data() -> bytes:
    return linked(S=Name.URI, URI="data:text/html,EVIL")


@hostile()
def an_address_of_an_office_program() -> bytes:
    return linked(S=Name.URI, URI="ms-word:ofe|u|https://EVIL")


@hostile()
def an_address_with_lines_in_it() -> bytes:
    return linked(S=Name.URI, URI="https://example.org/\r\nEVIL")


@hostile()
def addresses_from_a_base() -> bytes:
    return described(URI=Dictionary(Base="file:///EVIL/"))


@hostile()
def a_form_that_sends_itself() -> bytes:
    return form({"FT": Name.Btn, "A": Dictionary(S=Name.SubmitForm, F="http://EVIL")})


@hostile()
def a_form_that_takes_data_in() -> bytes:
    return form({"FT": Name.Btn, "A": Dictionary(S=Name.ImportData, F="EVIL.fdf")})


@hostile()
def a_form_in_xml() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    words = Stream(document, b"<xdp:xdp><script>EVIL</script></xdp:xdp>")
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Array(["template", words]))
    document.Root.NeedsRendering = True
    return saved(document)


@hostile()
def a_link_to_another_file() -> bytes:
    return linked(S=Name.GoToR, F="\\\\EVIL\\share\\x.pdf", D=Array([0, Name.Fit]))


@hostile()
def a_link_into_an_attached_file() -> bytes:
    return linked(S=Name.GoToE, T=Dictionary(R=Name.C, N="EVIL"))


@hostile()
def a_film() -> bytes:
    return annotated(Subtype=Name.Movie, Movie=Dictionary(F="EVIL.avi"))


@hostile()
def a_sound() -> bytes:
    return annotated(Subtype=Name.Sound, Sound=Dictionary(Type=Name.Sound, EVIL=1))


@hostile()
def a_film_of_a_newer_kind() -> bytes:
    return annotated(
        Subtype=Name.Screen,
        A=Dictionary(S=Name.Rendition, R=Dictionary(Type=Name.Rendition, N="EVIL"), JS="EVIL"),
    )


@hostile()
def rich_media() -> bytes:
    return annotated(Subtype=Name.RichMedia, RichMediaContent=Dictionary(Assets=Dictionary(EVIL=1)))


@hostile()
def a_body_in_three_dimensions() -> bytes:
    return annotated(Subtype=Name("/3D"), **{"3DD": Dictionary(OnInstantiate="EVIL")})


@hostile()
def a_drawing_in_postscript() -> bytes:
    page = b"/MediaBox[0 0 9 9]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>"
    return one_page(page, stream(b"(EVIL) run", b"/Type/XObject/Subtype/PS"), stream(b"/X Do"))


@hostile()
def bytes_from_another_file() -> bytes:
    page = b"/MediaBox[0 0 9 9]/Contents 4 0 R"
    return one_page(page, stream(b"", b"/F(/etc/EVIL)/FFilter/FlateDecode"))


@hostile()
def a_drawing_from_another_file() -> bytes:
    page = b"/MediaBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(EVIL.pdf)/Page 0>>/OPI<</EVIL 1>>"
    return one_page(page, stream(b"", entries))


# What hides --------------------------------------------------------------------------------------
@hostile()
def a_program_behind_the_end() -> bytes:
    return sound() + b"\nMZ EVIL" * 500


@hostile()
def an_archive_behind_the_end() -> bytes:
    return sound() + zipped()


@hostile()
def a_virus_behind_the_end() -> bytes:
    return sound() + EICAR


@hostile()
def a_page_in_a_comment() -> bytes:
    return one_page().replace(b"%PDF-1.7\n", b"%PDF-1.7\n%<script>EVIL()</script>\n")


@hostile()
def what_an_update_took_out() -> bytes:
    before = one_page(b"/MediaBox[0 0 9 9]/EVIL(EVIL)")
    change = b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n"
    table = len(before) + len(change)
    return (
        before
        + change
        + b"xref\n3 1\n%010d 00000 n \ntrailer\n<</Size 4/Root 1 0 R/Prev %d>>\n"
        % (len(before), before.rindex(b"xref\n0 "))
        + b"startxref\n%d\n%%%%EOF\n" % table
    )


@hostile()
def objects_that_nobody_names() -> bytes:
    return one_page(b"/MediaBox[0 0 9 9]", stream(b"MZ EVIL"), b"<</S/JavaScript/JS(EVIL)>>")


@hostile()
def a_signature_full_of_something_else() -> bytes:
    return form(
        {"FT": Name.Sig, "V": Dictionary(Type=Name.Sig, Contents="EVIL" * 1000)}, SigFlags=3
    )


@hostile()
def private_notes_of_a_program() -> bytes:
    return raw(
        b"<</Type/Catalog/Pages 2 0 R/PieceInfo<</EVIL(EVIL)>>/Extensions<</EVIL 1>>>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]/EVIL(EVIL)>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/PieceInfo<</EVIL(EVIL)>>/Thumb 4 0 R>>",
        stream(b"EVIL", b"/Subtype/Image/Width 1/Height 1"),
    )
