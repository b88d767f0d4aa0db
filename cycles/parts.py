"""What is missing from a cycle, and what other apps hang on it: copied with it, looked at before it is published.

An app that keeps something for each cycle says so in its `cycle_parts.py`, by `register`; nothing here needs to know
which apps do.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules

from cycles.models import Cycle


@dataclass(frozen=True)
class Gap:
    """One thing to do before a cycle can be published, and the page where it is done."""

    text: str
    url: str


@dataclass(frozen=True)
class Part:
    """What an app keeps for each cycle: how it goes to the next one, and what it lacks."""

    copy: Callable[[Cycle, Cycle], None]
    gaps: Callable[[Cycle], Iterable[Gap]]


_parts: list[Part] = []


def register(
    *, copy: Callable[[Cycle, Cycle], None], gaps: Callable[[Cycle], Iterable[Gap]]
) -> None:
    """Have a cycle's copy and its list of gaps include this part."""
    _parts.append(Part(copy, gaps))


def registered() -> list[Part]:
    """Every part of every app."""
    autodiscover_modules("cycle_parts")
    return list(_parts)
