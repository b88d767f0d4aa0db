"""The last afternoon: everybody at once, in a hurry, and nothing spares them."""

import http.client
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from config.processes import wait_for
from rehearsal import applying, faults
from rehearsal.applying import Draft
from rehearsal.person import Page, Person
from rehearsal.play import Play

BEFORE = timedelta(hours=5)
CLICKS = 5
BREATH, AWAY = 2.0, 1.5  # seconds between two deaths, and that each lasts at least
# One of each: whose addresses come after these are well.
DIFFICULT = ("never", "mute", "busy", "closing", "tarpit", "spam", "crash")
EASY = 2
ORDER = ("worker", "valkey", "postgres", "mailbox", "web", "beat", "postgres")


def the_rush(play: Play) -> None:
    """Five hours before the close people click twice, open two tabs, lose the line and try again, while things die."""
    play.until(play.cycle("closes_at") - BEFORE)
    people = [one for one in play.with_temper("hasty", "honest") if not one.receipt]
    dying = Dying(play)
    for person in people:
        faults.watch(play, person, lambda: dying.now)
    play.together(lambda person: hurries(play, person), people, dying.strike)
    for person in people:
        person.outage = None
    if play.faults:
        faults.sound(play, "after the rush")


class Dying:
    """Kills one process after the other while people are busy."""

    def __init__(self, play: Play) -> None:
        self.play, self.now = play, ""

    def strike(self, done: Callable[[], bool]) -> None:
        """Each once, a breath between two; no more once the people have finished."""
        for name in ORDER if self.play.faults else ():
            if wait_for(done, BREATH):
                return
            self.now = name
            with faults.without(self.play, name):
                wait_for(done, AWAY)
            self.now = ""


def hurries(play: Play, person: Person) -> None:
    """Apply, and press the last button in a hurry."""
    number = person.number
    page = resumes(play, person) if number else applying.begin(play, person)
    draft = applying.fill(play, person, page)
    page = applying.check(person, draft.number)
    place = play.applicants.index(person)
    if play.faults and person.temper == "hasty":
        mail_gets_difficult(play, person)
    ways = (clicks_many_times, loses_the_line, two_tabs)
    ways[place % len(ways)](play, person, draft, page)
    if not person.receipt:
        play.seen.wrong("story", f"{person.key} pressed the last button and saw no receipt.")


def mail_gets_difficult(play: Play, person: Person) -> None:
    """From now on some people's mail servers refuse, dawdle, or lose the line; each kind once, most stay well."""
    place = play.with_temper("hasty").index(person)
    if place % EASY == EASY - 1 and place // EASY < len(DIFFICULT):
        play.stage.tempers({person.email: DIFFICULT[place // EASY]})


def resumes(play: Play, person: Person) -> Page:
    """Somebody who began before comes back to the first step."""
    applying.sign_in(play, person)
    return person.get(f"/applications/{person.number}/you/")


def clicks_many_times(play: Play, person: Person, draft: Draft, page: Page) -> None:
    """Five clicks at once are one submission with one receipt."""
    form, said = page.form("/submit/$"), applying.ticked(page)
    twins = [person.twin() for _click in range(CLICKS)]
    with ThreadPoolExecutor(CLICKS) as fingers:
        list(fingers.map(lambda twin: attempt(twin, page), twins))
    shown = person.send(page, form, said)
    applying.take_receipt(play, person, draft, shown)


def attempt(twin: Person, page: Page) -> None:
    """One click; a server that is away answers nothing, and the person clicks again by themselves."""
    try:
        twin.send(page, page.form("/submit/$"), applying.ticked(page))
    except (OSError, http.client.HTTPException):
        return
    finally:
        twin.visitor.leave()


def loses_the_line(play: Play, person: Person, draft: Draft, page: Page) -> None:
    """The connection is lost before an answer; the same form, sent again, gives the same receipt."""
    form = page.form("/submit/$")
    try:
        person.visitor.hang_up(
            form.action, {**form.values, "declaration": form.offered["declaration"]}
        )
    except (OSError, http.client.HTTPException):
        play.seen.note("story", f"{person.key}: the line was gone before anything was sent")
    play.seen.count("dropped")
    applying.take_receipt(play, person, draft, person.send(page, form, applying.ticked(page)))


def two_tabs(play: Play, person: Person, draft: Draft, page: Page) -> None:
    """An old tab that is sent after a newer one changes nothing and says so."""
    old = person.get(f"/applications/{draft.number}/statement/")
    new = person.get(f"/applications/{draft.number}/statement/")
    form = new.form("/statement/$")
    words = applying.LETTER[person.language] + "Last words. "
    person.send(new, form, {"statement": words})
    person.send(old, old.form("/statement/$"), {"statement": "An older text."})
    held = person.get(f"/applications/{draft.number}/statement/")
    if "Last words" not in held.text:
        play.seen.wrong("P1", f"{draft.number}: an older tab replaced a newer text.")
    applying.submit(play, person, draft)
