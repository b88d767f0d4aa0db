"""What the solver is asked and what it answers: numbers only, no people and no database.

The model, its rules and its costs are stated in docs/assignment.md.
"""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

Pair = tuple[int, int]


class Why(StrEnum):
    """Why a file is left without a reading: the first rule after which too few readers were left."""

    NOBODY = "nobody"
    LANGUAGE = "language"
    PROGRAM = "program"
    APART = "apart"
    FULL = "full"


@dataclass(frozen=True)
class File:
    """A file that needs readings.

    `programs`: ids of the programs asked for, first choice first; empty: any reader will do.
    `language`: `fr` or `en`. `wanted`: how many readings to find for it, those that may move included.
    `place`: where its first wanted reading stands in the order of serving, 0 first; each further one
    stands one place lower.
    """

    id: int
    programs: tuple[int, ...]
    language: str
    wanted: int
    place: int = 0


@dataclass(frozen=True)
class Reader:
    """Somebody who reads.

    `capacity`: readings at most, all together; 0 takes nothing. `load`: readings they have and keep.
    `programs`: ids of what they read; empty: all. `languages`: what they read in. `own`: the one that
    they prefer.
    """

    id: int
    capacity: int
    load: int = 0
    programs: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset({"fr", "en"})
    own: str = ""

    @property
    def room(self) -> int:
        """How many more readings they can take."""
        return max(self.capacity - self.load, 0)


@dataclass(frozen=True)
class Problem:
    """Files, readers, and the pairs that rules or the past decide.

    `apart`: (file, reader) that must never meet. `held`: pairs that exist and stay. `movable`: pairs that
    exist and may move; their readings count in `wanted`, not in `load`. `most`: how many readings may be
    given in all; None: as many as can be.
    """

    files: tuple[File, ...]
    readers: tuple[Reader, ...]
    apart: frozenset[Pair] = frozenset()
    held: frozenset[Pair] = frozenset()
    movable: frozenset[Pair] = frozenset()
    most: int | None = None

    @property
    def wanted(self) -> int:
        """How many readings are asked for."""
        total = sum(file.wanted for file in self.files)
        return total if self.most is None else min(total, self.most)

    def fingerprint(self) -> str:
        """SHA-256 of everything that the answer depends on, in hexadecimal: 64 characters.

        Pairs that concern none of these files or readers change nothing, and are left out.
        """
        files = {file.id for file in self.files}
        readers = {reader.id for reader in self.readers}

        def told(pairs: frozenset[Pair]) -> list[Pair]:
            return sorted(pair for pair in pairs if pair[0] in files and pair[1] in readers)

        said = [
            sorted((f.id, f.programs, f.language, f.wanted, f.place) for f in self.files),
            sorted(
                (r.id, r.capacity, r.load, sorted(r.programs), sorted(r.languages), r.own)
                for r in self.readers
            ),
            *(told(pairs) for pairs in (self.apart, self.held, self.movable)),
            self.most,
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True)
class Unmet:
    """A file that lacks `missing` readings, why, and how many readers each rule left over.

    `left`: readers who are not away and do not have the file; of these, who read its language; of
    these, who read one of its programs; of these, who are not kept apart from it.
    """

    file: int
    missing: int
    why: Why
    left: tuple[int, int, int, int]


@dataclass(frozen=True)
class Solution:
    """Pairs to make, movable pairs that stay, movable pairs to take back, and the files left short."""

    pairs: tuple[Pair, ...]
    kept: tuple[Pair, ...] = ()
    moved: tuple[Pair, ...] = ()
    unmet: tuple[Unmet, ...] = ()


class Unsolvable(Exception):
    """The solver gave up; the text says with which status."""
