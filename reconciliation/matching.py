"""Who is meant by a line of UdeM's list. Pure: people and lines in, verdicts out; nothing is read or written.

Certain is what two things agree on and nothing speaks against. Whatever speaks against it, or could mean somebody else,
is doubtful and asked. A wrong match would tell a person another one's facts, so a missed one is always the better error.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from reconciliation.folding import LOST, folded, name_words, words

MOST_CANDIDATES = 5
MOST_LOST = 0.2  # of the letters of a name


class Verdict(StrEnum):
    """What we think of a line."""

    CERTAIN = "certain"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"
    FOLDED = "folded"


class Why(StrEnum):
    """Why a line is asked about."""

    CONTRADICTION = "contradiction"
    SEVERAL = "several"
    NAME_ONLY = "name_only"
    TWICE = "twice"
    ELSEWHERE = "elsewhere"
    WEAK = "weak"


class Says(StrEnum):
    """What one thing says about a line and a person."""

    SAME = "same"
    NEAR = "near"
    DIFFERS = "differs"
    SILENT = "silent"


@dataclass(frozen=True)
class Who:
    """What tells who somebody is: a person of ours, or a line of the list. Empty is not known."""

    key: int
    number: str = ""
    email: str = ""
    last: str = ""
    first: str = ""
    born: date | None = None
    program: str = ""
    # Of a person: whether the address was proven. Of a line: whether a cell about who it is could not be read.
    verified: bool = True
    unclear: bool = False
    # Of a line: everything it tells, to see whether two lines are one.
    tells: Hashable = None

    @cached_property
    def address(self) -> str:
        """The e-mail address, to compare."""
        return self.email.strip().casefold()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the whole name, in the alphabet's order."""
        return tuple(sorted([*name_words(self.last), *name_words(self.first)]))

    @cached_property
    def heads(self) -> frozenset[str]:
        """The first word of the last names and of the first names, in no order."""
        return frozenset(next(iter(name_words(part)), "") for part in (self.last, self.first))

    @cached_property
    def letters(self) -> frozenset[str]:
        """The last names and the first names without any gap, in no order."""
        return frozenset("".join(words(part)) for part in (self.last, self.first))

    @property
    def has_name(self) -> bool:
        """Whether it is known by more than one word."""
        return len(self.words) > 1


@dataclass
class Match:
    """What we think of one line: whom it means, or who it could mean and why it is asked."""

    line: int
    verdict: Verdict
    person: int | None = None
    candidates: dict[int, dict[str, Says]] = field(default_factory=dict)
    why: Why | None = None
    same_as: int | None = None


def match(people: Sequence[Who], lines: Sequence[Who]) -> list[Match]:
    """A verdict for each line, in their order. No line means two people; nobody is meant by two lines."""
    pool = _Pool(people)
    first_of: dict[Hashable, int] = {}
    found: dict[int, Match] = {}
    hit_by: dict[int, list[int]] = defaultdict(list)
    for line in lines:
        told = line.tells if line.tells is not None else (line.key,)
        if told in first_of:
            same = first_of[told]
            found[line.key] = Match(line.key, Verdict.FOLDED, same_as=same)
            continue
        first_of[told] = line.key
        found[line.key] = pool.judge(line)
        for person in pool.pointed_at(line):
            hit_by[person].append(line.key)
    _refuse_second_lines(found, hit_by)
    return [found[line.key] for line in lines]


def _refuse_second_lines(found: Mapping[int, Match], hit_by: Mapping[int, list[int]]) -> None:
    """Where two lines point at one person, neither is certain any more."""
    for person, keys in hit_by.items():
        if len(keys) < 2:
            continue
        for key in keys:
            one = found[key]
            if one.verdict == Verdict.CERTAIN and one.person == person:
                one.verdict, one.person, one.why = Verdict.DOUBTFUL, None, Why.TWICE


class _Pool:
    """The people, found by what a line may tell of them."""

    def __init__(self, people: Sequence[Who]) -> None:
        self.people = {person.key: person for person in people}
        self.by_number = _index(people, lambda one: one.number)
        self.by_address = _index(people, lambda one: one.address)
        self.by_birth = _index(people, lambda one: one.born)
        self.by_letters = _index(people, lambda one: one.letters if one.has_name else None)
        self.by_word: dict[str, set[int]] = defaultdict(set)
        for person in people:
            for word in person.words:
                self.by_word[word].add(person.key)

    def pointed_at(self, line: Who) -> set[int]:
        """Whom the line's number, proven address, or name with birth date point at."""
        by_address = {key for key in self.by_address[line.address] if self.people[key].verified}
        return self.by_number[line.number] | by_address | self._by_name_and_birth(line)

    def _by_name_and_birth(self, line: Who) -> set[int]:
        born = self.by_birth[line.born]
        return {key for key in born if names(line, self.people[key]) == Says.SAME}

    def _namesakes(self, line: Who) -> set[int]:
        """Everybody whose whole name is the same, or nearly."""
        if not line.has_name:
            return set()
        shared = Counter(key for word in set(line.words) for key in self.by_word.get(word, ()))
        shared.update(self.by_letters[line.letters])
        likely = [key for key, count in shared.items() if count > 1 or self._alike(line, key)]
        return {key for key in likely if names(line, self.people[key]) in (Says.SAME, Says.NEAR)}

    def _alike(self, line: Who, key: int) -> bool:
        """Whether the letters are the same, however they are cut into words."""
        return line.letters == self.people[key].letters

    def judge(self, line: Who) -> Match:
        """What we think of this line on its own."""
        strong = self.pointed_at(line)
        weak = self._weak(line) - strong
        if not strong and not weak:
            return Match(line.key, Verdict.UNKNOWN)
        told = {key: compare(line, self.people[key]) for key in strong | weak}
        if len(strong) == 1:
            (person,) = strong
            why = self._doubt(line, person, told)
            if why is None:
                return Match(line.key, Verdict.CERTAIN, person, {person: told[person]})
        else:
            why = Why.SEVERAL if strong else _why_weak(told)
        order = sorted(told, key=lambda key: (-_weight(told[key]), key))
        kept = {key: told[key] for key in order[:MOST_CANDIDATES]}
        return Match(line.key, Verdict.DOUBTFUL, None, kept, why)

    def _weak(self, line: Who) -> set[int]:
        """Who else could be meant: the name alone, an unproven address, a birth date with part of the name."""
        part = {
            key for key in self.by_birth[line.born] if set(line.words) & set(self.people[key].words)
        }
        return self._namesakes(line) | self.by_address[line.address] | part

    def _doubt(self, line: Who, key: int, told: Mapping[int, Mapping[str, Says]]) -> Why | None:
        """Why this line does not certainly mean this person, who alone is pointed at; None when it does."""
        says = told[key]
        if line.unclear or Says.DIFFERS in says.values() or says["name"] == Says.NEAR:
            return Why.CONTRADICTION
        agrees = {what for what, said in says.items() if said == Says.SAME}
        others = [self.people[other] for other in told if other != key]
        if any(line.address and line.address == other.address for other in others):
            return Why.SEVERAL
        if "number" in agrees or ("email" in agrees and agrees & {"name", "born"}):
            return None
        if {"name", "born"} <= agrees:
            return Why.SEVERAL if any(_could_be(line, other) for other in others) else None
        return Why.WEAK


def _could_be(line: Who, other: Who) -> bool:
    """Whether somebody else of that name is not ruled out by the number or the birth date."""
    number_rules_out = bool(line.number and other.number and line.number != other.number)
    birth_rules_out = bool(line.born and other.born and line.born != other.born)
    return names(line, other) != Says.DIFFERS and not (number_rules_out or birth_rules_out)


def _index(
    people: Iterable[Who], by: Callable[[Who], Hashable]
) -> "defaultdict[Hashable, set[int]]":
    found: defaultdict[Hashable, set[int]] = defaultdict(set)
    for person in people:
        if value := by(person):
            found[value].add(person.key)
    return found


def compare(line: Who, person: Who) -> dict[str, Says]:
    """What each thing says of these two."""
    return {
        "number": _plainly(line.number, person.number),
        "email": _addresses(line, person),
        "name": names(line, person),
        "born": _plainly(line.born, person.born),
        "program": _plainly(line.program, person.program),
    }


def _plainly(one: Hashable, other: Hashable) -> Says:
    if not one or not other:
        return Says.SILENT
    return Says.SAME if one == other else Says.DIFFERS


def _addresses(line: Who, person: Who) -> Says:
    """Another address is nothing against it: people have several. An unproven one says little."""
    if not line.address or line.address != person.address:
        return Says.SILENT
    return Says.SAME if person.verified else Says.NEAR


def names(line: Who, person: Who) -> Says:
    """Whether two whole names are one.

    The same words in any order are; so is a name within the other (double names) whose first word of each part is there;
    a name that lost letters, or shares some words only, is near; else they differ.
    """
    if not line.has_name or not person.has_name:
        return Says.SILENT
    ours, theirs = set(person.words), set(line.words)
    if line.words == person.words or line.letters == person.letters:
        return Says.SAME
    heads_agree = "" not in line.heads and line.heads == person.heads
    if heads_agree and (ours <= theirs or theirs <= ours):
        return Says.SAME
    if _lost_letters(line, person):
        return Says.SAME
    return Says.NEAR if len(ours & theirs) > 1 else Says.DIFFERS


def _lost_letters(line: Who, person: Who) -> bool:
    """Whether the line's name is the person's with a few letters turned into question marks."""
    said = f"{line.last} {line.first}"
    lost = len(LOST.findall(said))
    if not lost or lost > len(said) * MOST_LOST:
        return False
    pattern = LOST.sub("*", said)
    return any(
        len(ours) == len(said) and _hollow(pattern) == _hollow(_as_hollow(ours, pattern))
        for ours in (f"{person.last} {person.first}", f"{person.first} {person.last}")
    )


def _hollow(text: str) -> str:
    return folded(text).replace("-", " ")


def _as_hollow(text: str, pattern: str) -> str:
    """Our name with a star wherever the line's has one."""
    return "".join("*" if b == "*" else a for a, b in zip(text, pattern, strict=True))


def _why_weak(told: Mapping[int, Mapping[str, Says]]) -> Why:
    """Why nobody is pointed at, although somebody could be meant."""
    if any(
        says["born"] == Says.DIFFERS or says["number"] == Says.DIFFERS for says in told.values()
    ):
        return Why.CONTRADICTION
    return Why.NAME_ONLY if any(says["name"] == Says.SAME for says in told.values()) else Why.WEAK


def _weight(says: Mapping[str, Says]) -> int:
    """How much speaks for a person, to show the likeliest first."""
    weights = {Says.SAME: 3, Says.NEAR: 1, Says.DIFFERS: -2, Says.SILENT: 0}
    return sum(weights[said] for said in says.values())
