"""A cycle's own text of a letter: written as a draft, published when nothing lacks, taken back to the file's text."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import administers
from audit.models import subject_of
from audit.moves import Move, Refused, Text, move, record
from cycles.letters import parity
from cycles.letters.spelling import put_right
from cycles.models import Cycle
from notifications.catalogue import Entry, rewordable
from notifications.letter_text import LetterText
from notifications.overriding import as_written

Status = LetterText.Status
WORDS = ("subject_fr", "subject_en", "text_fr", "text_en")


def words_them(by: Any, row: LetterText) -> bool:
    """Administrators write the letters of a cycle."""
    return administers(by)


def what_lacks(row: LetterText) -> Iterable[Text]:
    """Why this text cannot be used yet."""
    entry = rewordable().get(row.letter)
    return parity.gaps(row, entry) if entry else [_("This letter does not exist any more.")]


PUBLISH = Move(
    "publish letter text",
    (Status.DRAFT,),
    Status.PUBLISHED,
    may=words_them,
    blocked_by=what_lacks,
    label=gettext_lazy("Publish"),
)
REPLACE = Move(
    "replace letter text",
    (Status.PUBLISHED,),
    Status.REPLACED,
    may=words_them,
    label=gettext_lazy("Back to the usual text"),
)
MOVES = (PUBLISH, REPLACE)


def texts_of(cycle: Cycle) -> list[LetterText]:
    """Every version of every letter of the cycle, the newest of each first."""
    return list(LetterText.objects.filter(scope=subject_of(cycle)).order_by("letter", "-version"))


def usual(letter: str) -> LetterText:
    """The file's own text, unsaved: what one begins to write from."""
    (subject_fr, text_fr), (subject_en, text_en) = (as_written(letter, x) for x in ("fr", "en"))
    return LetterText(
        letter=letter,
        version=0,
        subject_fr=subject_fr,
        subject_en=subject_en,
        text_fr=text_fr,
        text_en=text_en,
    )


def mark_of(row: LetterText | None) -> str:
    """What tells one state of a draft from another: two people may have it open."""
    words = "\x00".join(getattr(row, name) for name in WORDS) if row else ""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


@transaction.atomic
def write(cycle: Cycle, entry: Entry, *, by: User, seen: str, **words: str) -> LetterText:
    """Keep a draft, in one language or both. `seen`: the mark of the draft that was on the page. Raises Refused.

    Refused when somebody changed the draft meanwhile, and for words that no text of this letter may have.
    """
    if not administers(by):
        raise Refused(_("You may not do this."), forbidden=True)
    _hold(cycle)
    mine = LetterText.objects.filter(scope=subject_of(cycle), letter=entry.letter.name)
    draft = mine.drafts().first()
    if seen != mark_of(draft):
        raise Refused(
            _("Somebody changed this draft while you wrote: look at it, then save again.")
        )
    last = mine.aggregate(last=Max("version"))["last"] or 0
    row = draft or LetterText(scope=subject_of(cycle), letter=entry.letter.name, version=last + 1)
    for name in WORDS:
        setattr(row, name, put_right(words[name]) if name.endswith("_fr") else tidy(words[name]))
    reasons = [why for name in WORDS for why in refusals(entry, name, getattr(row, name))]
    if reasons:
        raise Refused(_("This text cannot be kept."), reasons)
    row.carried_over = False
    row.save()
    record("write letter text", row, by=by, letter=row.letter, version=row.version)
    return row


def tidy(text: str) -> str:
    """The text without empty ends, its lines as the outbox wants them."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()


def refusals(entry: Entry, field: str, text: str) -> list[str]:
    """Why a subject or a text cannot be kept."""
    reasons = list(parity.wrong_words(entry, text))
    if field.startswith("subject") and len(text.splitlines()) > 1:
        reasons.append(_("A subject is one line."))
    return reasons


@transaction.atomic
def publish(row: LetterText, *, by: User) -> LetterText:
    """Use this draft from now on; the text used until now stays as a version. Raises Refused with what lacks."""
    before = LetterText.objects.published().filter(scope=row.scope, letter=row.letter)
    LetterText.objects.select_for_update().get(pk=row.pk)
    if refused := PUBLISH.refusal(row, by):
        raise refused
    for used in before:
        move(used, REPLACE, by=by)
    return move(row, PUBLISH, by=by)


@transaction.atomic
def use_file(row: LetterText, *, by: User) -> LetterText:
    """Go back to the usual text; this one stays as a version. Raises Refused."""
    return move(row, REPLACE, by=by)


@transaction.atomic
def discard(row: LetterText, *, by: User) -> None:
    """Throw a draft away; what is published stays. Raises Refused."""
    if not administers(by):
        raise Refused(_("You may not do this."), forbidden=True)
    locked = LetterText.objects.select_for_update().filter(pk=row.pk).drafts()
    for draft in locked:
        record("discard letter text", draft, by=by, letter=draft.letter, version=draft.version)
        draft.delete()


def _hold(cycle: Cycle) -> None:
    """One writer at a time in a cycle."""
    Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)


def copy(old: Cycle, new: Cycle) -> None:
    """Next year begins with this year's words, as drafts whose dates are looked at before they are used."""
    newest: dict[str, LetterText] = {}
    for row in texts_of(old):
        if row.status == Status.PUBLISHED or (
            row.status == Status.DRAFT and row.letter not in newest
        ):
            newest[row.letter] = row
    LetterText.objects.bulk_create(
        LetterText(
            scope=subject_of(new),
            letter=row.letter,
            carried_over=True,
            **{name: getattr(row, name) for name in WORDS},
        )
        for row in newest.values()
    )
