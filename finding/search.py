"""One search: every kind of row that a person may see, best first, spelt right or nearly so.

What is looked through is filtered by sight first (`finding.kinds`): what one may not see neither shows nor counts, and
does not decide whether other spellings are tried. Two look-ups find the rows of all kinds, whatever their number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import add, and_, or_
from typing import Any

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import (
    BigIntegerField,
    CharField,
    F,
    FloatField,
    Func,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Collate, Concat
from django.db.models.lookups import Contains, StartsWith

from accounts.models import User
from applications.search import SHORT, Fold
from applications.sought import tidy
from finding.kinds import Kind, by_udem_number, kinds_for
from followup.filing import clean_number

# So many of a kind; a name that more people bear wants a second word.
MOST = 10
MOST_WORDS = 6
# So many of a kind are weighed against each other: a name that thousands bear has no best one.
WEIGHED = 1_000
# What share of the trigrams of a word a part of a name must have to be nearly it.
NEARLY = 0.4
UDEM = "udem"
# Between the parts of what a hit says.
SEPARATOR = "\x1f"
EMPTY, JOINT = Value("", output_field=TextField()), Value(SEPARATOR, output_field=TextField())
HAN = range(0x4E00, 0xA000)


@dataclass(frozen=True)
class Found:
    """A row that was found: its kind and key, how well it fits, its file (0: none), its words, and whether it is only nearly so."""

    kind: str
    pk: int
    score: float
    file: int
    says: str
    nearly: bool = False


@dataclass(frozen=True)
class Answer:
    """What a search found, by kind, best first; `more` are the kinds of which there may be others."""

    words: str
    rows: dict[str, list[Found]]
    more: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.rows)


class Likeness(Func):
    """How well a word fits somewhere in a text, from 0 to 1."""

    function = "word_similarity"
    output_field = FloatField()


class Closeness(Func):
    """How much of a whole text the words are, from 0 to 1: the shorter of two names with the same word comes first."""

    function = "similarity"
    output_field = FloatField()


def look_for(words: str, user: User) -> Answer:
    """What this person may see and these words find."""
    words = tidy(words)
    each = words.split()[:MOST_WORDS]
    kinds = list(kinds_for(user))
    if not each or not kinds:
        return Answer(words, {}, frozenset())
    _nearness()
    found = _read(_union(kinds, each, user, _as_written))
    found += _of_udem(words, user)
    spelt = [kind for kind in kinds if kind.is_spelt]
    if not found and spelt and any(map(_may_err, each)):
        # Where nothing is as written, what is nearly so: a search that is right shows nothing beside.
        others = _read(_union(spelt, each, user, _nearly))
        found = [replace(row, nearly=True) for row in others]
    rows: dict[str, list[Found]] = defaultdict(list)
    for row in found:
        rows[row.kind].append(row)
    more = frozenset(kind for kind, some in rows.items() if len(some) > MOST)
    return Answer(words, {kind: some[:MOST] for kind, some in rows.items()}, more)


def _said(kind: Kind) -> Any:
    """A hit's own words, in one column."""
    first, *others = (Cast(F(name), TextField()) for name in kind.says) if kind.says else [EMPTY]
    return Concat(first, *(part for one in others for part in (JOINT, one))) if others else first


Matcher = Callable[[Kind, list[str]], Any]


def _union(kinds: list[Kind], words: list[str], user: User, matches: Matcher) -> QuerySet[Any, Any]:
    """The keys of the best rows of every kind, in one query."""
    parts = []
    for kind in kinds:
        hay = kind.hay
        parts_of: Any = (Likeness(Fold(Value(word)), hay) for word in words)
        score = reduce(add, parts_of) + Closeness(Fold(Value(" ".join(words))), hay)
        fits = kind.rows(user).order_by().filter(matches(kind, words)).values("pk")
        rows = kind.rows(user).order_by().filter(pk__in=fits[:WEIGHED])
        told = rows.annotate(
            hit_kind=Value(kind.key, output_field=CharField()),
            hit_score=score,
            hit_file=F(kind.file) if kind.file else Value(0, output_field=BigIntegerField()),
            hit_says=_said(kind),
        )
        best = told.order_by("-hit_score", "-pk").values_list(
            "hit_kind", "pk", "hit_score", "hit_file", "hit_says"
        )
        parts.append(best[: MOST + 1])
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _as_written(kind: Kind, words: list[str]) -> Any:
    """Every word somewhere in the text; one of a letter or two is a whole word, or begins a last name."""
    found = reduce(and_, (_has(kind, word) for word in words))
    return found | _in_one_word(words[0]) if kind.key == "file" and len(words) == 1 else found


def _has(kind: Kind, word: str) -> Q:
    if len(word) > SHORT:
        return Q(_contains(kind.hay, word))
    whole = Q(TrigramWordSimilar(kind.hay, Fold(Value(word)))) & Q(_contains(kind.hay, word))
    return whole | _begins("last_names", word) if kind.key == "file" else whole


def _contains(hay: Fold, word: str) -> Any:
    return Contains(hay, Fold(Value(word)))


def _begins(name: str, letters: str) -> Q:
    return Q(StartsWith(Collate(Fold(F(name)), "C"), Fold(Value(letters))))


def _in_one_word(word: str) -> Q:
    """A name in Chinese characters is typed in one go, the last name before the first: 李明."""
    if len(word) < SHORT or any(ord(sign) not in HAN for sign in word):
        return Q(pk__in=[])
    ways = (
        _begins("last_names", word[:cut]) & _begins("first_names", word[cut:])
        for cut in range(1, min(len(word), 3))
    )
    return reduce(or_, ways)


def _nearly(kind: Kind, words: list[str]) -> Any:
    """Every word nearly somewhere in the text; a short one, or one with a digit, as it is: numbers are all alike."""
    return reduce(
        and_,
        (
            Q(TrigramWordSimilar(kind.hay, Fold(Value(word))))
            if _may_err(word)
            else _has(kind, word)
            for word in words
        ),
    )


def _may_err(word: str) -> bool:
    return len(word) > SHORT and not any(sign.isdigit() for sign in word)


def _read(rows: QuerySet[Any, Any]) -> list[Found]:
    return sorted((Found(*row) for row in rows), key=lambda row: -row.score)


def _nearness() -> None:
    """Another threshold than PostgreSQL's own 0.6, with which "tremlbay" would not find Tremblay."""
    with connection.cursor() as cursor:
        setting = "SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)"
        cursor.execute(setting, [str(NEARLY)])


def _of_udem(words: str, user: User) -> Iterable[Found]:
    """The file with this number at UdeM: all of it, or nothing."""
    try:
        number = clean_number(words)
    except ValidationError:
        return []
    files = by_udem_number(number, user).values_list("offer__decision__application", flat=True)
    return [Found(UDEM, pk, 2.0, pk, "") for pk in files[:MOST]]
