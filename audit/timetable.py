"""The timetable: what comes round by itself, as plain data. Each app declares its errands in its `errands.py`.

`config/celery.py` says the same times to Celery, and a test holds the two together. To add an errand: `register` it in
your app's `errands.py`, give it a task of the same name that calls `turns.run`, and a line in `config/celery.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules, import_string

MINUTE, HOUR = 60, 3600
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Would:
    """A letter that an errand would queue: which, in which language, about which row, and of which file if any."""

    letter: str
    language: str
    row: int
    file: int | None = None


@dataclass(frozen=True)
class Letters:
    """What an errand would write, without writing it.

    `due` lists what would be queued at a moment, after what was queued so far; `moments` are the moments to come at
    which letters fall due, as they stand; `read` gives what one of them is made of (the letter, the language, what its
    text knows), None when its row is gone.
    """

    due: Callable[[datetime], list[Would]]
    moments: Callable[[datetime], Iterable[datetime]]
    read: Callable[[int, datetime], tuple[Any, str, Mapping[str, Any]] | None]


@dataclass(frozen=True)
class Coming:
    """Something with an hour of its own that an errand will do: when, in words, and how many letters it writes."""

    at: datetime
    title: str | Promise
    letters: int


@dataclass(frozen=True)
class Errand:
    """One line of the timetable: the task that does it, how often (seconds), what it does in words, and the verb.

    The verb is named by its path, so that only the worker imports what it needs; it says how much it did (None counts as
    nothing to say). `by_turns`: it gets the moment as `at`, its work is one transaction, and each turn of it is done once;
    the others are sweeps, called without anything, whose rows have leases of their own. `coming`: what it will do at
    hours that people chose.
    """

    task: str
    every: int
    title: str | Promise
    says: str | Promise
    does: str | Callable[..., int | None]
    by_turns: bool = False
    letters: Letters | None = None
    may_pause: bool = False
    coming: Callable[[], list[Coming]] | None = None

    @property
    def name(self) -> str:
        """What it is called in the database and in addresses: the task without its app."""
        return self.task.rpartition(".")[2]

    @property
    def verb(self) -> Callable[..., int | None]:
        """The function that does it."""
        return import_string(self.does) if isinstance(self.does, str) else self.does

    @property
    def period(self) -> timedelta:
        """How long until its next turn."""
        return timedelta(seconds=self.every)

    def turn_of(self, moment: datetime) -> datetime:
        """When the turn began that this moment falls into; turns are counted in UTC, so no night has one too many."""
        return EPOCH + (moment - EPOCH) // self.period * self.period


_errands: dict[str, Errand] = {}


def register(errand: Errand) -> Errand:
    """Put it on the timetable."""
    _errands[errand.name] = errand
    return errand


def registered() -> dict[str, Errand]:
    """Every errand of every app, by name, in the order of the apps."""
    autodiscover_modules("errands")
    place = {config.name: number for number, config in enumerate(apps.get_app_configs())}
    order = sorted(_errands.values(), key=lambda one: place[one.task.partition(".")[0]])
    return {one.name: one for one in order}
