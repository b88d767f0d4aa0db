"""Self-identification: said, put right and erased by its person alone. It serves figures, never a scholarship.

Nothing is written on the trail, and the letters about it are hidden from the staff: that somebody answered is theirs too.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from audit.moves import Refused
from scholarships import private_letters as letters
from scholarships.abouts import identification
from scholarships.dimensions import DIMENSIONS, LONGEST_WORDS, OWN, Dimension
from scholarships.vault import entries

Said = Mapping[str, Any]


def clean(answers: Said) -> dict[str, Any]:
    """What is kept of answers: known options, in the order of the page. An empty answer is none. Raises Refused."""
    kept: dict[str, Any] = {}
    for dimension in DIMENSIONS:
        chosen, words = _chosen(dimension, answers), _words(dimension, answers)
        if words and chosen and chosen[0] in dimension.alone:
            raise Refused(_("Choose that answer, or use your own words: not both."))
        if words and not chosen:
            chosen = [OWN]
        if chosen:
            kept[dimension.code] = chosen if dimension.many else chosen[0]
        if words:
            kept[dimension.words_code] = words
    return kept


def _chosen(dimension: Dimension, answers: Said) -> list[str]:
    """The options that were chosen. Raises Refused for what is no option, or does not go with another."""
    given = answers.get(dimension.code) or []
    given = {given} if isinstance(given, str) else set(given)
    given.discard(OWN)
    known = [code for code, _label in dimension.asked if code in given]
    if len(known) != len(given):
        raise Refused(_("Choose among the answers of the list, or use your own words."))
    if len(known) > 1 and (not dimension.many or dimension.alone & given):
        raise Refused(_("This answer goes with no other: choose it alone, or leave it out."))
    return known


def _words(dimension: Dimension, answers: Said) -> str:
    """A person's own words. Raises Refused for more than fit."""
    words = " ".join(str(answers.get(dimension.words_code) or "").split())
    if len(words) > LONGEST_WORDS or (words and not dimension.has_words):
        raise Refused(_("Your own words are too long."))
    return words


def say(application: Application, answers: Said, *, by: User) -> None:
    """Keep these answers in place of earlier ones. Raises Refused where nothing is answered, or by somebody else."""
    kept = clean(answers)
    if not kept:
        raise Refused(_("Nothing is answered. To take back what you said, erase it."))
    entries.declare(identification(application), kept, by=by)


def said(application: Application, *, by: User) -> dict[str, Any]:
    """What the person said, to the person; nothing where they said nothing. Raises Refused for anybody else."""
    return entries.own(identification(application), by=by) or {}


@transaction.atomic
def erase(application: Application, *, by: User) -> bool:
    """Delete all of it, at once, and confirm it by a letter that says no more; whether there was something.

    Raises Refused, also for the privacy service: nobody else can know that there is something.
    """
    about = identification(application)
    if about.person != by.pk:
        raise Refused(_("You may not do this."), forbidden=True)
    gone = entries.erase(about, by=by)
    if gone:
        letters.tell_erased(by, key=str(uuid.uuid4()))
    return gone


def in_words(kept: Said) -> list[tuple[str, str]]:
    """Each question that was answered with its answer, in the words of the page's language."""
    lines = []
    for dimension in DIMENSIONS:
        given = kept.get(dimension.code) or []
        codes = [given] if isinstance(given, str) else given
        labels = dict(dimension.asked)
        told = [str(labels[code]) for code in codes if code in labels]
        if words := kept.get(dimension.words_code):
            told.append(_("“%(words)s”") % {"words": words})
        if told:
            lines.append((str(dimension.short), ", ".join(told)))
    return lines
