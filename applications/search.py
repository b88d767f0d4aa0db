"""Names without accents and case, as the indexes of `reviews`’ migration 0002 and `finding`’s 0001 hold them."""

from typing import Any

from django.db import models
from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Collate

SHORT = 2
# What a file is found by, in the order of its index.
SOUGHT = ("first_names", "last_names", "preferred_name", "number")


class Fold(Func):
    """Lower case without accents, in the database; several columns are joined by spaces."""

    function = "mila_fold"
    arg_joiner = " || ' ' || "
    output_field = CharField()


def by_name() -> list[Any]:
    """The order of a list of files: last names, first names, without accents."""
    return [Collate(Fold(F("last_names")), "C"), Collate(Fold(F("first_names")), "C"), F("pk")]


def found(rows: models.QuerySet[Any], words: str) -> models.QuerySet[Any]:
    """The files whose names or number hold every word, whatever the accents; an address finds its owner.

    One or two letters find the last names that begin with them.
    """
    words = words.strip()
    if "@" in words:
        return rows.filter(applicant__email=words.lower())
    if 0 < len(words) <= SHORT:
        rows = rows.alias(begins=Collate(Fold(F("last_names")), "C"))
        return rows.filter(begins__startswith=Fold(Value(words)))
    rows = rows.alias(words=Fold(*(F(name) for name in SOUGHT)))
    for word in words.split():
        rows = rows.filter(words__contains=Fold(Value(word)))
    return rows
