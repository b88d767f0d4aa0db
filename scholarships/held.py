"""What the vault holds of one person, for them: all of it in words, when it was opened, and its erasure in one act."""

import base64
import binascii
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application
from audit.moves import Refused
from scholarships import abouts, identifying, private_letters
from scholarships.models import Candidacy
from scholarships.vault import entries
from scholarships.vault.entries import About

TITLES: dict[str, Promise] = {
    abouts.IDENTIFICATION: gettext_lazy("Self-identification"),
    abouts.DECLARATION: gettext_lazy("Declaration for Women in AI"),
    abouts.BUDGET: gettext_lazy("Budget and circumstances"),
    abouts.PROOF: gettext_lazy("Proof of the budget"),
}
FILE = "file"  # where a proof has its PDF, in base64


@dataclass(frozen=True)
class Place:
    """Where something confidential may be: its kind, and the number of the file or of the scholarship application."""

    about: About
    number: str

    @property
    def title(self) -> str:
        """What it is called."""
        return str(TITLES[self.about.kind])


@dataclass(frozen=True)
class Held(Place):
    """Something that is there, with what was said."""

    said: Mapping[str, Any]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """In words: each label with its text."""
        if self.about.kind == abouts.IDENTIFICATION:
            return identifying.in_words(self.said)
        return list(lines_of(self.said))

    @property
    def data(self) -> dict[str, Any]:
        """As data, without the PDF of a proof."""
        return {name: value for name, value in self.said.items() if name != FILE}

    @property
    def file(self) -> bytes | None:
        """The PDF of a proof."""
        return file_of(self.said)


@dataclass(frozen=True)
class Opening:
    """One time that somebody else was shown something: when, what, and what for. It was the EDI officer's to do."""

    at: datetime
    what: str
    purpose: str


def places_of(person: User) -> Iterator[Place]:
    """Everywhere that something of this person may be."""
    for application in Application.objects.filter(applicant=person).order_by("pk"):
        yield Place(abouts.identification(application), application.number)
    rows = Candidacy.objects.filter(application__applicant=person)
    for candidacy in rows.select_related("application").order_by("pk"):
        for about in (abouts.declaration, abouts.budget, abouts.proof):
            yield Place(about(candidacy), candidacy.number)


def held(person: User, *, by: User) -> list[Held]:
    """All that is there, to the person. Raises Refused for anybody else."""
    places = list(places_of(person))
    said = entries.all_own([place.about for place in places], by=by)
    return [
        Held(place.about, place.number, said[place.about])
        for place in places
        if place.about in said
    ]


def openings(person: User, *, by: User) -> list[Opening]:
    """Every time that something was shown to somebody else, oldest first. Raises Refused for strangers."""
    return [
        Opening(one.shown_at, str(TITLES[one.kind]), one.purpose)
        for one in entries.disclosures(person, by=by)
    ]


@transaction.atomic
def erase_all(person: User, *, by: User) -> int:
    """Delete everything confidential of one's own, at once; how many things there were. One letter confirms it.

    Raises Refused for anybody else.
    """
    if by.pk != person.pk:
        raise Refused(_("You may not do this."), forbidden=True)
    gone = sum(entries.erase(place.about, by=by) for place in places_of(person))
    if gone:
        private_letters.tell_erased(person, key=str(uuid.uuid4()))
    return gone


def erase_of(application: Application, *, by: User) -> int:
    """Delete what hangs on one application, which is being erased itself. Raises Refused for anybody else."""
    about = [abouts.identification(application)]
    for candidacy in application.candidacies.select_related("application"):
        about += [of(candidacy) for of in (abouts.declaration, abouts.budget, abouts.proof)]
    return sum(entries.erase(one, by=by) for one in about)


def file_of(said: Mapping[str, Any]) -> bytes | None:
    """The PDF that an entry carries, if it does."""
    try:
        return base64.b64decode(said[FILE], validate=True)
    except (KeyError, TypeError, binascii.Error):
        return None


def lines_of(said: Any, label: str = "") -> Iterator[tuple[str, str]]:
    """What was said, part by part: the name of each part, and its text; a PDF has none."""
    if isinstance(said, Mapping):
        for name, value in said.items():
            if name != FILE:
                yield from lines_of(value, str(capfirst(str(name).replace("_", " "))))
    elif isinstance(said, list | tuple):
        for value in said:
            yield from lines_of(value, label)
    elif said is not None and said != "":
        text = {True: _("Yes"), False: _("No")}[said] if isinstance(said, bool) else str(said)
        yield label, text
