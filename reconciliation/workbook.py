"""Has a workbook of plain texts written, in a process of its own (`child/book.py`)."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

CHILD = Path(__file__).parent / "child" / "book.py"
SECONDS = 60


def workbook(lines: Iterable[Sequence[str]]) -> bytes:
    """One sheet; each cell is a text whatever it looks like. Raises subprocess's errors when it cannot be written."""
    done = subprocess.run(
        [sys.executable, "-I", str(CHILD)],
        input=json.dumps([list(line) for line in lines]).encode(),
        capture_output=True,
        timeout=SECONDS,
        env={},
        check=True,
    )
    return done.stdout
