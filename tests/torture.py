"""How much: a part of each promise's count at every run, the whole of it under `make torture` (`TORTURE=1`)."""

import os

FULL = "TORTURE" in os.environ
told: list[str] = []


def of(part: int, whole: int) -> int:
    """The count for this run."""
    return whole if FULL else part


def tell(line: str) -> None:
    """One line of what `make torture` prints at its end."""
    told.append(line)
