"""Which rows' lines of the ledgers are kept from a person: later apps say so here, the ledgers' pages obey."""

from collections.abc import Callable, Iterable
from typing import Any

Finder = Callable[[Any], Iterable[str]]
_finders: list[Finder] = []


def keeps_lines(find: Finder) -> Finder:
    """Leave out of the ledgers' pages what is about the subjects that this finds for a person."""
    _finders.append(find)
    return find


def subjects_kept_from(user: Any) -> set[str]:
    """The subjects, as `subject_of` writes them, that this person must not read about."""
    return {subject for find in _finders for subject in find(user)}
