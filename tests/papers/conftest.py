"""A scanner that answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.papers.scanner import Scanner, running


@pytest.fixture
def scanner(short_path: Path) -> Iterator[Scanner]:
    """A virus scanner on a Unix socket."""
    with running(Scanner(short_path / "clamd")) as one:
        yield one
