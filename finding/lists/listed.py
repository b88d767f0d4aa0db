"""What a list is to this room: its page, its filters, who may see it, and its lines as cells that can be taken away."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from applications.sought import NAME, sealed, sought

Cell = str | int | float | Decimal | date | datetime | None
Filters = Mapping[str, str]
Item = TypeVar("Item")
# So many rows are in memory at a time.
CHUNK = 1_000
LONGEST_FILTER = 60


@dataclass(frozen=True)
class Column:
    """A column of a list: its heading, what it says of a line, and who may read it."""

    key: str
    title: Promise | str
    of: Callable[[Any], Cell]
    may: Callable[[Any], bool] = lambda user: True


@dataclass(frozen=True)
class Rows:
    """The lines of a list as filtered: how many, and each with the application that it is about (0: none), as they come."""

    total: int
    lines: Iterator[tuple[int, Any]]


@dataclass(frozen=True)
class Listed:
    """A list of the office. `key` is the name of its page; `filters` are the words of its address that a view keeps."""

    key: str
    title: Promise
    may: Callable[[Any], bool]
    filters: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Any, Filters], Rows]
    of_cycle: bool = True

    def columns_for(self, user: Any) -> list[Column]:
        """The columns that this person reads on the page."""
        return [column for column in self.columns if column.may(user)]

    def asked(self, address: Mapping[str, Any]) -> dict[str, str]:
        """The filters that an address or a form names, the words that are looked for in plain."""
        said = {name: str(address.get(name) or "")[:LONGEST_FILTER] for name in self.filters}
        if NAME in self.filters:
            said[NAME] = sought(address)
        return {name: value.replace("\0", "") for name, value in said.items() if value}

    def hidden(self, filters: Filters, **more: str) -> list[tuple[str, str]]:
        """The same as hidden fields of a form."""
        told = {**filters, **more}
        return [(name, sealed(value) if name == NAME else value) for name, value in told.items()]

    def address(self, filters: Filters, **more: str) -> str:
        """The page that shows this; the words sealed."""
        told = {**filters, **more}
        if told.get(NAME):
            told[NAME] = sealed(told[NAME])
        words = urlencode({name: value for name, value in told.items() if value})
        return f"{reverse(self.key)}?{words}" if words else reverse(self.key)


def in_chunks(rows: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """Some at a time."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some
