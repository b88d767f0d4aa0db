"""PDFs to upload: sound, of a given size, each different from every other."""

import io
import random
from functools import cache

import pikepdf

_MARK = b"0123456789abcdef0123456789abcdef"


@cache
def _model(size: int, pages: int) -> bytes:
    """A PDF of about this many bytes: pages that draw nothing, and noise that no packer makes smaller."""
    noise = random.Random(size)
    document = pikepdf.new()
    for _index in range(pages):
        page = document.add_blank_page()
        stream = pikepdf.Stream(document, noise.randbytes(size // pages))
        page.obj.Metadata = document.make_indirect(stream)
    document.docinfo["/Title"] = _MARK.decode()
    out = io.BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def pdf(size: int, *, pages: int = 3) -> bytes:
    """One more PDF of about this many bytes."""
    model = _model(size, pages)
    if model.count(_MARK) != 1:
        raise ValueError("The title is not where it is looked for.")
    return model.replace(_MARK, random.randbytes(16).hex().encode())
