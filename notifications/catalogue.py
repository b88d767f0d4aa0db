"""Every letter of the product: when it leaves, to whom, what its placeholders say, and a sample to look at.

Each app tells of its own in its `letter_samples.py`, by `register`; nothing here needs to know which apps do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from notifications.letters import Letter
from notifications.overriding import parts

Text = str | Promise


class Reader(models.TextChoices):
    """To whom a letter goes."""

    APPLICANT = "applicant", _("The applicant")
    REFEREE = "referee", _("A referee")
    READER = "reader", _("A reader of the committee")
    STAFF = "staff", _("The coordination and the direction")
    PANEL = "panel", _("A member of a scholarship panel")
    ACCOUNT = "account", _("Whoever has the account")


class NoSuchFile(LookupError):
    """There is no file of this number in the cycle that this person may see."""


@dataclass(frozen=True)
class Asked:
    """Which sample is wanted: of a real file that `by` may see, or, without a number, of somebody who does not exist."""

    cycle: Any
    number: str = ""
    by: Any = None


Sample = Callable[[Asked], Mapping[str, Any]]


@dataclass(frozen=True)
class Entry:
    """What is known of one letter.

    `sample` makes a context and writes nothing; raises NoSuchFile. `words` tells what each placeholder says, and may
    tell of others. `required`: what no text of this letter may do without. `is_silent`: it must not let the outcome
    of a file be told. `is_fixed`: nobody rewords it.
    """

    letter: Letter
    title: Text
    when: Text
    reader: Reader
    sample: Sample
    words: Mapping[str, Text]
    required: tuple[str, ...] = ()
    is_silent: bool = False
    is_fixed: bool = False

    @property
    def placeholders(self) -> dict[str, Text]:
        """The placeholders of this letter in the order of its file, each with what it says."""
        return {name: self.words[name] for name in parts(self.letter.name, "fr")}


_entries: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    """Have the catalogue list these letters."""
    _entries.update({entry.letter.name: entry for entry in entries})


def catalogue() -> dict[str, Entry]:
    """Every letter by name, in the order of the apps."""
    autodiscover_modules("letter_samples")
    return dict(_entries)


def rewordable() -> dict[str, Entry]:
    """Those whose text an administrator may write for a cycle."""
    return {name: entry for name, entry in catalogue().items() if not entry.is_fixed}


def private() -> list[str]:
    """The letters of which no page of the staff shows a trace."""
    return [name for name, entry in catalogue().items() if entry.letter.private]


def title_of(name: str) -> Text:
    """What a letter is called; one that is no longer sent, by the name of its text."""
    entry = catalogue().get(name)
    return entry.title if entry else name.replace("_", " ")
