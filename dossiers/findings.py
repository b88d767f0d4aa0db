"""The findings of one submission as the coordination settles them: by place, what is alike together."""

from collections import defaultdict
from dataclasses import dataclass

from applications.models import Submission
from dossiers.held import Held, held, is_letter
from dossiers.models import Redaction
from dossiers.scanning import RULES
from dossiers.texts import FREE, called
from papers.redacting import Box

Kind = Redaction.Kind
PICTURED = (Kind.PAGE, Kind.PICTURE, Kind.AREA)


@dataclass(frozen=True)
class Item:
    """The same words on several pages of one place, or a page, with what was decided."""

    rows: list[Redaction]

    @property
    def first(self) -> Redaction:
        """The one that stands for all."""
        return self.rows[0]

    @property
    def value(self) -> str:
        """What a form sends for it."""
        return ",".join(str(row.pk) for row in self.rows)

    @property
    def pages(self) -> list[int]:
        """Where it stands."""
        return [row.page for row in self.rows if row.page]

    @property
    def is_pictured(self) -> bool:
        """Whether a person has to see it."""
        return self.first.kind in PICTURED


@dataclass(frozen=True)
class Group:
    """A place: a text or a paper (`paper` is None for a text), with what was found there.

    `is_searched`: whether the paper's content of now was.
    """

    place: str
    title: str
    items: list[Item]
    paper: Held | None
    is_searched: bool = True

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter of reference."""
        return is_letter(self.place)

    @property
    def pages_to_see(self) -> str:
        """All pages that wait for somebody to look at them, as a form sends them."""
        waiting = (item for item in self.items if item.first.is_waiting)
        return ",".join(item.value for item in waiting if item.first.kind == Kind.PAGE)


def groups_of(submission: Submission) -> list[Group]:
    """Every paper and every text with a finding, in the order of the form; in a fixed number of queries."""
    rows = defaultdict(list)
    found = Redaction.objects.filter(submission=submission).select_related("added_by")
    for row in found.order_by("page", "pk"):
        rows[row.place].append(row)
    papers = held(submission)
    scan = getattr(submission, "scan", None)
    known = scan.papers if scan and scan.rules == RULES else {}
    named = {paper.place for paper in papers}
    texts = sorted((place for place in rows if place not in named), key=_position)
    return [
        *(Group(one, _called(one, submission), items_of(rows[one]), None) for one in texts),
        *(
            Group(one.place, one.what, items_of(rows[one.place]), one, _is_known(one, known))
            for one in papers
        ),
    ]


def _is_known(paper: Held, known: dict[str, str]) -> bool:
    return bool(paper.cleaned) and known.get(paper.place) == paper.sha256


def _position(place: str) -> tuple[int, str]:
    top = place.partition(".")[0]
    return (FREE.index(top) if top in FREE else len(FREE), place)


def _called(place: str, submission: Submission) -> str:
    return called(place, submission.content)


def items_of(rows: list[Redaction]) -> list[Item]:
    """What is alike together: the same words with the same decision; a page is one by itself."""
    alike: dict[tuple[object, ...], list[Redaction]] = defaultdict(list)
    for row in rows:
        alone = row.pk if row.kind in PICTURED else None
        alike[row.kind, row.words.lower(), row.status, row.by_hand, alone].append(row)
    return [Item(some) for some in alike.values()]


def frames(row: Redaction, rows: list[Redaction]) -> dict[str, list[Box]]:
    """What to frame on the picture of a finding's page: boxes and shares."""
    same = [one for one in rows if one.page == row.page and one.place == row.place]
    return {
        "boxes": [box for one in same if one.kind != Kind.AREA for box in one.boxes],
        "shares": [box for one in same if one.kind == Kind.AREA for box in one.boxes],
    }
