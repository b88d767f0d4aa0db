"""Settling what the search found: hide it, let it show, look at it again; and hiding what it did not find."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Submission
from audit.moves import Move, Refused, move, move_all, record
from dossiers.held import Held, at_hand, held
from dossiers.matching import Finder
from dossiers.models import Redaction
from dossiers.permissions import settles
from dossiers.scanning import Finding, in_paper
from dossiers.texts import found_in, key
from papers.redacting import Box

Kind, Status = Redaction.Kind, Redaction.Status
FEWEST_SIGNS = 2

HIDE = Move(
    "hide_finding",
    (Status.PROPOSED, Status.SHOWN),
    Status.CONFIRMED,
    may=settles,
    label=gettext_lazy("Hide"),
)
SHOW = Move(
    "show_finding",
    (Status.PROPOSED, Status.CONFIRMED),
    Status.SHOWN,
    may=settles,
    label=gettext_lazy("Let it show"),
)
LOOK_AGAIN = Move(
    "look_at_finding_again",
    (Status.CONFIRMED, Status.SHOWN),
    Status.PROPOSED,
    may=settles,
    label=gettext_lazy("Settle again"),
)
# Parts of a page as it is seen: left, top, right, bottom, from 0 to 1.
PARTS: dict[str, Box] = {
    "top_quarter": (0, 0, 1, 0.25),
    "top_third": (0, 0, 1, 0.34),
    "top_half": (0, 0, 1, 0.5),
    "bottom_quarter": (0, 0.75, 1, 1),
    "bottom_half": (0, 0.5, 1, 1),
}


def settle(rows: Any, step: Move, *, by: User) -> int:
    """Make this move on those of the findings that are not there yet; how many were moved."""
    still = rows.exclude(status=step.target).select_related("submission__application")
    return len(move_all(still, step, by=by))


def hide(rows: Any, *, by: User) -> int:
    """Readers never see these."""
    return settle(rows, HIDE, by=by)


def let_show(rows: Any, *, by: User) -> int:
    """False alarms, or pages that were looked at: readers see these."""
    return settle(rows, SHOW, by=by)


def look_again(rows: Any, *, by: User) -> int:
    """Take a decision back: these are hidden, and wait for a person."""
    return settle(rows, LOOK_AGAIN, by=by)


def add(submission: Submission, words: str, *, by: User) -> int:
    """Hide words wherever they stand in the submission; in how many places. Raises Refused when they stand nowhere."""
    _allowed(submission, by)
    if len(key(words)) < FEWEST_SIGNS:
        raise Refused(_("Write two letters or more."))
    found = {one.key: one for one in _wherever(submission, words)}
    if not found:
        raise Refused(
            _("These words are in no text of this file. On a page that is a picture, hide a part.")
        )
    with transaction.atomic():
        for one in found.values():
            _add(submission, one, by=by)
    return len(found)


def _add(submission: Submission, one: Finding, *, by: User) -> None:
    """One more thing to hide; where the search has found the same already, that is hidden."""
    row, made = Redaction.objects.get_or_create(
        submission=submission,
        place=one.place,
        page=one.page,
        kind=one.kind,
        words=one.words,
        defaults={
            "line": one.line,
            "boxes": one.boxes,
            "by_hand": True,
            "added_by": by,
            "status": Status.CONFIRMED,
        },
    )
    if made:
        record("add_finding", row, by=by, new=Status.CONFIRMED, place=one.place, page=one.page)
    elif row.status != Status.CONFIRMED:
        move(row, HIDE, by=by)


def _wherever(submission: Submission, words: str) -> Iterator[Finding]:
    """These words in the texts and in the papers of a submission."""
    nobody = Finder(None, [words])
    for found in found_in(submission.content, nobody):
        yield Finding(found.place, found.words, found.line)
    for paper in held(submission):
        if paper.cleaned:
            yield from _in(paper, nobody)


def _in(paper: Held, finder: Finder) -> Iterator[Finding]:
    with at_hand(paper.cleaned) as path:
        for one in in_paper(path, paper.place, finder, pages=paper.pages):
            if one.kind == Kind.WORDS:
                yield replace(one, by_hand=True)


@transaction.atomic
def remove(rows: Iterable[Redaction], *, by: User) -> int:
    """Take back what was added by hand; how many. Raises Refused for what the search found: that can be let show."""
    gone = list(rows)
    for row in gone:
        _allowed(row.submission, by)
        if not row.by_hand:
            raise Refused(_("The search found this: let it show instead."))
        record("remove_finding", row, by=by, old=row.status, place=row.place, page=row.page)
        row.delete()
    return len(gone)


@transaction.atomic
def hide_part(submission: Submission, place: str, page: int, part: str, *, by: User) -> Redaction:
    """Hide a part of a page as it is seen. A page that waited for a look was looked at: the rest of it shows."""
    _allowed(submission, by)
    row = Redaction.objects.create(
        submission=submission,
        place=place,
        page=page,
        kind=Kind.AREA,
        boxes=[PARTS[part]],
        by_hand=True,
        added_by=by,
        status=Status.CONFIRMED,
    )
    record("add_finding", row, by=by, new=Status.CONFIRMED, place=place, page=page, part=part)
    waiting = Redaction.objects.filter(submission=submission, place=place, page=page)
    let_show(waiting.filter(kind=Kind.PAGE), by=by)
    return row


def _allowed(submission: Submission, by: User) -> None:
    if not settles(by, Redaction(submission=submission)):
        raise Refused(_("You may not do this."), forbidden=True)
