"""Reading the words of a PDF, and making a copy without some of them; all of it done by the child.

What the child says of a file of others is material to judge: it is taken apart here, and what does not look as agreed
counts as nothing read.
"""

import json
import math
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papers.pdf import inspector

SECONDS_TO_READ = 60.0
SECONDS_TO_HIDE = 180.0
SECONDS_TO_SHOW = 10.0
LARGEST_PICTURE = 4 * 1024 * 1024
Box = tuple[float, float, float, float]
Span = tuple[int, int]


class Unreadable(Exception):
    """The child could not do it: the file is too much for it, or broken in a way that the first check does not see."""


@dataclass(frozen=True)
class Page:
    """A page as it was read: its text, its size in points, where its pictures stand, how many things it draws.

    `whole`: whether that is all of it.
    """

    text: str
    width: float
    height: float
    pictures: list[Box]
    drawn: int
    whole: bool


def read(path: Path) -> list[Page]:
    """What each page says. Raises Unreadable."""
    return [_page(line) for line in _told(path, do="read")]


def placed(path: Path, spans: Mapping[int, Sequence[Span]]) -> dict[int, list[list[Box]]]:
    """Where these pieces of the pages' texts stand: for each page, for each piece, its rectangles. Raises Unreadable."""
    if not spans:
        return {}
    told = _told(path, do="place", spans={str(page): list(some) for page, some in spans.items()})
    try:
        return {
            page: [[_box(box) for box in piece] for piece in _all(told[str(page)], len(some))]
            for page, some in spans.items()
        }
    except (TypeError, KeyError) as problem:
        raise Unreadable from problem


def hide(
    path: Path,
    out: Path,
    *,
    boxes: Mapping[int, Iterable[Box]],
    notices: Mapping[int, str],
    words: Iterable[str],
    shares: Mapping[int, Iterable[Box]] | None = None,
) -> None:
    """Write a copy without what stands in `boxes`, with a notice for some pages. Raises Unreadable; then there is no copy.

    `shares` are parts of pages as they are seen: left, top, right, bottom, from 0 to 1.
    """
    said = inspector().ask(
        str(path),
        SECONDS_TO_HIDE,
        do="hide",
        out=str(out),
        boxes={str(page): list(some) for page, some in boxes.items()},
        shares={str(page): list(some) for page, some in (shares or {}).items()},
        notices={str(page): text for page, text in notices.items()},
        words=list(words),
    )
    if said.problem:
        out.unlink(missing_ok=True)
        raise Unreadable(said.problem)


def picture(
    path: Path, *, page: int, boxes: Iterable[Box] = (), shares: Iterable[Box] = ()
) -> bytes:
    """What a page looks like, with frames around these places, as WebP. Raises Unreadable."""
    with tempfile.NamedTemporaryFile(suffix=".webp") as file:
        said = inspector().ask(
            str(path),
            SECONDS_TO_SHOW,
            do="show",
            out=file.name,
            page=page,
            boxes=list(boxes),
            shares=list(shares),
        )
        content = Path(file.name).read_bytes()
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if said.problem or not is_webp or len(content) > LARGEST_PICTURE:
        raise Unreadable(said.problem)
    return content


def _told(path: Path, *, do: str, **more: Any) -> Any:
    """What the child wrote."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        said = inspector().ask(str(path), SECONDS_TO_READ, do=do, out=file.name, **more)
        if said.problem:
            raise Unreadable(said.problem)
        try:
            told = json.loads(Path(file.name).read_bytes())
            return _all(told, said.pages) if do == "read" else told
        except (ValueError, TypeError) as problem:
            raise Unreadable from problem


def _all(told: Any, count: int) -> list[Any]:
    """A list of as many as there must be; raises TypeError."""
    if not isinstance(told, list) or len(told) != count:
        raise TypeError
    return told


def _page(line: Any) -> Page:
    try:
        width, height = (_number(side) for side in line["size"])
        return Page(
            text=str(line["text"]),
            width=width,
            height=height,
            pictures=[_box(box) for box in line["pictures"]],
            drawn=int(line["drawn"]),
            whole=line["whole"] is True,
        )
    except (ValueError, TypeError, KeyError) as problem:
        raise Unreadable from problem


def _box(told: Any) -> Box:
    left, bottom, right, top = (_number(side) for side in _all(told, 4))
    return (left, bottom, right, top)


def _number(told: Any) -> float:
    """A number that is one; raises TypeError."""
    if not isinstance(told, int | float) or not math.isfinite(told):
        raise TypeError
    return round(float(told), 2)
