"""From the text of a cell to a fact: dates, numbers, yes or no. What cannot be read is told, never guessed."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from followup.filing import clean_number
from reconciliation.folding import key, words


class DateOrder(StrEnum):
    """How a list writes its days, besides YYYY-MM-DD, which always reads."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


DATE_ORDERS = {
    DateOrder.DAY_FIRST: _("Day, month, year: 31/01/2027"),
    DateOrder.MONTH_FIRST: _("Month, day, year: 01/31/2027"),
}
BY_YEAR = re.compile(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})(?:[T ].*)?")
BY_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: .*)?")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("janvier janv jan january", "fevrier fevr fev february feb", "mars march mar"),
            *("avril avr april apr", "mai may", "juin june jun", "juillet juil july jul"),
            *("aout august aug", "septembre sept september sep", "octobre oct october"),
            *("novembre nov november", "decembre dec december"),
        ),
        1,
    )
    for name in names.split()
}
YES = frozenset("oui o yes y vrai true x 1".split())
NO = frozenset("non n no faux false 0 aucun aucune none".split())


class Unclear(ValueError):
    """A cell that does not say what its column should tell."""


def day(text: str, order: DateOrder = DateOrder.DAY_FIRST) -> date | None:
    """The day, or None for an empty cell. Raises Unclear."""
    if not text:
        return None
    try:
        if found := BY_YEAR.fullmatch(text):
            return date(*(int(part) for part in found.groups()))
        if found := BY_YEAR_LAST.fullmatch(text):
            first, second, year = (int(part) for part in found.groups())
            one, month = (first, second) if order == DateOrder.DAY_FIRST else (second, first)
            return date(year, month, one)
        return _in_words(text)
    except ValueError as error:
        raise Unclear(text) from error


def _in_words(text: str) -> date:
    """`3 février 2027`, `February 3, 2027`. Raises ValueError."""
    parts = words(text)
    months = [MONTHS[part] for part in parts if part in MONTHS]
    figures = [int(part.removesuffix("er")) for part in parts if part not in MONTHS]
    if len(months) != 1 or len(figures) != 2:
        raise ValueError(text)
    year, one = max(figures), min(figures)
    return date(year, months[0], one)


def order_of(texts: Iterable[str]) -> DateOrder | None:
    """How these days are written; None when they could be read both ways, and a person must say."""
    found = [match for text in texts if (match := BY_YEAR_LAST.fullmatch(text))]
    day_first = any(int(match[1]) > 12 for match in found)
    month_first = any(int(match[2]) > 12 for match in found)
    if day_first != month_first:
        return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
    return None if found else DateOrder.DAY_FIRST


def number(text: str) -> str:
    """A UdeM number in our writing; a spreadsheet may have made a decimal of it. Raises Unclear."""
    if not text:
        return ""
    try:
        return clean_number(re.sub(r"[.,]0+$", "", text))
    except ValidationError as error:
        raise Unclear(text) from error


def yes(text: str) -> bool | None:
    """Yes or no, or None for an empty cell. Raises Unclear."""
    said = key(text)
    if not said:
        return None if not text else _odd(text)
    if said in YES:
        return True
    return False if said in NO else _odd(text)


def _odd(text: str) -> bool:
    raise Unclear(text)


def missing(text: str) -> bool:
    """Whether documents are missing: a yes, a count or their names; nothing, zero and no say none."""
    said = key(text)
    return bool(said) and said not in NO
