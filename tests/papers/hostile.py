"""Files made to harm, by script: what lies about itself, what explodes. Those that act are in hostile_acts.py.

Each is refused for a named problem, or accepted: then nothing of it but the look of its pages is left in the
cleaned copy, and the word EVIL, which all of them carry where they can, is nowhere in it.
"""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from tests.factories import pdf as sound


@dataclass(frozen=True)
class Hostile:
    """One file, and the problem it must be refused for; none when it is cleaned instead."""

    name: str
    make: Callable[[], bytes]
    problem: str


CORPUS: list[Hostile] = []


def hostile(problem: str = "") -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Put what a function makes into the corpus."""

    def add(make: Callable[[], bytes]) -> Callable[[], bytes]:
        CORPUS.append(Hostile(make.__name__, make, problem))
        return make

    return add


def add_all(problem: str, **contents: bytes) -> None:
    """Put several contents into the corpus, refused for the same problem."""
    for name, content in contents.items():
        CORPUS.append(Hostile(name, lambda content=content: content, problem))  # type: ignore[misc]


def saved(pdf: Pdf, **options: Any) -> bytes:
    """The bytes of a document."""
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def raw(*objects: bytes, root: int = 1, trailer: bytes = b"") -> bytes:
    """A document written by hand: objects 1, 2, … and a right table of them."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\n" % (len(places) + 1, root, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


CATALOGUE, TREE = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"


def one_page(
    page: bytes = b"/MediaBox[0 0 612 792]", *more: bytes, tree: bytes = TREE, trailer: bytes = b""
) -> bytes:
    """A page with these entries, and further objects from number 4 on."""
    return raw(CATALOGUE, tree, b"<</Type/Page/Parent 2 0 R" + page + b">>", *more, trailer=trailer)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def zipped() -> bytes:
    """An archive with a program in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("EVIL.exe", b"MZ EVIL")
    return out.getvalue()


# What is no PDF, or only begins like one -----------------------------------------------------------
NOISE = random.Random(7).randbytes(3000)
HTML = b"<!doctype html><script>EVIL()</script>"
add_all(
    "not_pdf",
    nothing=b"",
    a_page=HTML,
    an_archive=zipped(),
    a_program=b"MZ\x90\x00EVIL",
    a_picture=b"\x89PNG\r\n\x1a\nEVIL",
    a_space_first=b" " + sound(),
    a_mark_first=b"\xef\xbb\xbf" + sound(),
    a_page_then_a_pdf=HTML + sound(),
    an_archive_then_a_pdf=zipped() + sound(),
    a_script_then_a_pdf=b"/*" + sound() + b"*/EVIL()",
    nul_first=b"\0%PDF-1.7",
)
add_all(
    "broken",
    noise=b"%PDF-" + NOISE,
    zeros=b"%PDF-1.7" + b"\0" * 5000,
    the_header_alone=b"%PDF-1.7\n%%EOF\n",
    a_page_with_our_header=b"%PDF-1.7\n" + HTML,
    an_archive_with_our_header=b"%PDF-1.7\n" + zipped(),
    one_tenth=sound(30)[: len(sound(30)) // 10],
    one_half=sound(30)[: len(sound(30)) // 2],
    nearly_all=sound(30, "x")[:-300],
    no_pages=raw(CATALOGUE, b"<</Type/Pages/Count 0/Kids[]>>"),
    no_tree=raw(b"<</Type/Catalog>>"),
    a_tree_that_is_a_number=raw(CATALOGUE, b"42"),
    a_tree_in_itself=raw(CATALOGUE, b"<</Type/Pages/Count 1/Kids[2 0 R]>>"),
    a_page_that_is_not_there=raw(CATALOGUE, TREE),
    a_root_that_is_not_there=raw(CATALOGUE, TREE, root=9),
    an_endless_page=one_page(b"/MediaBox[0 0 1" + b"0" * 300 + b" 10]"),
    boxes_in_boxes=one_page(b"/MediaBox[0 0 9 9]/A" + b"[" * 100_000 + b"]" * 100_000),
    a_box_without_area=one_page(b"/MediaBox[0 0 0 792]"),
    a_cipher_nobody_knows=one_page(trailer=b"/Encrypt<</Filter/EVIL/V 99/R 99>>/ID[(a)(a)]"),
)
add_all(
    "wide",
    a_wide_page=one_page(b"/MediaBox[0 0 14401 10]"),
    a_tall_page=one_page(b"/MediaBox[0 -20000 10 20000]"),
    a_page_of_large_units=one_page(b"/MediaBox[0 0 612 792]/UserUnit 75000"),
)
add_all("long", too_many_pages=sound(201))


@hostile("long")
def one_page_a_hundred_thousand_times() -> bytes:
    kids = b"3 0 R " * 100_000
    return one_page(tree=b"<</Type/Pages/Count 100000/Kids[" + kids + b"]>>")


@hostile("broken")
def pages_that_multiply() -> bytes:
    """Seven levels of eight times the same child."""
    levels = [
        b"<</Type/Pages/Count 8/Kids[%s]>>" % (b"%d 0 R " % (number + 1) * 8)
        for number in range(2, 9)
    ]
    return raw(CATALOGUE, *levels, b"<</Type/Page/MediaBox[0 0 9 9]/Parent 8 0 R>>")


@hostile("broken")
def a_tree_of_ten_thousand_levels() -> bytes:
    levels = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 1) for number in range(2, 10_002)]
    return raw(CATALOGUE, *levels, b"<</Type/Page/MediaBox[0 0 9 9]>>")


# Locked ------------------------------------------------------------------------------------------
def locked(version: int, *, aes: bool) -> bytes:
    """A file that asks for a password."""
    document = pikepdf.new()
    document.add_blank_page()
    how = pikepdf.Encryption(owner="o", user="u", R=version, aes=aes, metadata=aes)  # type: ignore[arg-type]
    return saved(document, encryption=how)


add_all(
    "password",
    locked_by_rc4_of_40_bits=locked(2, aes=False),
    locked_by_rc4_of_128_bits=locked(3, aes=False),
    locked_by_aes_of_128_bits=locked(4, aes=True),
    locked_by_aes_of_256_bits=locked(6, aes=True),
)


# What explodes -----------------------------------------------------------------------------------
@cache
def flate() -> bytes:
    """Three hundred megabytes of spaces, packed."""
    machine, piece = zlib.compressobj(9), b" " * 1_000_000
    return b"".join([*(machine.compress(piece) for _turn in range(300)), machine.flush()])


def drawing(content: bytes, entries: bytes) -> bytes:
    """A page that draws this packed stream."""
    page = b"/MediaBox[0 0 612 792]/Contents 4 0 R"
    return one_page(page, stream(content, entries))


@hostile("heavy")
def a_stream_of_three_hundred_megabytes() -> bytes:
    return drawing(flate(), b"/Filter/FlateDecode")


@hostile("heavy")
def a_stream_packed_twice() -> bytes:
    twice = zlib.compress(flate(), 9)
    return drawing(twice, b"/Filter[/FlateDecode/FlateDecode]")


@hostile("heavy")
def a_stream_packed_five_times() -> bytes:
    content = flate()
    for _turn in range(4):
        content = zlib.compress(content, 9)
    return drawing(content, b"/Filter[" + b"/FlateDecode" * 5 + b"]")


@hostile("heavy")
def a_forecast_of_a_row_as_long_as_a_disk() -> bytes:
    entries = b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2000000000/Colors 4>>"
    return drawing(flate(), entries)


@hostile("heavy")
def a_box_of_objects_that_swells() -> bytes:
    packed = flate()
    entries = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
    return one_page(b"/MediaBox[0 0 612 792]", stream(packed, entries))


@hostile("heavy")
def a_picture_of_ten_billion_dots() -> bytes:
    return picture(b"/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB", b"EVIL")


@hostile("heavy")
def a_picture_in_jpeg_2000_that_lies() -> bytes:
    header = struct.pack(">I4s4I", 28, b"jp2c", 2**31, 2**31, 1, 1)
    return picture(b"/Width 2147483647/Height 2147483647/Filter/JPXDecode", header)


def picture(entries: bytes, content: bytes) -> bytes:
    """A page that shows a picture."""
    page = b"/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<</XObject<</I 4 0 R>>>>"
    entries = b"/Type/XObject/Subtype/Image" + entries
    return one_page(page, stream(content, entries), stream(b"/I Do"))


def forms(*contents: tuple[bytes, bytes]) -> bytes:
    """A page that draws form 5; each form has what it draws and the forms it knows."""
    page = b"/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>"
    made = [
        stream(
            content,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<" + known + b">>>>",
        )
        for content, known in contents
    ]
    return one_page(page, stream(b"/F Do"), *made)


@hostile("heavy")
def a_form_that_draws_itself() -> bytes:
    return forms((b"/F Do", b"/F 5 0 R"))


@hostile("heavy")
def two_forms_that_draw_each_other() -> bytes:
    return forms((b"/F Do", b"/F 6 0 R"), (b"/F Do", b"/F 5 0 R"))


@hostile("heavy")
def a_billion_forms() -> bytes:
    levels = [(b"/F Do " * 10, b"/F %d 0 R" % number) for number in range(6, 15)]
    return forms(*levels, (b"0 0 9 9 re f", b""))


@hostile("heavy")
def a_form_in_a_form_two_thousand_times() -> bytes:
    levels = [(b"/F Do", b"/F %d 0 R" % number) for number in range(6, 2006)]
    return forms(*levels, (b"0 0 9 9 re f", b""))


# What lies about where or how large things are: read as readers do, and written right -----------------------------
add_all(
    "",
    a_box_that_is_no_number=one_page(b"/MediaBox[0 0 nan inf]"),
    a_box_of_words=one_page(b"/MediaBox[(EVIL)(b)(c)(d)]"),
    a_box_of_three=one_page(b"/MediaBox[0 0 612]"),
)


@hostile()
def a_table_of_contents_that_lies() -> bytes:
    return one_page().replace(b"0000000009 00000 n", b"0000000077 00000 n")


@hostile()
def a_table_of_contents_nowhere() -> bytes:
    return one_page().replace(b"startxref\n", b"startxref\n9")


@hostile()
def a_table_that_follows_itself() -> bytes:
    content = one_page(trailer=b"/Prev 00000000")
    return content.replace(b"/Prev 00000000", b"/Prev %08d" % content.index(b"xref\n0 4"))


@hostile()
def a_table_of_two_billion() -> bytes:
    return one_page().replace(b"/Size 4", b"/Size 2147483647")


@hostile()
def a_count_of_a_million() -> bytes:
    return one_page(tree=b"<</Type/Pages/Count 1000000/Kids[3 0 R]>>")


@hostile()
def a_name_of_a_megabyte() -> bytes:
    return one_page(b"/MediaBox[0 0 612 792]/" + b"EVIL" * 250_000 + b" 1")


@hostile()
def names_with_nothing_in_them() -> bytes:
    page = b"/MediaBox[0 0 612 792]/Resources<</Font<</#00EVIL#00 4 0 R>>>>/#00 1"
    return one_page(page, b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>")


@hostile()
def a_box_of_objects_in_itself() -> bytes:
    entries = b"/Type/ObjStm/N 1/First 4/Extends 4 0 R"
    return one_page(b"/MediaBox[0 0 612 792]", stream(b"9 0 (EVIL)", entries))


def described(**entries: Any) -> bytes:
    """A page whose document says these things of itself."""
    document = pikepdf.new()
    document.add_blank_page()
    for name, value in entries.items():
        document.Root["/" + name] = value
    return saved(document)


@hostile()
def outlines_in_a_circle() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    first = document.make_indirect(Dictionary(Title="EVIL"))
    first.Next = first.Prev = first.First = first.Last = first
    document.Root.Outlines = Dictionary(
        Type=Name.Outlines, First=first, Last=first, Count=2**31 - 1
    )
    return saved(document)


@hostile()
def words_in_half_an_alphabet() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Title"] = pikepdf.String(b"\xfe\xff\xd8\x00EVIL\xdc".decode("latin-1"))
    document.Root.Metadata = Stream(
        document, b'<?xml version="1.0"?><!DOCTYPE EVIL [<!ENTITY a "EVIL">]>&a;'
    )
    document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P="EVIL")]))
    return saved(document)
