"""A piece ready to be bound."""

from dataclasses import dataclass
from pathlib import Path

from dossiers.pieces import Titled


@dataclass(frozen=True)
class Leaf:
    """Its copy and how many pages that has, or the problem for which a page of ours stands in for it."""

    titled: Titled
    path: Path | None = None
    pages: int = 1
    problem: str = ""
