"""What the vault holds of one person, for them: all of it in words, when it was opened, and its erasure in one act."""

import base64
import binascii
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import User
from applications.models import Application
from audit.moves import Refused
from scholarships import (
    abouts,
    budgets,
    confidences,
    declaring,
    identifying,
    lapsing,
    private_letters,
)
from scholarships.models import Candidacy
from scholarships.money import money_text
from scholarships.vault import entries
from scholarships.vault.entries import About

TITLES: dict[str, Promise] = {
    abouts.IDENTIFICATION: gettext_lazy("Self-identification"),
    abouts.DECLARATION: gettext_lazy("Declaration for Women in AI"),
    abouts.BUDGET: gettext_lazy("Budget and circumstances"),
    abouts.PROOF: gettext_lazy("Proof of the budget"),
}
FILE = "file"  # where a proof has its PDF, in base64
# What has words of its own, or is for machines.
WORDED = {
    *("chosen", "words", "income", "expenses", "circumstances"),
    *("label", "pages", "sha256", FILE),
}


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
    def link(self) -> str:
        """The file of a proof, which no page prints; empty for the rest."""
        is_proof = self.about.kind == abouts.PROOF
        return reverse("scholarship_proof_file", args=[self.number]) if is_proof else ""

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
def erase_all(person: User, *, by: User, at: datetime) -> int:
    """Delete everything confidential of one's own, at once; how many things there were. One letter confirms it.

    What was agreed to for it is taken back with it, and an award that rests on it ends. Raises Refused for anybody else.
    """
    if by.pk != person.pk:
        raise Refused(_("You may not do this."), forbidden=True)
    mine = Candidacy.objects.own(person).order_by("pk")
    for candidacy in mine:
        confidences.no_longer_agreed(candidacy, by=by, at=at)
    gone = sum(entries.erase(place.about, by=by) for place in places_of(person))
    lapsing.settle_for([candidacy.pk for candidacy in mine], at=at)
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


def lines_of(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A declaration, a budget or a proof in words: each label with its text; a PDF has none."""
    if chosen := said.get("chosen"):
        labels = dict(declaring.Declared.choices)
        yield _("What you declare"), "\n".join(str(labels.get(code, code)) for code in chosen)
    if words := said.get("words"):
        yield _("In my own words"), str(words)
    if "income" in said or "expenses" in said:
        yield from _sums(budgets.read(said))
    if circumstances := said.get("circumstances"):
        yield _("Circumstances"), str(circumstances)
    if "label" in said:
        yield pgettext("attached", "File"), str(said["label"])
    yield from _others({name: said[name] for name in said if name not in WORDED})


def _sums(budget: budgets.Budget) -> Iterator[tuple[str, str]]:
    """Each amount of a budget, the totals, and what lacks."""
    yield from ((label, money_text(amount)) for label, amount in budget.income)
    yield _("Total income"), money_text(budget.total_income)
    yield from ((label, money_text(amount)) for label, amount in budget.expenses)
    yield _("Total expenses"), money_text(budget.total_expenses)
    yield _("Income less expenses"), money_text(budget.balance)


def _others(said: Any, label: str = "") -> Iterator[tuple[str, str]]:
    """What no form of ours asks any more, part by part, under the name it was kept with."""
    if isinstance(said, Mapping):
        for name, value in said.items():
            yield from _others(value, str(capfirst(str(name).replace("_", " "))))
    elif isinstance(said, list | tuple):
        for value in said:
            yield from _others(value, label)
    elif said is not None and said != "":
        text = {True: _("Yes"), False: _("No")}[said] if isinstance(said, bool) else str(said)
        yield label, text
