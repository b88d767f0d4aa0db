"""Pages of a long list, without counting it."""

from dataclasses import dataclass
from typing import Any

from django.db import models

SIZE = 50
LAST = 10_000


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and whether there are more on either side."""

    rows: list[Any]
    number: int
    more: bool

    @property
    def start(self) -> int:
        """How many rows come before."""
        return (self.number - 1) * SIZE

    @property
    def previous(self) -> int:
        """The page before; 0 when there is none."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The page after; 0 when there is none."""
        return self.number + 1 if self.more else 0


def page_of(rows: models.QuerySet[Any], number: str) -> Page:
    """The page that an address asks for; what is no number is the first."""
    wanted = min(max(int(number), 1), LAST) if number.isdecimal() else 1
    start = (wanted - 1) * SIZE
    some = list(rows[start : start + SIZE + 1])
    return Page(some[:SIZE], wanted, len(some) > SIZE)
