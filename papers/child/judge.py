"""Is it a PDF that a reader can open?"""

from pathlib import Path
from typing import Any

import pikepdf

from papers.child.weigh import is_bomb

MOST_PAGES = 200
LARGEST_SIDE = 14_400  # points: what readers of PDFs promise to show


def judge(path: str, _out: str) -> dict[str, Any]:
    """Open it as a reader would; `pages`, or the `problem`: password, broken, long, wide or heavy."""
    try:
        with pikepdf.open(path) as pdf:
            return _judged(pdf, path)
    except pikepdf.PasswordError:
        return {"problem": "password"}


def _judged(pdf: pikepdf.Pdf, path: str) -> dict[str, Any]:
    pages = len(pdf.pages)
    if pages > MOST_PAGES:
        return {"problem": "long"}
    if not pages or was_cut_short(pdf, path):
        return {"problem": "broken"}
    sides = [side for page in pdf.pages for side in sides_of(page)]
    if not all(side <= LARGEST_SIDE for side in sides):
        return {"problem": "wide"}
    if not all(sides):
        return {"problem": "broken"}
    return {"problem": "heavy"} if is_bomb(pdf) else {"pages": pages}


def sides_of(page: pikepdf.Page) -> tuple[float, float]:
    """Width and height in points, whatever corner the box begins at."""
    left, low, right, high = (float(side) for side in page.mediabox)
    unit = float(page.obj.get("/UserUnit", 1))
    return abs(right - left) * unit, abs(high - low) * unit


def was_cut_short(pdf: pikepdf.Pdf, path: str) -> bool:
    """Whether its table of contents had to be guessed and its end is missing: pages may be, too."""
    if not any("reconstruct" in warning for warning in pdf.get_warnings()):
        return False
    content = Path(path).read_bytes()
    return content.rfind(b"%%EOF") < content.rfind(b"endobj")
