"""The book of letters: what the product wrote, what the mail server took, and what the story waited for."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from config.processes import wait_for
from rehearsal.play import Play

# Of these one too many or one too few breaks the second promise.
STRICT = ("acknowledgement", "decision_available", "decision_corrected")
GIVEN_UP = ("bounced", "dead")
ROWS = "SELECT message_id, key, letter, address, about, status, resent FROM notifications_outgoingemail"
BUSY = (
    "SELECT count(*) FROM notifications_outgoingemail WHERE status = 'sending'"
    " OR status IN ('pending', 'unknown') AND next_attempt_at <= now()"
)

WAITING = "SELECT count(*) FROM notifications_outgoingemail WHERE status IN ('pending', 'sending', 'unknown')"
MOST_HOPS, HOP = 8, timedelta(hours=3)


@dataclass(frozen=True)
class Line:
    """One letter as the product knows it."""

    message_id: str
    key: str
    letter: str
    address: str
    about: str
    status: str
    resent: int


@dataclass
class Kind:
    """All letters of one kind: how many the product wrote, how many arrived, at how many people, how many came back."""

    name: str
    written: int = 0
    arrived: int = 0
    refused: int = 0
    people: set[str] = field(default_factory=set)
    most: int = 0
    awaited: int = 0
    missing: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)


class Book:
    """Every letter of a play; rows that retention erases later stay in it."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.lines: dict[str, Line] = {}
        self.arrived: Counter[str] = Counter()

    def look(self) -> None:
        """Take in what the product knows now."""
        for row in self.play.stage.sql(ROWS):
            self.lines[row[0]] = Line(*row)
        letters = self.play.stage.letters
        letters.look()
        self.arrived = Counter(letter.message_id for letter in letters.every)

    def settle(self, seconds: float = 90) -> None:
        """Wait until no letter is on its way; one whose server asked to come back later gets the hours for it."""
        for _hop in range(MOST_HOPS):
            wait_for(lambda: self.play.stage.sql(BUSY) == [(0,)], seconds, pause=0.3)
            if self.play.stage.sql(WAITING) == [(0,)]:
                break
            self.play.clock.move_to(self.play.clock.now + HOP)
        self.look()

    @property
    def unknown(self) -> list[str]:
        """The letters at the mail server that the product knows nothing of."""
        return [message_id for message_id in self.arrived if message_id not in self.lines]

    @property
    def twice(self) -> list[Line]:
        """The letters that were taken more than once though nobody asked for that."""
        lines = (
            self.lines[one]
            for one, times in self.arrived.items()
            if times > 1 and one in self.lines
        )
        return [line for line in lines if self.arrived[line.message_id] > 1 + line.resent]

    def lost(self) -> list[Line]:
        """The letters that the product calls sent and the mail server never saw."""
        return [
            line
            for line in self.lines.values()
            if line.status == "sent" and not self.arrived[line.message_id]
        ]

    def of(self, letter: str) -> list[Line]:
        """The letters of one kind."""
        return [line for line in self.lines.values() if line.letter == letter]

    def kinds(self) -> list[Kind]:
        """One row for each kind, in the order of the alphabet."""
        awaited = self.play.seen.awaited
        found: dict[str, Kind] = {}
        per_person: Counter[tuple[str, str]] = Counter()
        given_up: Counter[tuple[str, str]] = Counter()
        for line in self.lines.values():
            kind = found.setdefault(line.letter, Kind(line.letter))
            who = (line.address.lower(), line.letter)
            kind.written += 1
            kind.arrived += self.arrived[line.message_id]
            kind.refused += line.status in GIVEN_UP
            kind.people.add(who[0])
            per_person[who] += self.arrived[line.message_id]
            given_up[who] += line.status in GIVEN_UP
        for who, times in awaited.items():
            kind = found.setdefault(who[1], Kind(who[1]))
            kind.awaited += times
            if per_person[who] + given_up[who] < times:
                kind.missing.append(who[0])
        for who, times in per_person.items():
            kind = found[who[1]]
            kind.most = max(kind.most, times)
            if kind.awaited and times > awaited[who]:
                kind.more.append(who[0])
        return [found[name] for name in sorted(found)]
