"""Who a person is, as words that a text may hold: the parts of the names, address, phone, what they show elsewhere."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dossiers.folding import BACKWARDS, UNSPACED, folded

# Between names, and names of nobody by themselves.
PARTICLES = frozenset(
    """
    de da do dos das del della delle di du des la le les lo los el al ad van von der den ter ten te het vom zu
    bin ibn bint abu abd ould oulad mac mc st ste saint sainte san santa af av ap ver
    """.split()
)
# Names that are also words: looked for with a capital letter only. So are names of two or three letters.
ALSO_WORDS = frozenset(
    """
    will mark rose hope grace page pages faith chance chase angel august april june dean king queen prince pope bishop
    long young white black brown green gray grey rich small little strong wise good best love price cook baker miller
    mason carter hunter fisher field fields wood woods hill lake rivers brook stone banks bell ball rice bush frank
    ernest earnest major junior senior science data summer winter autumn marche pierre claire clement constant juste
    modeste prudence patience aime olive prune blanc blanche petit grand legrand leblanc lebrun legros roman victor
    marine fleur violette marguerite florence paris london israel jordan china india france aurore celeste desire
    content perle ambre beau beaux gentil hardi sage franc noir martin
    """.split()
)
SHORT = 3
LEAST_SQUEEZED = 4
APART = re.compile(r"[\s'.,/()\-]+")
# What a local part or the end of a link says of nobody.
OF_NOBODY = frozenset(
    """
    info mail email contact admin hello student etudiant home index profile profil user users about blog portfolio
    projects citations people public page pages main site
    """.split()
)
LEAST_HANDLE = 4
# Where what follows is somebody's own place.
PROFILES = (
    *("github.com", "gitlab.com", "bitbucket.org", "linkedin.com", "orcid.org", "kaggle.com"),
    *("scholar.google.", "huggingface.co", "medium.com", "twitter.com", "x.com", "facebook.com"),
    *("instagram.com", "researchgate.net", "stackoverflow.com/users", "youtube.com", "t.me"),
    *("leetcode.com", "hackerrank.com", "codeforces.com", "behance.net", "mastodon.", "wa.me"),
)
SCHEME = re.compile(r"^(?:[a-z]+://)?(?:www\.)?")


@dataclass(frozen=True)
class Name:
    """One name out of the form, folded, in its parts."""

    parts: tuple[str, ...]

    @property
    def said(self) -> tuple[str, ...]:
        """The parts that name somebody by themselves; the particles too, when there is nothing else."""
        kept = tuple(part for part in self.parts if part not in PARTICLES)
        return kept or self.parts

    @property
    def joined(self) -> str:
        """All of it without spaces."""
        return "".join(self.parts)


@dataclass(frozen=True)
class Identity:
    """What tells who wrote: all of it folded, the phone as digits."""

    first: Name
    last: Name
    preferred: Name
    email: str
    phone: str
    links: tuple[str, ...]

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Those that are not empty."""
        return tuple(name for name in (self.first, self.last, self.preferred) if name.parts)

    @cached_property
    def parts(self) -> frozenset[str]:
        """Every part that names the person by itself."""
        long = (part for name in self.names for part in name.said if len(part) >= 2)
        return frozenset(long)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The letters that names begin with."""
        return frozenset(part[0] for name in self.names for part in name.parts)

    @cached_property
    def squeezed(self) -> frozenset[str]:
        """Names written in one word, as addresses and accounts write them; in any script, also whole names."""
        found = {name.joined for name in self.names if len(name.parts) > 1}
        for given in (self.first, self.preferred):
            found |= set(_together(given, self.last))
        return frozenset(word for word in found if len(word) >= LEAST_SQUEEZED or _is_whole(word))

    @cached_property
    def handles(self) -> frozenset[str]:
        """What the person is called in the address and in the links."""
        ends = [link.rstrip("/").rpartition("/")[2].partition("?")[0] for link in self.links]
        found = {self.email.partition("@")[0], *(end.lstrip("@~") for end in ends if end)}
        hosts = {link.partition("/")[0] for link in self.links}
        return frozenset(
            one for one in found - hosts if len(one) >= LEAST_HANDLE and one not in OF_NOBODY
        )


def _together(given: Name, last: Name) -> Iterator[str]:
    for one in {given.joined, *given.said[:1]} if given.parts and last.parts else ():
        for other in {last.joined, *last.said}:
            yield from (one + other, other + one, one[0] + other, other + one[0])


def _is_whole(word: str) -> bool:
    return len(word) >= 2 and bool(UNSPACED.search(word))


def name_of(text: Any) -> Name:
    """A name as the form has it."""
    return Name(tuple(part for part in APART.split(folded(str(text or ""))) if _names(part)))


def _names(part: str) -> bool:
    """Whether it has a letter: people without a last name write a dot or a dash."""
    return any(sign.isalpha() for sign in part)


def identity_of(person: dict[str, Any], links: Iterable[Any]) -> Identity:
    """Out of a frozen content: its `person` and its `links`."""
    return Identity(
        first=name_of(person.get("first_names")),
        last=name_of(person.get("last_names")),
        preferred=name_of(person.get("preferred_name")),
        email=folded(str(person.get("email") or "")).strip(),
        phone="".join(filter(str.isdigit, folded(str(person.get("phone") or "")))),
        links=tuple(filter(None, map(bare, links))),
    )


def bare(link: Any) -> str:
    """A link without its scheme, folded."""
    return SCHEME.sub("", folded(str(link or "")).strip()).rstrip("/.,;")


def is_own_place(address: str, identity: Identity) -> bool:
    """Whether an address of the web leads to somebody's own page, or is named after the person."""
    told = bare(address)
    host, _slash, path = told.partition("/")
    if path and any(profile in told for profile in PROFILES):
        return True
    if any(told == link or told.startswith((link + "/", link + "?")) for link in identity.links):
        return True
    if any(host == link.partition("/")[0] and not _is_shared(host) for link in identity.links):
        return True
    squeezed = re.sub(r"[^\w]|_", "", told)
    names = [part for part in identity.parts if len(part) > SHORT and part not in ALSO_WORDS]
    return any(name in squeezed for name in (*names, *identity.squeezed, *identity.handles))


def _is_shared(host: str) -> bool:
    """Whether many people have their pages there."""
    return any(host == profile.partition("/")[0] or profile in host for profile in PROFILES) or (
        host in {"drive.google.com", "docs.google.com", "sites.google.com", "youtu.be", "bit.ly"}
    )


def variants(word: str) -> tuple[str, ...]:
    """A word, and as a reader of PDFs may give it that takes right-to-left writing from the left."""
    return (word, word[::-1]) if BACKWARDS.search(word) else (word,)
