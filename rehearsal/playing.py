"""A rehearsal from its first minute to its report."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from config.seed.calendar import Year
from rehearsal.company import crowd, office
from rehearsal.play import Play
from rehearsal.stage import Stage

BEFORE = timedelta(days=20)  # the office is at work before the opening
YEAR = 2026


@contextlib.contextmanager
def playing(
    *, applicants: int = 12, seed: int = 1, keep: bool = False, durable: bool = True
) -> Iterator[Play]:
    """A play in which nothing has happened yet; its stage is gone at the end unless it is to be kept."""
    folder = Path(tempfile.mkdtemp(prefix="mila-rehearsal-"))
    year = Year(YEAR, timedelta(0))
    stage = Stage(folder, year.opens_at - BEFORE, durable=durable)
    dice = Random(seed)  # noqa: S311
    try:
        stage.start(["rehearsal.opening", str(YEAR)])
        play = Play(stage, str(year.fields["code"]), dice)
        play.staff, play.applicants = office(stage), crowd(stage, applicants, dice)
        yield play
    finally:
        stage.end()
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
