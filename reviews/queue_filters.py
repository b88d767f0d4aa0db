"""What a reader's list shows: the filters that its address carries, and the ways to change them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cycles.models import Program
from reviews.models import Assignment
from reviews.queue import DRAFTS, SENT, TO_READ, WHICH, Progress, asking_for, letters_of


@dataclass(frozen=True)
class Filters:
    """Which files: `show` by state, `program` by code, only those that are late, only those with a letter."""

    show: str = TO_READ
    program: str = ""
    late: bool = False
    letters: bool = False

    @classmethod
    def of(cls, address: Mapping[str, Any], programs: Mapping[str, Program]) -> "Filters":
        """What the address asks for; what it invents is left out."""
        show, program = address.get("show", TO_READ), address.get("program", "")
        return cls(
            show=show if show in WHICH else TO_READ,
            program=program if program in programs else "",
            late=address.get("late") == "1",
            letters=address.get("letters") == "1",
        )

    def narrowed(
        self, rows: "models.QuerySet[Assignment]", today: date
    ) -> "models.QuerySet[Assignment]":
        """Those of the rows, already of the right state, that the other filters let through."""
        if self.program:
            rows = rows.filter(asking_for(self.program))
        if self.late:
            rows = rows.filter(due_on__lt=today)
        return rows.filter(Exists(letters_of())) if self.letters else rows

    @property
    def narrow(self) -> bool:
        """Whether something besides the state leaves files out."""
        return self != Filters(self.show)

    @property
    def address(self) -> str:
        """The list that shows this, as a query string."""
        told = {"show": self.show, "program": self.program}
        told |= {"late": "1" if self.late else "", "letters": "1" if self.letters else ""}
        return "?" + urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True)
class Chip:
    """One way to change the list; `count` is None where it is not counted."""

    label: str
    address: str
    here: bool
    count: int | None = None


def states(now: Filters, told: Progress) -> Iterator[Chip]:
    """One of three."""
    named = {
        TO_READ: (_("To read"), told.to_read),
        DRAFTS: (_("Drafts"), told.drafts),
        SENT: (pgettext("how many reviews", "Handed in"), told.sent),
    }
    for show, (label, count) in named.items():
        yield Chip(label, replace(now, show=show).address, now.show == show, count)


def toggles(now: Filters, told: Progress, programs: Mapping[str, Program]) -> Iterator[Chip]:
    """Each on or off by itself: a program, what is late, what has letters."""
    if len(programs) > 1:
        for code, program in programs.items():
            here = now.program == code
            yield Chip(program.short, replace(now, program="" if here else code).address, here)
    if now.show != SENT and (told.late or now.late):
        yield Chip(_("Late"), replace(now, late=not now.late).address, now.late, told.late)
    letters = replace(now, letters=not now.letters).address
    yield Chip(_("Letters have come"), letters, now.letters)
