"""One part of the product after the other is away while people are in the middle of something."""

from rehearsal import applying, faults
from rehearsal.applying import LETTER, Draft
from rehearsal.person import Person
from rehearsal.play import Play

# A submission needs none of them.
NOT_NEEDED = ("valkey", "mailbox", "worker", "beat")


def engines_away(play: Play) -> None:
    """PostgreSQL, the broker, the mail server, the worker, the timetable and the web server are killed in turn."""
    play.until(play.during(0.6))
    if not play.faults:
        return
    people = play.with_temper("hasty")
    drafts: dict[str, Draft] = {}

    def prepare(person: Person) -> None:
        drafts[person.key] = applying.fill(play, person, applying.begin(play, person))

    some = people[: len(NOT_NEEDED)]
    play.together(prepare, some)
    by_language = {person.language: person for person in some}
    records_away(play, list(by_language.values()))
    for name, person in zip(NOT_NEEDED, some, strict=False):
        submits_without(play, name, person, drafts[person.key])
    lost_line(play, some[0])
    faults.sound(play, "after each engine was killed")


def records_away(play: Play, people: list[Person]) -> None:
    """While PostgreSQL is away each page says so in the person's language and gives back what was typed."""
    pages = {
        person.key: person.get(f"/applications/{person.number}/statement/") for person in people
    }
    seen = len(play.seen.outages)
    with faults.without(play, "postgres"):
        for person in people:
            faults.watch(play, person, lambda: "postgres")
            twin = person.twin()
            page = pages[person.key]
            form = page.form("/statement/$")
            words = LETTER[person.language] + "Un mot de plus. "
            shown = twin.send(page, form, {"statement": words})
            twin.visitor.leave()
            assert person.outage
            person.outage(person, shown.answer, {"statement": words})
    for person in people:
        page = person.get(f"/applications/{person.number}/statement/")
        if "Un mot de plus" in page.text:
            play.seen.wrong("P6", f"{person.key}: what was said not to be received was.")
    met = len(play.seen.outages) - seen
    play.seen.fault(play.today, "PostgreSQL away", f"{met} pages said so, with what was typed")


def submits_without(play: Play, name: str, person: Person, draft: Draft) -> None:
    """Somebody submits while this is away, and sees a receipt."""
    with faults.without(play, name):
        applying.submit(play, person, draft)
    if person.receipt:
        play.seen.submits_without(name)
    else:
        play.seen.wrong("P6", f"{person.key} could not submit while {name} was away.")


def lost_line(play: Play, person: Person) -> None:
    """The web server is killed under somebody's hands; what they had is there when they come back."""
    with faults.without(play, "web"):
        pass
    page = person.get(f"/applications/receipt/{person.receipt}/")
    if page.status != 200:
        play.seen.wrong("P1", f"{person.receipt} cannot be read after the web server was killed.")
