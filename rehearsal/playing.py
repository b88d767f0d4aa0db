"""A rehearsal from its first minute to its verdict."""

import contextlib
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from config.seed.calendar import Year
from rehearsal import faults
from rehearsal.book import Book
from rehearsal.company import crowd, office
from rehearsal.days import DAYS
from rehearsal.intake.references import letters_of_reference
from rehearsal.plants import IN_THE_WEB_SERVER, plant
from rehearsal.play import Day, Play, silent
from rehearsal.promises import Verdict, judge
from rehearsal.stage import Stage

BEFORE = timedelta(days=20)  # the office is at work before the opening
YEAR = 2026


@dataclass(frozen=True)
class Asked:
    """What is to be rehearsed: how many, with which dice, with faults or without, whose settings, what is broken on purpose."""

    applicants: int = 400
    seed: int = 1
    faults: bool = True
    only: tuple[str, ...] = ()
    plants: frozenset[str] = frozenset()
    keep: bool = False
    settings: Path | None = None  # a cycle's own, from `rehearsal.setup`
    opens_at: datetime | None = None  # of that cycle


@dataclass(frozen=True)
class Played:
    """One day as it was played."""

    name: str
    sentence: str
    on: datetime
    seconds: float
    went_wrong: int


@dataclass
class Outcome:
    """A rehearsal that is over."""

    asked: Asked
    cycle_code: str
    verdicts: list[Verdict] = field(default_factory=list)
    days: list[Played] = field(default_factory=list)
    seconds: float = 0.0
    folder: Path | None = None

    @property
    def holds(self) -> bool:
        """Whether every promise held and nothing else went wrong."""
        return all(verdict.holds for verdict in self.verdicts)


@contextlib.contextmanager
def playing(asked: Asked | None = None, say: Callable[[str], None] = silent) -> Iterator[Play]:
    """A play in which nothing has happened yet; its stage is gone at the end unless it is to be kept."""
    asked = asked or Asked(applicants=12)
    folder = Path(tempfile.mkdtemp(prefix="mila-rehearsal-"))
    opens_at = asked.opens_at or Year(YEAR, timedelta(0)).opens_at
    planted = asked.plants & IN_THE_WEB_SERVER
    stage = Stage(folder, opens_at - BEFORE, plants=planted)
    dice = Random(asked.seed)  # noqa: S311
    try:
        stage.start()
        play = Play(stage, build(stage, asked), dice, faults=asked.faults, plants=asked.plants)
        play.say = say
        play.staff, play.applicants = office(stage), crowd(stage, asked.applicants, dice)
        try:
            yield play
        finally:
            for person in [
                *play.applicants,
                *(one for some in play.staff.values() for one in some),
            ]:
                person.visitor.leave()
    finally:
        stage.end()
        if not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)


def build(stage: Stage, asked: Asked) -> str:
    """The world to play in; the code of its cycle."""
    if asked.settings is None:
        return stage.beside(
            "-m", "rehearsal.beside", "rehearsal.opening.demonstration", str(YEAR)
        ).split()[-1]
    return stage.beside(
        "-m", "rehearsal.beside", "rehearsal.setup.read", str(asked.settings)
    ).split()[-1]


def chosen(only: Sequence[str]) -> list[Day]:
    """The days to play, in their order."""
    return [day for day in DAYS if not only or day.__name__ in only]


def rehearse(play: Play, asked: Asked) -> tuple[Outcome, Book]:
    """Play each day, plant what is to be planted, and judge."""
    began = time.monotonic()
    outcome, book = Outcome(asked, play.cycle_code), Book(play)
    for day in chosen(asked.only):
        outcome.days.append(one_day(play, day))
        book.look()
        if day is letters_of_reference:
            plant(play)
    faults.sound(play, "at the end")
    outcome.verdicts = judge(play, book)
    outcome.seconds = time.monotonic() - began
    return outcome, book


def one_day(play: Play, day: Day) -> Played:
    """Play a day; what stops it is written down, and the next one begins."""
    play.today, began = day.__name__, time.monotonic()
    before = sum(map(len, play.seen.wrongs.values()))
    try:
        day(play)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        play.seen.wrong("story", f"{play.today} stopped at {last.name}: {error!r:.400}")
    wrong = sum(map(len, play.seen.wrongs.values())) - before
    sentence = (day.__doc__ or "").strip().split("\n")[0]
    played = Played(play.today, sentence, play.clock.now, time.monotonic() - began, wrong)
    mark = f"  {wrong} wrong" if wrong else ""
    play.say(f"{played.on:%Y-%m-%d}  {played.name:<24} {played.seconds:6.1f} s{mark}")
    return played
