"""Which letters of a release leave first: a few, of both languages and of many mail servers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import TypeVar

from notifications.outbox import Addressed

Thing = TypeVar("Thing")


def first_of(letters: Sequence[Addressed], number: int) -> set[str]:
    """The keys of so many letters: each language in turn, and in each language one mail server after the other."""
    servers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in letters:
        servers[one.language][one.address.rpartition("@")[2].lower()].append(one.key)
    spread = _in_turn(_in_turn(one.values()) for one in servers.values())
    return set(islice(spread, number))


def _in_turn(rows: Iterable[Iterable[Thing]]) -> Iterator[Thing]:
    """The first of each, then the second of each, and so on."""
    absent = object()
    rounds = zip_longest(*rows, fillvalue=absent)
    return (thing for thing in chain.from_iterable(rounds) if thing is not absent)  # type: ignore[misc]
