"""The board of a cycle: everyone read once, then counted, filtered, sorted and cut into pages without another query."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.paging import LAST, SIZE, Page
from applications.search import found
from applications.sought import sealed, sought
from cycles.clock import day_of
from cycles.models import Cycle, Intake, Program
from enrolment import silence
from enrolment.permitting import Permits, permits_of
from enrolment.places import Place, places
from enrolment.silence import NEVER, Reminded
from enrolment.steps import Next, is_late, is_near, next_of
from followup.models import Filing, Reply


class Entry(NamedTuple):
    """A person's place with what follows from it today."""

    place: Place
    permits: Permits
    next: Next
    late: bool
    near: bool
    silent: bool
    sign: datetime | None
    reminded: Reminded

    @property
    def lacks_a_number(self) -> bool:
        """Whether the person said yes, and nobody knows their number at UdeM."""
        place = self.place
        return place.said_yes and not place.is_over and not place.numbered


Keeps = Callable[[Entry, int], bool]


@dataclass(frozen=True)
class Show:
    """A chip of the board: its words, and whom it keeps; the second argument is who looks."""

    key: str
    label: Promise
    keeps: Keeps
    for_coordinators: bool = False


SHOWS = {
    show.key: show
    for show in (
        Show("overdue", _("Overdue"), lambda row, _who: row.late),
        Show("week", _("Due this week"), lambda row, _who: row.near),
        Show("silent", _("Silent"), lambda row, _who: row.silent),
        Show("unnumbered", _("No UdeM number"), lambda row, _who: row.lacks_a_number, True),
        Show("permits", _("Permit needed"), lambda row, _who: _needs_permits(row)),
        Show("mine", _("Mine"), lambda row, who: row.place.coordinator == who, True),
        Show("nobody", _("Nobody’s"), lambda row, _who: _is_nobodys(row), True),
        Show("over", _("Ended"), lambda row, _who: row.place.is_over),
        Show("all", _("All"), lambda row, _who: True),
    )
}
ALL = "all"


def _needs_permits(row: Entry) -> bool:
    return row.permits.are_missing and not row.place.is_over


def _is_nobodys(row: Entry) -> bool:
    return row.place.coordinator is None and not row.place.is_over


@dataclass(frozen=True)
class Filter:
    """What an address asks for."""

    show: str = ALL
    program: str = ""
    words: str = ""
    sort: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, Any]) -> "Filter":
        """From an address or a form; what makes no sense is left out."""
        show, sort = str(typed.get("show", "")), str(typed.get("sort", ""))
        return cls(
            show if show in SHOWS else ALL,
            str(typed.get("program", ""))[:50],
            sought(typed),
            sort if sort.removeprefix("-") in SORTS else "",
        )

    @property
    def sealed(self) -> str:
        """The words, as an address may hold them."""
        return sealed(self.words)

    @property
    def query(self) -> dict[str, str]:
        """Its words in an address, without those that say nothing."""
        words = {"show": self.show, "program": self.program, "q": self.sealed, "sort": self.sort}
        return {key: word for key, word in words.items() if word and (key, word) != ("show", ALL)}


def _folded(text: object) -> str:
    """For sorting words as French does: without accents and case."""
    plain = unicodedata.normalize("NFKD", str(text)).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


FAR = date.max
ORDER = {name: place for place, name in enumerate(["", *Filing.values])}
REPLIES = {name: place for place, name in enumerate(Reply.values)}
# Names are in order already, and sorting keeps them so among equals.
SORTS: dict[str, Callable[[Entry], Any]] = {
    "name": lambda row: 0,
    "program": lambda row: row.place.program,
    "reply": lambda row: REPLIES[row.place.reply],
    "udem": lambda row: ORDER[row.place.filing],
    "due": lambda row: row.next.due or FAR,
    "step": lambda row: row.next.step,
    "sign": lambda row: row.sign.timestamp() if row.sign else 0,
    "care": lambda row: row.place.coordinator or 0,
}


def urgency(row: Entry) -> tuple[int, date]:
    """What comes first where nobody asked for an order: late and silent people, then the next day; ended ones last."""
    first = 0 if row.late or row.silent else 2 if row.place.is_over else 1
    return first, row.next.due or FAR


@dataclass(frozen=True)
class Board:
    """Everyone with a place in a cycle whom this person may see."""

    cycle: Cycle
    user: Any
    at: datetime
    intakes: list[Intake]
    entries: list[Entry] = field(default_factory=list)

    @property
    def programs(self) -> list[Program]:
        """Those of the cycle."""
        return [intake.program for intake in self.intakes]

    def of(self, program: str) -> "Board":
        """The same for one program; unchanged where the cycle has no such program."""
        ids = {row.pk for row in self.programs if row.code == program}
        if not ids:
            return self
        return replace(self, entries=[row for row in self.entries if row.place.program in ids])

    def counts(self) -> dict[str, int]:
        """How many each chip keeps."""
        who = self.user.pk
        return {
            key: sum(show.keeps(row, who) for row in self.entries) for key, show in SHOWS.items()
        }

    def chosen(self, asked: Filter) -> list[Entry]:
        """Those that a filter keeps, in its order; a search by name is one more query."""
        keeps, who = SHOWS[asked.show].keeps, self.user.pk
        rows = [row for row in self.of(asked.program).entries if keeps(row, who)]
        if asked.words:
            files = Application.objects.filter(cycle=self.cycle)
            named = set(found(files, asked.words).order_by().values_list("pk", flat=True))
            rows = [row for row in rows if row.place.application in named]
        name = asked.sort.removeprefix("-")
        if not name:
            return sorted(rows, key=urgency)
        if asked.sort == "-name":
            return rows[::-1]
        return sorted(rows, key=SORTS[name], reverse=asked.sort.startswith("-"))

    def named(self, numbers: "set[int]") -> list[Entry]:
        """Those of these applications, by name."""
        return [row for row in self.entries if row.place.application in numbers]


def read(cycle: Cycle, user: Any, at: datetime) -> Board:
    """The board in a fixed number of queries, whatever the number of people."""
    intakes = list(Intake.objects.filter(cycle=cycle).select_related("program"))
    intakes.sort(key=lambda row: (row.program.position, row.program.code))
    internships = frozenset(row.program_id for row in intakes if row.program.internship_required)
    rows = places(user, cycle, at)
    permits = permits_of(rows, cycle, at, internships=internships)
    words, reminded = silence.last_words(cycle), silence.reminders_of(cycle)
    today = day_of(at)

    def entry(place: Place) -> Entry:
        mine = permits[place.application]
        coming = next_of(place, mine, cycle, at)
        sign = silence.last_sign(place, words)
        times = reminded.get(place.application, NEVER)
        silent = silence.is_silent(place, coming, sign, times, at)
        late, near = is_late(coming, today), is_near(coming, today)
        return Entry(place, mine, coming, late, near, silent, sign, times)

    return Board(cycle, user, at, intakes, [entry(place) for place in rows])


def overdue(cycle: Cycle, user: Any, at: datetime, *, internships: frozenset[int]) -> int:
    """How many the chip "Overdue" of the board keeps, without the rest of the board."""
    rows, today = places(user, cycle, at), day_of(at)
    permits = permits_of(rows, cycle, at, internships=internships)
    return sum(is_late(next_of(row, permits[row.application], cycle, at), today) for row in rows)


def page_of(rows: list[Entry], number: str) -> Page:
    """The page that an address asks for; what is no number is the first."""
    wanted = min(max(int(number), 1), LAST) if number.isdecimal() else 1
    start = (wanted - 1) * SIZE
    return Page(rows[start : start + SIZE], wanted, len(rows) > start + SIZE)
