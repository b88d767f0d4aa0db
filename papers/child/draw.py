"""What page one looks like, small. The renderer is the part that hostile files crash: it has a process of its own."""

from typing import Any

import pypdfium2
from PIL import Image

LONGEST_SIDE = 360  # pixels: 180 on the page, sharp on a dense screen
QUALITY = 70

Image.init()  # once, before the forks


def draw(path: str, out: str) -> dict[str, Any]:
    """Write a WebP picture of the first page to `out`."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0]
        scale = LONGEST_SIDE / max(page.get_size())
        picture = page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil()
        picture.convert("RGB").save(out, "WEBP", quality=QUALITY)
    return {}
