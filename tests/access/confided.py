"""What somebody confides to the vault, with a unique string in every field: three candidacies, eight questions, a budget and its proof.

The structures are those of the pages: a code and its own words for each question of self-identification, words for the
declaration, lines and circumstances for the budget, a file as base64 for its proof.
"""

import base64
import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.db import connections, transaction
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from scholarships import abouts
from scholarships.models import Candidacy, Category, Round
from scholarships.vault import entries
from scholarships.vault.entries import About
from tests import factories
from tests.access.planting import Mark, Planter
from tests.scholarships.factories import a_candidacy, a_round

# The eight questions; each keeps codes, and the person's own words beside them.
DIMENSIONS = (
    *("age", "gender", "orientation", "indigenous"),
    *("visible_minority", "population_group", "disability", "language"),
)
INCOME = ("work", "family", "aid", "awards", "savings", "other_income")
EXPENSES = (
    *("tuition", "housing", "food", "transport", "health"),
    *("dependants", "material", "permits", "debts", "other_expense"),
)
LINES = (*INCOME, *EXPENSES)
# Amounts are figures: each is one that nothing else is, of six digits that begin so.
AMOUNT = "918"
# How a string shows where it was only wrapped: as it is, in hexadecimal, in base64 at each of its three places.
STARTS = (AMOUNT, "zqx", "7a7178", "enf4", "p6cx", "6cxg", "6cx")


class Secrets(Planter):
    """Plants strings that no other test ever planted: the broker and the server's log are everybody's."""

    def __init__(self) -> None:
        super().__init__()
        self._prefix, self._count = f"zqx{uuid4().hex[:7]}", itertools.count(1)

    def mark(self, place: str) -> str:
        """One more unique string: a word of fourteen letters and figures, which any search takes."""
        text = f"{self._prefix}{next(self._count):03d}k"
        self.marks.append(Mark(text, place))
        return text


def wrapped(text: str) -> Iterator[str]:
    """Every shape in which these letters could lie in a page or a dump."""
    if text.isdigit():
        yield rf"(?<![\w.:,]){text[:3]}[^\w]{{0,6}}{text[3:]}(?!\d)"  # grouped as each language does
        return
    data = text.encode()
    yield re.escape(text)
    yield data.hex()
    for before in range(3):
        # Less the characters at both ends that depend on what stands beside.
        whole = base64.b64encode(b"\0" * before + data).decode().rstrip("=")
        start, rest = (0, 2, 3)[before], (before + len(data)) % 3
        yield re.escape(whole[start : len(whole) - (1 if rest else 0)])


@dataclass
class Confided:
    """What was planted, and of whom."""

    person: User
    marks: list[Mark]
    said: dict[About, dict[str, Any]]
    candidacies: list[Candidacy]
    purposes: list[Mark] = field(default_factory=list)

    @cached_property
    def _shapes(self) -> list[tuple[Mark, re.Pattern[str]]]:
        every = [*self.marks, *self.purposes]
        return [(mark, re.compile("|".join(wrapped(mark.text)), re.I)) for mark in every]

    def shown(
        self, pages: Iterable[tuple[str, str]], allowed: Iterable[Mark] = ()
    ) -> dict[str, list[str]]:
        """Where something of it shows, and what; `allowed` may."""
        free, found = {mark.text for mark in allowed}, {}
        for place, text in pages:
            lower = text.lower()
            if not any(start in lower for start in STARTS):
                continue
            seen = [
                m.place for m, shape in self._shapes if m.text not in free and shape.search(text)
            ]
            if seen:
                found[place] = seen
        return found


def answers(planter: Planter) -> dict[str, Any]:
    """All that self-identification can hold."""
    said: dict[str, Any] = {}
    for code in DIMENSIONS:
        said[code] = [planter.mark(f"identification.{code}")]
        said[f"{code}_words"] = planter.mark(f"identification.{code}_words")
    return said


def declaration(planter: Planter) -> dict[str, Any]:
    """Who somebody says they are, from a list and in their own words."""
    return {
        "chosen": [planter.mark("declaration.chosen")],
        "words": planter.mark("declaration.words"),
    }


def budget(planter: Planter) -> dict[str, Any]:
    """A table of what comes in and goes out, and what happened."""
    amounts = {}
    for number, line in enumerate(LINES):
        figure = f"{AMOUNT}{307 + 13 * number}"
        planter.marks.append(Mark(figure, f"budget.{line}"))
        amounts[line] = f"{figure}.00"
    return {
        "income": {line: amounts[line] for line in INCOME},
        "expenses": {line: amounts[line] for line in EXPENSES},
        "circumstances": planter.mark("budget.circumstances"),
    }


def proof(planter: Planter) -> dict[str, Any]:
    """A file, whose words are as secret as its name."""
    inside = factories.pdf(text=planter.mark("proof.words of the file"))
    return {
        "label": f"{planter.mark('proof.label')}.pdf",
        "pages": 1,
        "sha256": hashlib.sha256(inside).hexdigest(),
        "file": base64.b64encode(inside).decode(),
    }


def candidacy(application: Application, category: str) -> Candidacy:
    """Of this person in a round of that category; the one that is there already, or a new one."""
    known = Candidacy.objects.filter(application=application, round__category=category).first()
    if known:
        return known
    of_cycle = Round.objects.filter(cycle=application.cycle, category=category)
    return a_candidacy(of_cycle.first() or a_round(application.cycle, category), application)


def confide(person: User, officer: User) -> Confided:
    """Marks in everything that this person can confide, about each of their applications; and one disclosure of each kind."""
    planter = Secrets()
    now = Application.objects.filter(applicant=person, candidacies=None).order_by("-pk")
    files = list(Application.objects.filter(applicant=person).order_by("pk"))
    latest = now.first() or files[-1]
    three = [candidacy(latest, category) for category in Category.values]
    said = {abouts.identification(one): answers(planter) for one in files}
    for one in three:
        said[abouts.declaration(one)] = declaration(planter)
        said[abouts.budget(one)] = budget(planter)
        said[abouts.proof(one)] = proof(planter)
    for about, words in said.items():
        entries.declare(about, words, by=person)
    confided = Confided(person, list(planter.marks), said, three)
    for about in said:
        mark = planter.mark(f"purpose of {about.kind}")
        confided.purposes.append(planter.marks[-1])
        entries.disclose(
            about, purpose=f"Asked for {mark}.", by=officer, signed_in_at=timezone.now()
        )
    return confided


class _Undo(Exception):
    """Leaves both transactions without a trace."""


def undone(act: Any) -> Any:
    """What `act` gives back, with nothing of it left in the database or in the vault."""
    kept: list[Any] = []
    try:
        with transaction.atomic(), transaction.atomic("vault"):
            kept.append(act())
            raise _Undo
    except _Undo:
        pass
    return kept[0]


def vault_rows() -> int:
    """How many entries there are."""
    with connections["vault"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM entry")
        return int(cursor.fetchone()[0])
