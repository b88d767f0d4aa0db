"""The documents step: one row a document that this application is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from applications.documents import purpose_of
from applications.models import Application, Document
from applications.wanted import Wanted, unasked, wanted
from papers.checking import state_of
from papers.labels import shortened
from papers.models import CheckedFile, Upload
from papers.problems import PROBLEMS

SOON = timedelta(minutes=2)


@dataclass(frozen=True)
class Trouble:
    """What was refused at one place: the sentence, and a name to offer when its own was too long."""

    slot: str
    text: str
    offer: str = ""

    @property
    def cause(self) -> str:
        """The first sentence: what is wrong."""
        return self.text.partition(". ")[0].removesuffix(".") + "."

    @property
    def remedy(self) -> str:
        """The others: what to do."""
        return self.text.partition(". ")[2]


def trouble_of(slot: str, problem: str, name: str) -> Trouble:
    """The sentence for a problem of papers.problems, and a shorter name to offer for one that is too long."""
    return Trouble(slot, str(PROBLEMS[problem]), shortened(name) if problem == "name" else "")


@dataclass(frozen=True)
class Version:
    """A document that the draft held before."""

    document: Document
    submitted: bool


@dataclass(frozen=True)
class Row:
    """What is asked and held, how its check goes, what was interrupted or refused, and the versions before."""

    asked: Wanted
    check: CheckedFile | None = None
    interrupted: Upload | None = None
    trouble: Trouble | None = None
    earlier: list[Version] = field(default_factory=list)

    @property
    def state(self) -> str:
        """How the second check of the document goes: clean, waiting or refused."""
        return self.check.state if self.check else CheckedFile.State.WAITING

    @property
    def seconds(self) -> int:
        """How soon the page asks again what became of the check."""
        young = self.check and timezone.now() - self.check.asked_at < SOON
        return 4 if young else 60

    @property
    def removed(self) -> Document | None:
        """What was taken out last, while nothing took its place: it may come back at once."""
        return self.earlier[0].document if self.earlier and not self.asked.document else None


def rows(application: Application, *, by: User, trouble: Trouble | None = None) -> list[Row]:
    """Every row, in the order of the page."""
    asked = wanted(application)
    checks = state_of(row.document.sha256 for row in asked if row.document)
    begun = {row.purpose: row for row in Upload.objects.visible_to(by).under_way()}
    earlier = _earlier(application.documents.all())
    return [
        Row(
            one,
            checks.get(one.document.sha256) if one.document else None,
            begun.get(purpose_of(application, one.slot)),
            trouble if trouble and trouble.slot == one.slot else None,
            earlier.get(one.slot, []),
        )
        for one in asked
    ]


def step_of(
    application: Application, *, by: User, trouble: Trouble | None = None
) -> dict[str, Any]:
    """What the page of the step shows: the rows, and what the draft still holds though nothing asks for it."""
    return {
        "documents": rows(application, by=by, trouble=trouble),
        "left_over": unasked(application),
    }


def _earlier(documents: Iterable[Document]) -> dict[str, list[Version]]:
    """The versions before by their place, the last one first."""
    past = [row for row in documents if row.replaced_at]
    held = Document.objects.filter(pk__in=[row.pk for row in past], submissions__isnull=False)
    submitted = set(held.values_list("pk", flat=True)) if past else set()
    found: dict[str, list[Version]] = {}
    for row in sorted(past, key=lambda row: (row.replaced_at, row.pk), reverse=True):
        found.setdefault(row.slot, []).append(Version(row, row.pk in submitted))
    return found
