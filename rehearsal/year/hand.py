"""What every day of the year has at hand: the cycle's dates, its files, people by lot, and pages that must not refuse."""

import hashlib
import html
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from cycles.clock import MONTREAL
from rehearsal.forms import forms
from rehearsal.person import Page, Person, Values
from rehearsal.play import Play
from rehearsal.visitor import HOST, Files

THREADS = 4
One = TypeVar("One")
# What a page says when it does not do what was asked: a refusal, or a form with errors.
_NOTE = re.compile(r'<div class="note t-bad" role="alert">(.*?)</div>', re.S)
_FIELD = re.compile(
    r'class="[^"]*(?:errors|invalid-feedback)[^"]*"[^>]*>(.*?)</(?:div|p|ul|span)>', re.S
)
FILES = """
    SELECT a.id, a.number, u.email, a.status, p.code FROM applications_application a
    JOIN accounts_user u ON u.id = a.applicant_id JOIN cycles_cycle c ON c.id = a.cycle_id
    JOIN applications_choice o ON o.application_id = a.id AND o.rank = 1
    JOIN cycles_program p ON p.id = o.program_id WHERE c.code = %s"""
_TAGS = re.compile(r"<[^>]+>")


class Refusal(AssertionError):
    """A page of the product did not do what the day needs: its words are told."""


@dataclass(frozen=True)
class File:
    """One application as the year needs it: which, whose, how far, for what."""

    pk: int
    number: str
    email: str
    status: str
    first_choice: str


def done(page: Page, what: str) -> Page:
    """The page, if it did what was asked. Raises Refusal with the page's own words."""
    said = refusals(page)
    if page.status >= 400 or said:
        raise Refusal(f"{what}: {page.status} {words(' / '.join(said)) or words(page.text)[:300]}")
    return page


def refusals(page: Page) -> list[str]:
    """What a page says against what was asked."""
    return [*_NOTE.findall(page.text), *(_FIELD.findall(page.text) if page.status == 422 else [])]


def words(markup: str) -> str:
    """A piece of a page without its tags."""
    return " ".join(html.unescape(_TAGS.sub(" ", markup)).split())


def found(page: Page, pattern: str) -> list[str]:
    """What a pattern finds in a page, each once, in its order."""
    return list(dict.fromkeys(re.findall(pattern, page.text)))


def number_of(page: Page, pattern: str) -> str:
    """The number in a page's own address, or the first in its text. Raises Refusal."""
    told = re.search(pattern, page.path) or re.search(pattern, page.text)
    if told is None:
        raise Refusal(f"{page.path} has no {pattern}")
    return told[1]


def from_page(page: Page) -> dict[str, str]:
    """What a browser says of the page that a form stands on: a refusal leads back there."""
    return {"Referer": f"https://{HOST}{page.path}", "Accept": "text/html"}


def press(
    person: Person,
    at: str | Page,
    action: str,
    fields: Values | None = None,
    files: Files | None = None,
) -> Page:
    """Send the form of a page whose address matches; the page it leads to."""
    page = person.get(at) if isinstance(at, str) else at
    return person.press(page, action, fields, files, from_page(page))


def by_button(person: Person, page: Page, target: str, fields: Values) -> Page:
    """Press a button that has an address of its own: the form around it goes there, with what it holds and these fields."""
    place = next(
        (m for m in re.finditer(r'formaction="([^"]+)"', page.text) if re.search(target, m[1])),
        None,
    )
    if place is None:
        raise Refusal(f"{page.path} ({page.status}) has no button for {target}")
    named = re.search(
        r'<button[^>]*form="([^"]+)"[^>]*formaction="' + re.escape(place[1]), page.text
    )
    before = forms(page.text[: place.start()])
    form = next(
        (one for one in page.forms if named and one.name == named[1]), page.forms[len(before) - 1]
    )
    return person.send(
        page, replace(form, action=place[1], method="post"), fields, headers=from_page(page)
    )


def files(play: Play, more: str = "", *values: object) -> list[File]:
    """The cycle's files by address; `more`: a condition on `a` (the file) in SQL."""
    rows = play.stage.sql(f"{FILES} {more} ORDER BY u.email", [play.cycle_code, *values])
    return [File(*row) for row in rows]


def drawn(name: str, among: Iterable[One], count: int, by: Callable[[One], str] = str) -> list[One]:
    """So many of them by a lot that has a name: whoever draws it again, on another day, draws the same."""
    return sorted(among, key=lambda one: hashlib.sha256(f"{name}:{by(one)}".encode()).digest())[
        :count
    ]


def share(of: Sequence[object], percent: int, least: int = 1) -> int:
    """How many are so many per cent of them; a few at least, so that twelve people meet everything too."""
    return min(len(of), max(least, len(of) * percent // 100))


def at_once(play: Play, act: Callable[[One], object], rows: Iterable[One]) -> None:
    """The same act for each of them, four at the same time at most; what goes wrong for one is told, and the others go on."""

    def one(row: One) -> None:
        try:
            act(row)
        except Exception as error:
            play.seen.wrong("story", f"{play.today}: {error!r:.300}")

    with ThreadPoolExecutor(THREADS) as crew:
        list(crew.map(one, rows))


def day_of(play: Play, name: str) -> date:
    """A date of the cycle, by its name in the settings."""
    value = play.cycle(name)
    return value.astimezone(MONTREAL).date() if isinstance(value, datetime) else value


def on(play: Play, name: str, days: int = 0, at: str = "09:05") -> datetime:
    """It is so many days after a date of the cycle, at that hour in Montréal, or later where the clock is there already."""
    hour, minute = map(int, at.split(":"))
    day = day_of(play, name) + timedelta(days=days)
    moment = datetime.combine(day, time(hour, minute), tzinfo=MONTREAL)
    if moment > play.clock.now:
        play.clock.move_to(moment)
    return moment


def come(play: Play, *people: Person) -> None:
    """These people are signed in: a session of some days ago has ended."""
    at_once(play, lambda one: one.sign_in(play.stage), [one for one in people if is_out(one)])


def is_out(person: Person) -> bool:
    """Whether they have no session, or it has ended."""
    return not person.visitor.cookies or "/sign-in/" in person.get("/account/").path


def office(play: Play) -> Person:
    """The coordinator, signed in."""
    one = play.staff["coordinator"][0]
    come(play, one)
    return one


def director(play: Play) -> Person:
    """The director, signed in."""
    one = play.staff["director"][0]
    come(play, one)
    return one


def people(play: Play, some: Iterable[File]) -> list[tuple[Person, File]]:
    """Who these files belong to, as far as they are people of the play."""
    known = {one.email: one for one in play.applicants}
    return [(known[file.email], file) for file in some if file.email in known]


def readers_of(play: Play) -> list[Person]:
    """Those who read."""
    return play.staff.get("reader") or play.staff["reviewer"]
