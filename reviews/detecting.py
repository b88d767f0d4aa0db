"""Finding conflicts of interest beforehand: what was submitted, compared with what is known of the staff.

Pure functions: frozen contents and people in, matches out. Nothing here decides: each match is proposed to a
coordinator. Everything known of the people is indexed once, so that a file costs a few look-ups.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reviews.institutions import Aliases, Name, meet, words_of
from reviews.models import Origin, Where
from reviews.models.conflict import WORDS_LIMIT

# Mailboxes of everybody, and domains that nobody can own.
PUBLIC = frozenset(
    "gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr hotmail.ca live.com live.ca live.fr "
    "msn.com yahoo.com yahoo.ca yahoo.fr ymail.com icloud.com me.com mac.com aol.com proton.me protonmail.com "
    "pm.me gmx.com gmx.de gmx.fr mail.com zoho.com yandex.com yandex.ru mail.ru qq.com 163.com 126.com foxmail.com "
    "naver.com videotron.ca videotron.qc.ca sympatico.ca bell.net rogers.com shaw.ca telus.net cogeco.ca "
    "orange.fr wanadoo.fr free.fr laposte.net sfr.fr web.de tutanota.com hey.com fastmail.com".split()
)
RESERVED = frozenset({"example", "test", "invalid", "localhost"})
SECOND_LEVEL = frozenset("ac edu co gov gouv org com net gc qc on bc nhs go or ne".split())
TITLES = frozenset(
    "dr dre pr prof professor professeur professeure phd msc m mme mr mrs ms".split()
)


@dataclass(frozen=True)
class Person:
    """What is known of a member of the staff."""

    pk: int
    name: str
    email: str
    institutions: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """What a file gives to compare: parts of its last submission, and the referees named since."""

    pk: int
    applicant: int
    content: Mapping[str, Any] = field(repr=False)
    referees: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Match:
    """One reason to ask a coordinator: what the file says, where, and what is known of the person."""

    application: int
    person: int
    origin: str
    where: str
    evidence: str
    known: str

    @property
    def key(self) -> tuple[int, int, str]:
        """What is proposed once."""
        return self.application, self.person, self.origin


def domain_of(address: str) -> str:
    """The part of an address that an institution owns: `iro.umontreal.ca` gives `umontreal.ca`; "" for public ones."""
    domain = address.rpartition("@")[2].lower().strip(".")
    labels = domain.split(".")
    if len(labels) < 2 or domain in PUBLIC or RESERVED & set(labels[-2:]):
        return ""
    three = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
    owned = ".".join(labels[-3:] if three else labels[-2:])
    return "" if owned in PUBLIC or (not three and labels[-2] in SECOND_LEVEL) else owned


def called(name: str) -> tuple[str, str] | None:
    """First and last word of a person's name without titles; None for a single word."""
    words = [word for word in words_of(name) if word not in TITLES]
    return (words[0], words[-1]) if len(words) > 1 else None


def family_names(full_name: str) -> Iterator[str]:
    """What may be the whole family name in a full name: each of its ends, a hyphenated name kept whole."""
    parts = [" ".join(words_of(part)) for part in full_name.split()]
    yield from (" ".join(parts[start:]) for start in range(1, len(parts)))


class Known:
    """Everything known of the people, by what a file may say."""

    def __init__(self, people: Iterable[Person]) -> None:
        rows = list(people)
        lines = [line for row in rows for line in row.institutions if "=" in line]
        self.aliases = Aliases(lines)
        self.places: dict[frozenset[str], list[tuple[Name, int, str]]] = defaultdict(list)
        self.addresses: dict[str, int] = {}
        self.names: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        self.families: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.domains: dict[str, list[int]] = defaultdict(list)
        self.close: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        self.close_from: dict[str, list[tuple[tuple[str, ...], int, str]]] = defaultdict(list)
        for row in rows:
            self._add(row)

    def _add(self, row: Person) -> None:
        for line in row.institutions:
            for told in line.split("="):
                for name, leads in self.aliases.names(told):
                    if leads or name.kinds:
                        self.places[name.words].append((name, row.pk, told.strip()))
        self.addresses[row.email.lower()] = row.pk
        if key := called(row.name):
            self.names[key].append((row.pk, row.name))
        for family in family_names(row.name):
            self.families[family].append((row.pk, row.name))
        if domain := domain_of(row.email):
            self.domains[domain].append(row.pk)
        for line in row.people:
            words = tuple(word for word in words_of(line) if word not in TITLES)
            if len(words) > 1:
                self.close[words[0], words[-1]].append((row.pk, line))
                self.close_from[words[0]].append((words, row.pk, line))

    def institutions(self, told: str) -> Iterator[tuple[int, str]]:
        """Who belongs to a place that this text names, and how they call it."""
        for name, leads in self.aliases.names(told):
            for known, person, line in self.places.get(name.words, ()):
                if (leads or name.kinds) and meet(name, known):
                    yield person, line

    def named_in(self, text: str) -> Iterator[tuple[int, str]]:
        """Whose close colleague a long text names, word for word."""
        words = words_of(text)
        for index, word in enumerate(words):
            for wanted, person, line in self.close_from.get(word, ()):
                if tuple(words[index : index + len(wanted)]) == wanted:
                    yield person, line


# Where it stands, what the file says, whom it meets, and what is known of them.
Met = tuple[str, str, str, int, str]


def _studied(known: Known, content: Mapping[str, Any]) -> Iterator[Met]:
    for line in content.get("degrees") or []:
        told = str(line.get("institution", ""))
        for person, name in known.institutions(told):
            yield Origin.DEGREE, Where.DEGREE, told, person, name


def _worked(known: Known, content: Mapping[str, Any]) -> Iterator[Met]:
    for line in (content.get("experience") or {}).get("jobs") or []:
        told = str(line.get("employer", ""))
        for person, name in known.institutions(told):
            yield Origin.EMPLOYER, Where.JOB, told, person, name


def _vouched(known: Known, referees: Iterable[tuple[str, str]]) -> Iterator[Met]:
    for name, address in referees:
        if person := known.addresses.get(address.lower()):
            yield Origin.REFEREE, Where.REFEREE_ADDRESS, name, person, ""
        if key := called(name):
            for person, own in known.names.get(key, ()):
                yield Origin.REFEREE, Where.REFEREE_NAME, name, person, own
            for person, line in known.close.get(key, ()):
                yield Origin.COWORKER, Where.REFEREE_NAME, name, person, line


def _is(known: Known, content: Mapping[str, Any]) -> Iterator[Met]:
    told = content.get("person") or {}
    family = str(told.get("last_names", ""))
    for person, name in known.families.get(" ".join(words_of(family)), ()):
        yield Origin.FAMILY_NAME, Where.NAME, family, person, name
    domain = domain_of(str(told.get("email", "")))
    for person in known.domains.get(domain, ()):
        yield Origin.DOMAIN, Where.ADDRESS, domain, person, ""


def _wrote(known: Known, content: Mapping[str, Any]) -> Iterator[Met]:
    for key in ("statement", "internship_goals"):
        for person, line in known.named_in(str(content.get(key) or "")):
            yield Origin.COWORKER, Where.STATEMENT, line, person, line


def found_in(file: File, known: Known) -> Iterator[Match]:
    """The first match of each kind between one file and each person; never with its own applicant."""
    named = [(str(r.get("name", "")), str(r.get("email", ""))) for r in _named(file.content)]
    met = [
        *_vouched(known, [*named, *file.referees]),
        *_wrote(known, file.content),
        *_is(known, file.content),
        *_studied(known, file.content),
        *_worked(known, file.content),
    ]
    seen: set[tuple[int, str]] = set()
    for origin, where, told, person, line in met:
        if person != file.applicant and (person, origin) not in seen:
            seen.add((person, origin))
            said, also = told.strip()[:WORDS_LIMIT], line.strip()[:WORDS_LIMIT]
            yield Match(file.pk, person, origin, where, said, also)


def _named(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(content.get("referees") or [])


def detected(files: Iterable[File], people: Iterable[Person]) -> dict[tuple[int, int, str], Match]:
    """Every match of these files with these people, by what is proposed once."""
    known = Known(people)
    return {match.key: match for file in files for match in found_in(file, known)}
