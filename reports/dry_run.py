"""What the timetable would send, without sending it: how many letters, of which language, about which files."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from applications.models import Application
from audit.timetable import Errand, Would
from notifications.letters import Rendered, render

# The moments to come that are shown for one errand, and the files named at each.
MOMENTS, EXAMPLES = 3, 5
# Among so many files, enough are not kept from the reader.
LOOKED_AT = 200


@dataclass(frozen=True)
class Example:
    """One letter that would leave: the row it is made from, and the file's number if it is about one."""

    row: int
    number: str = ""


@dataclass(frozen=True)
class Tally:
    """What would leave at a moment."""

    at: datetime
    would: list[Would]
    examples: list[Example] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many letters."""
        return len(self.would)

    @property
    def french(self) -> int:
        """How many of them in French."""
        return self._languages["fr"]

    @property
    def english(self) -> int:
        """How many of them in English."""
        return self._languages["en"]

    @property
    def about_files(self) -> bool:
        """Whether they are about files, which may be kept from a person."""
        return any(one.file for one in self.would)

    @property
    def _languages(self) -> Counter[str]:
        return Counter(one.language for one in self.would)


def now_and_next(errand: Errand, at: datetime) -> tuple[Tally | None, Tally | None]:
    """What would leave at the next turn, and at the next moment to come with a letter; without any, at the next one."""
    if errand.letters is None:
        return None, None
    due, moments = errand.letters.due, list(islice(errand.letters.moments(at), MOMENTS))
    # One after the other: each look costs some time where thousands are due.
    coming = (Tally(moment, would) for moment in moments if (would := due(moment)))
    empty = Tally(moments[0], []) if moments else None
    return Tally(at, due(at)), next(coming, empty)


def tallies(errand: Errand, at: datetime, *, user: Any) -> list[Tally]:
    """The next turn and the moments to come, each with the first files that this person may see."""
    if errand.letters is None:
        return []
    moments = [at, *islice(errand.letters.moments(at), MOMENTS)]
    found = [(moment, errand.letters.due(moment)) for moment in moments]
    numbers = _numbers((would for _moment, all_of in found for would in all_of[:LOOKED_AT]), user)
    return [Tally(moment, would, _examples(would, numbers)) for moment, would in found]


def _numbers(would: Iterable[Would], user: Any) -> dict[int, str]:
    """The numbers of the files that nothing keeps from this person."""
    files = {one.file for one in would if one.file}
    rows = Application.objects.visible_to(user).filter(pk__in=files).exclude(applicant=user)
    return dict(rows.values_list("pk", "number"))


def _examples(would: list[Would], numbers: dict[int, str]) -> list[Example]:
    """The first ones that may be named; one suffices of those that are about no file."""
    named = [Example(one.row, numbers[one.file]) for one in would if one.file in numbers]
    plain = [Example(one.row) for one in would if one.file is None]
    return named[:EXAMPLES] + plain[:1]


def read(errand: Errand, row: int, at: datetime, *, user: Any) -> tuple[Rendered, str] | None:
    """One letter as it would read, and its language; None when it would not leave, or is kept from this person."""
    for tally in tallies(errand, at, user=user):
        if any(example.row == row for example in tally.examples) and errand.letters:
            made = errand.letters.read(row, tally.at)
            if made:
                letter, language, context = made
                return render(letter, language=language, context=context), language
    return None
