"""Looking a submission through for what tells who wrote it. What is found hides at once, and waits for a person.

A worker does it for cycles that are read blindly. A page without words, a page that is one picture, a paper that cannot
be read: nobody can search them, so a person has to look, and until then they do not show.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from applications.models import Application, Document, Referee, Submission
from applications.models.application import FILED
from dossiers.held import Held, at_hand, held
from dossiers.matching import Finder, Span, finder_of
from dossiers.models import Redaction, Scan
from dossiers.texts import around, found_in, key
from papers.models import CheckedFile
from papers.redacting import Box, Page, Unreadable, placed, read

logger = logging.getLogger(__name__)

RULES = 1  # goes up when the search finds more: everything is looked through again
RUN_SECONDS = 20.0
FEWEST_LETTERS = 30  # fewer on a page that draws something: it may be a scan
MOST_STRANGE = 0.2  # of a page's signs: more, and its fonts do not say what they show
LARGEST_PICTURE = 0.3  # of a page: a larger one may be a scan with words laid over it
SMALLEST_PORTRAIT = 40.0  # points
WITHOUT_PORTRAITS = ("transcript", "translation", "diploma", "reference")
Kind = Redaction.Kind
Key = tuple[str, int, str, str]


@dataclass(frozen=True)
class Finding:
    """Something that tells who the person is, or may."""

    place: str
    words: str = ""
    line: str = ""
    page: int = 0
    kind: str = Kind.WORDS
    boxes: list[Box] = field(default_factory=list)
    by_hand: bool = False

    @property
    def key(self) -> Key:
        """What makes it the same finding the next time."""
        return (self.place, self.page, self.kind, self.words)


def due() -> "models.QuerySet[Submission]":
    """Submissions of blind cycles that count and have something unread; those tried longest ago first."""
    newer = Submission.objects.filter(
        application=OuterRef("application"), version__gt=OuterRef("version")
    )
    since = OuterRef("scan__scanned_at")
    return (
        Submission.objects.filter(
            ~Exists(newer),
            application__cycle__is_blind=True,
            application__status__in=FILED,
        )
        .filter(
            Q(scan__scanned_at__isnull=True)
            | ~Q(scan__rules=RULES)
            | Exists(_arrived(Document, "uploaded_at", since))
            | Exists(_arrived(Referee, "answered_at", since))
        )
        .order_by(F("scan__tried_at").asc(nulls_first=True), "pk")
    )


def _arrived(model: Any, came: str, since: Any) -> "models.QuerySet[Any]":
    """The papers of the file that came, or were cleaned, since it was looked through."""
    clean = CheckedFile.objects.filter(sha256=OuterRef("sha256"), state=CheckedFile.State.CLEAN)
    later = clean.filter(checked_at__gt=OuterRef(OuterRef("scan__scanned_at")))
    rows = model.objects.filter(application=OuterRef("application"))
    return rows.filter(Q(Exists(later)) | Q(Exists(clean), **{f"{came}__gt": since}))


def scan_due(seconds: float = RUN_SECONDS) -> int:
    """Look through what waits, for about so long; how many were looked through."""
    until, done = time.monotonic() + seconds, 0
    for pk in list(due().values_list("pk", flat=True)[:500]):
        if time.monotonic() > until:
            break
        try:
            scan(Submission.objects.select_related("application__cycle").get(pk=pk))
        except (
            Exception
        ) as problem:  # a disk or a bucket that is away: this one waits, the others go on
            logger.warning("Submission %s is not searched yet: %s", pk, type(problem).__name__)
        else:
            done += 1
    return done


def by_hand(submission: Submission) -> list[str]:
    """The words that somebody asked to hide in this submission."""
    rows = Redaction.objects.filter(submission=submission, by_hand=True, kind=Kind.WORDS)
    return list(rows.hidden().values_list("words", flat=True).distinct().order_by("words"))


def finder_for(submission: Submission) -> Finder:
    """Finds the person of a submission, and what somebody asked to hide besides."""
    return finder_of(submission.content, by_hand(submission))


def scan(submission: Submission) -> Scan:
    """Look through its texts and its papers, and keep what was found. What was decided before stays decided."""
    at = timezone.now()
    row, _made = Scan.objects.update_or_create(submission=submission, defaults={"tried_at": at})
    finder = finder_for(submission)
    texts = [
        Finding(found.place, found.words, found.line, by_hand=found.by_hand)
        for found in found_in(submission.content, finder)
    ]
    known = row.papers if row.rules == RULES else {}
    unread = [
        paper
        for paper in held(submission)
        if paper.cleaned and known.get(paper.place) != paper.sha256
    ]
    read_now = [(paper, list(_searched(paper, finder))) for paper in unread]
    with transaction.atomic():
        keep(submission, Redaction.objects.filter(page=0), texts)
        for paper, found in read_now:
            keep_paper(submission, paper.place, paper.sha256, found)
        Scan.objects.filter(pk=row.pk).update(scanned_at=at, rules=RULES)
    row.refresh_from_db()
    return row


def _searched(paper: Held, finder: Finder) -> Iterator[Finding]:
    with at_hand(paper.cleaned) as path:
        yield from in_paper(path, paper.place, finder, pages=paper.pages)


def scan_paper(submission: Submission, place: str, path: Path, *, sha256: str, pages: int) -> None:
    """Look through one paper at hand, and keep what was found."""
    found = list(in_paper(path, place, finder_for(submission), pages=pages))
    with transaction.atomic():
        keep_paper(submission, place, sha256, found)


def in_paper(path: Path, place: str, finder: Finder, *, pages: int) -> Iterator[Finding]:
    """What tells who the person is in a PDF; every page of one that cannot be read."""
    try:
        told = read(path)
        pieces = {number: _pieces(page, finder) for number, page in enumerate(told, 1)}
        spans = {number: [span for span, _own in some] for number, some in pieces.items()}
        boxes = placed(path, {number: some for number, some in spans.items() if some})
    except Unreadable:
        for number in range(1, max(pages, 1) + 1):
            yield Finding(place, page=number, kind=Kind.PAGE)
        return
    for number, page in enumerate(told, 1):
        where = boxes.get(number, [])
        if must_be_seen(page) or not all(where):
            yield Finding(place, page=number, kind=Kind.PAGE)
        elif not place.startswith(WITHOUT_PORTRAITS) and (faces := portraits(page)):
            yield Finding(place, page=number, kind=Kind.PICTURE, boxes=faces)
        yield from _words(page, number, place, zip(pieces[number], where, strict=True))


def _pieces(page: Page, finder: Finder) -> list[tuple[Span, bool]]:
    """What is to be hidden on a page, and whether somebody asked for it."""
    named = [(span, False) for span in finder.named(page.text)]
    return named + [(span, True) for span in finder.asked(page.text)]


def _words(page: Page, number: int, place: str, found: Iterable[Any]) -> Iterator[Finding]:
    """The words of one page, the same words together."""
    kept: dict[str, Finding] = {}
    for (span, own), boxes in found:
        words = key(page.text[slice(*span)])
        if words in kept:
            kept[words].boxes.extend(boxes)
        elif words:
            line = around(page.text, span)
            kept[words] = Finding(place, words, line, number, boxes=list(boxes), by_hand=own)
    yield from kept.values()


def must_be_seen(page: Page) -> bool:
    """Whether the words of a page do not say all that it shows."""
    if not page.whole:
        return True
    letters = sum(sign.isalpha() for sign in page.text)
    strange = sum(sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" for sign in page.text)
    if page.drawn and (letters < FEWEST_LETTERS or strange > MOST_STRANGE * len(page.text)):
        return True
    surface = page.width * page.height
    return sum(map(_surface, page.pictures)) > LARGEST_PICTURE * surface


def _surface(box: Box) -> float:
    left, bottom, right, top = box
    return max(0.0, right - left) * max(0.0, top - bottom)


def portraits(page: Page) -> list[Box]:
    """The pictures that may show a face: neither a dot nor a line."""
    return [box for box in page.pictures if _may_be_a_face(*box)]


def _may_be_a_face(left: float, bottom: float, right: float, top: float) -> bool:
    wide, high = right - left, top - bottom
    return min(wide, high) >= SMALLEST_PORTRAIT and 0.5 <= wide / high <= 2


def keep_paper(submission: Submission, place: str, sha256: str, found: list[Finding]) -> None:
    """Keep what was found in a paper. What was decided about another content of the same place is void."""
    Application.objects.select_for_update(of=("self",)).get(pk=submission.application_id)
    now = timezone.now()
    row, _made = Scan.objects.get_or_create(submission=submission, defaults={"tried_at": now})
    rows = Redaction.objects.filter(place=place, page__gte=1)
    if row.papers.get(place, sha256) != sha256:
        rows.filter(submission=submission).delete()
    keep(submission, rows.exclude(kind=Kind.AREA), found)
    Scan.objects.filter(pk=row.pk).update(papers={**row.papers, place: sha256})


def keep(submission: Submission, rows: Any, found: list[Finding]) -> None:
    """Let these rows of the submission be what was found: new ones are added, those that are gone leave."""
    before = {(r.place, r.page, r.kind, r.words): r for r in rows.filter(submission=submission)}
    now = {one.key: one for one in found}
    gone = [row.pk for known, row in before.items() if known not in now]
    Redaction.objects.filter(pk__in=gone).delete()
    moved = [row for known, row in before.items() if known in now and _moved(row, now[known])]
    Redaction.objects.bulk_update(moved, ["boxes", "line"])
    Redaction.objects.bulk_create(
        [
            Redaction(
                submission=submission,
                place=one.place,
                page=one.page,
                kind=one.kind,
                words=one.words,
                line=one.line,
                boxes=one.boxes,
                by_hand=one.by_hand,
                status=Redaction.Status.CONFIRMED if one.by_hand else Redaction.Status.PROPOSED,
            )
            for known, one in now.items()
            if known not in before
        ],
        ignore_conflicts=True,
    )


def _moved(row: Redaction, one: Finding) -> bool:
    """Let a finding of before stand where it was found now; whether that is elsewhere."""
    boxes = [list(box) for box in one.boxes]
    changed = (row.boxes, row.line) != (boxes, one.line)
    row.boxes, row.line = boxes, one.line
    return changed
