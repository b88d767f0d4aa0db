"""What the people of a rehearsal saw from outside, for `rehearsal.promises` to judge. Safe to write from several threads."""

import threading
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rehearsal.person import Person


@dataclass(frozen=True)
class Receipt:
    """A receipt that somebody saw in their browser, and what it said was received: SHA-256 by label."""

    person: str
    email: str
    number: str
    receipt: str
    digests: Mapping[str, str]
    at: datetime


@dataclass(frozen=True)
class Sending:
    """A submission that came at this moment and was answered so."""

    person: str
    at: datetime
    last: datetime  # the close with its grace, or the person's own later moment
    accepted: bool


@dataclass(frozen=True)
class Outage:
    """A page that was shown while an engine was away."""

    person: str
    away: str
    status: int
    language: str
    kept: bool  # what was typed is on the page
    received: bool  # it claims to have received something


@dataclass(frozen=True)
class Check:
    """`check_invariants` at some moment: what it found broken."""

    when: str
    broken: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """Something that was done to the product, and what was seen of it."""

    day: str
    what: str
    seen: str
    seconds: float


@dataclass
class Seen:
    """Everything that was observed."""

    receipts: list[Receipt] = field(default_factory=list)
    compared: int = 0  # pages that were read in both worlds, before the release
    read_back: int = 0  # files that came back byte for byte
    went_on: Counter[str] = field(default_factory=Counter)  # submissions while something was away
    dropped: int = 0  # connections that were lost
    checks: list[Check] = field(default_factory=list)
    disposed: set[str] = field(
        default_factory=set
    )  # numbers of files that retention destroyed, rightly
    kept_until: str = ""  # what of the receipts was counted when retention had not begun
    sent: list[Sending] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    wrongs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    awaited: Counter[tuple[str, str]] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def receipt(
        self, person: Person, number: str, receipt: str, digests: Mapping[str, str], at: datetime
    ) -> None:
        """Somebody's browser showed them this receipt."""
        with self.lock:
            self.receipts.append(
                Receipt(person.key, person.email, number, receipt, dict(digests), at)
            )

    def check(self, when: str, broken: tuple[str, ...]) -> None:
        """The invariants were asked for."""
        with self.lock:
            self.checks.append(Check(when, broken))

    def dispose(self, number: str) -> None:
        """A file was destroyed because its time had come: it is not looked for any more."""
        with self.lock:
            self.disposed.add(number)

    def count(self, name: str, more: int = 1) -> None:
        """So many more of `compared`, `read_back` or `dropped`."""
        with self.lock:
            setattr(self, name, getattr(self, name) + more)

    def submits_without(self, away: str) -> None:
        """Somebody submitted, and saw a receipt, while this was away."""
        with self.lock:
            self.went_on[away] += 1

    def submitted(self, person: Person, at: datetime, last: datetime, *, accepted: bool) -> None:
        """Somebody sent a submission that reached the front server at this moment."""
        with self.lock:
            self.sent.append(Sending(person.key, at, last, accepted))

    def outage(
        self, person: Person, away: str, status: int, *, language: str, kept: bool, received: bool
    ) -> None:
        """A page was shown while an engine was away."""
        with self.lock:
            self.outages.append(Outage(person.key, away, status, language, kept, received))

    def fault(self, day: str, what: str, seen: str, seconds: float = 0.0) -> None:
        """Something was done to the product."""
        with self.lock:
            self.faults.append(Fault(day, what, seen, seconds))

    def note(self, promise: str, text: str) -> None:
        """Something worth a line in the report under a promise (P1 … P6) or a heading of its own."""
        with self.lock:
            self.notes[promise].append(text)

    def wrong(self, promise: str, text: str) -> None:
        """A promise (P1 … P6, or "story" for anything else that must not be) was seen broken."""
        with self.lock:
            self.wrongs[promise].append(text)

    def expect_letter(self, person: Person | str, kind: str, times: int = 1) -> None:
        """This person must have got a letter of this kind (its name in the catalogue) so many times more by the end."""
        email = person if isinstance(person, str) else person.email
        with self.lock:
            self.awaited[(email.lower(), kind)] += times
