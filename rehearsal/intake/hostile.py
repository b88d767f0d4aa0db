"""People who try what must not work: files that are none, lines in headers, other people's numbers."""

import re

from rehearsal import applying, papers
from rehearsal.applying import Draft
from rehearsal.person import Page, Person
from rehearsal.play import Play

VICTIM = "bcc.victim@rehearsal.example"
CRLF = f"Eve\r\nBcc: {VICTIM}"
ROW = re.compile(r'<li class="row-d" id="row-(?P<slot>[\w-]+)".*?</li>', re.DOTALL)


def bad_intentions(play: Play) -> None:
    """Bad files are refused with a reason, header lines stay words, other people's files do not exist."""
    play.until(play.during(0.5))
    play.together(lambda person: tries(play, person), play.with_temper("hostile"))
    if play.stage.letters.to(VICTIM):
        play.seen.wrong(
            "story", "A line of a field became a header: a letter went to somebody else."
        )


def tries(play: Play, person: Person) -> None:
    """Everything that must not work, then an honest application, which must."""
    page = applying.begin(play, person)
    page = person.send(
        page, page.form("/you/$"), {"first_names": CRLF, "last_names": "Two\r\nlines"}
    )
    draft = applying.fill(play, person, person.get(f"/applications/{person.number}/you/"))
    bad_files(play, person, draft)
    others(play, person)
    applying.submit(play, person, draft)
    if not person.receipt:
        play.seen.wrong("story", f"{person.key} saw no receipt in the end.")


def bad_files(play: Play, person: Person, draft: Draft) -> None:
    """None of them replaces the good one, and each is told why."""
    slot = next(iter(draft.papers))
    for what, file in papers.bad(person.email).items():
        page = person.get(f"/applications/{draft.number}/documents/")
        shown = person.press(page, rf"/documents/{slot}/upload/$", files={"file": file})
        if f'id="err_{slot}"' not in shown.text:
            play.seen.wrong(
                "story", f"{what} was taken, or refused without a word ({shown.status})."
            )
    held = play.stage.sql(
        "SELECT d.sha256 FROM applications_document d JOIN applications_application a ON a.id = d.application_id"
        " WHERE a.number = %s AND d.slot = %s AND d.replaced_at IS NULL",
        [draft.number, slot],
    )
    if held != [(papers.digest(draft.papers[slot]),)]:
        play.seen.wrong("P1", f"{draft.number}: a refused file changed what was there before.")
    play.seen.note("hostile", f"{person.key}: {len(papers.bad(''))} bad files refused")


def others(play: Play, person: Person) -> None:
    """What belongs to somebody else answers like what is not there."""
    other = next((one for one in play.submitted if one is not person), None)
    if other is None:
        return
    ((document,),) = play.stage.sql(
        "SELECT min(d.id) FROM applications_document d JOIN applications_application a ON a.id = d.application_id"
        " WHERE a.number = %s",
        [other.number],
    )
    places = [
        f"/applications/{other.number}/you/",
        f"/applications/{other.number}/check/",
        f"/applications/receipt/{other.receipt}/",
        f"/applications/receipt/{other.receipt}/content/",
        f"/documents/{document}/",
    ]
    answered: list[Page] = [person.get(place) for place in places]
    for place, page in zip(places, answered, strict=True):
        if page.status != 404:
            play.seen.wrong("story", f"{person.key} got {page.status} at somebody else’s {place}")
