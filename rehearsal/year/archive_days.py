"""Years later: what was kept long enough is listed by the timetable, checked by one person, approved by another, destroyed."""

from datetime import timedelta

from config.processes import wait_for
from rehearsal.book import Book
from rehearsal.play import Play
from rehearsal.promises import Verdict
from rehearsal.promises import kept as receipts_kept
from rehearsal.year.canaries import held as everything
from rehearsal.year.canaries import planted, still_in
from rehearsal.year.hand import (
    File,
    Refusal,
    director,
    done,
    drawn,
    files,
    office,
    on,
    people,
    press,
)

A_TURN, MOST_TURNS = timedelta(minutes=1), 60
# A process that was killed leaves these behind: no fault of the errand.
TORN = ("OperationalError", "InterfaceError", "AdminShutdown", "ConnectionError")
FAILED = "SELECT name, error FROM audit_errandstate WHERE error <> '' ORDER BY name"
WAITS = "SELECT id FROM retention_disposal WHERE status IN ('listed', 'checked', 'approved') ORDER BY id"


def hold_set(play: Play) -> None:
    """The file of one person who was declined is held: a complaint is going on."""
    on(play, "starts_on", 30)
    one = office(play)
    file = held(play)
    said = {"number": file.number, "why": "Une plainte est à l’étude."}
    done(press(one, "/retention/", "/hold/$", said), "a file is held")


def held(play: Play) -> File:
    """Whose file is held, by lot among those who were declined."""
    more = "AND a.id IN (SELECT application_id FROM reviews_decision WHERE status = 'released' AND outcome = 'decline')"
    rows = [file for _person, file in people(play, files(play, more))]
    return drawn("held", rows, 1, by=lambda file: file.email)[0]


def archived(play: Play) -> None:
    """Twenty-five months after the studies began, everything of the cycle is due but what is held."""
    gone = [file for _person, file in people(play, files(play))]
    kept = held(play)
    _still_kept(play)
    on(play, "starts_on", 2 * 365 + 40)
    count = _dispose(play)
    for file in gone:
        if file.email != kept.email:
            play.seen.dispose(file.number)
    play.seen.note(
        "retention", f"{count} lists were checked, approved and destroyed, with their certificates."
    )
    left = {file.email for file in files(play)}
    if left != {kept.email}:
        play.seen.wrong("story", f"{len(left)} files are left where one is held.")
    _search(play, [file for file in gone if file.email != kept.email], kept)


def _still_kept(play: Play) -> None:
    """Two years long, until its time has come, every receipt that was seen is there with its files."""
    verdict = Verdict("P1", "")
    receipts_kept(play, Book(play), verdict)
    for line in verdict.broken:
        play.seen.wrong("P1", f"Before its time had come: {line}")
    play.seen.kept_until = verdict.counted


def accounts_forgotten(play: Play) -> None:
    """Two years after somebody last signed in, their account goes; the one whose file is held stays whole."""
    on(play, "starts_on", 4 * 365 + 90)
    _dispose(play)
    kept = held(play)
    everyone = [person for person in play.applicants if person.email != kept.email]
    known = {email for (email,) in play.stage.sql("SELECT email FROM accounts_user")}
    left = [person.key for person in everyone if person.email in known]
    if left:
        play.seen.wrong("story", f"{len(left)} accounts are left: {left[:3]}")
    if kept.email not in known:
        play.seen.wrong("story", "The account of the person whose file is held is gone.")
    for name, error in play.stage.sql(FAILED):
        if error not in TORN:
            play.seen.wrong("story", f"The errand {name} failed: {error}.")
    told = everything(play)
    for person in everyone:
        for place in still_in(told, person.email):
            play.seen.wrong("story", f"The address of {person.key} is still in {place}.")


def _dispose(play: Play) -> int:
    """Every list that the timetable made, through the pages, until the certificate. How many."""
    _listed(play)
    one, two = office(play), director(play)
    lists = [pk for (pk,) in play.stage.sql(WAITS)]
    for pk in lists:
        done(press(one, f"/retention/lists/{pk}/", "/check/$"), "a list is checked")
        done(press(two, f"/retention/lists/{pk}/", "/approve/$"), "a list is approved")
    for _turn in range(MOST_TURNS):
        if not play.stage.sql(WAITS):
            break
        play.clock.move_to(play.clock.now + A_TURN)  # fifty lines with each turn
        wait_for(lambda: not play.stage.sql(WAITS), 4)
    else:
        raise Refusal("what was approved is not destroyed")
    for pk in lists:
        page = two.get(f"/retention/lists/{pk}/certificate/")
        if page.status != 200 or not page.body.startswith(b"%PDF-"):
            play.seen.wrong("story", f"The list {pk} has no certificate.")
    return len(lists)


def _listed(play: Play) -> None:
    """Wait until the timetable has listed what is due on this day. Raises Refusal."""
    ran = "SELECT 1 FROM audit_errandstate WHERE name = 'list_due' AND ended_at >= %s"
    if not wait_for(lambda: bool(play.stage.sql(ran, [play.clock.moment])), 60):
        raise Refusal("the timetable did not list what is due")


def _search(play: Play, gone: list[File], kept: File) -> None:
    """The word of nobody whose file was destroyed is anywhere; the one of the held file still is."""
    told = everything(play)
    for file in gone:
        for place in still_in(told, planted(file.email), file.number):
            play.seen.wrong("story", f"{file.number} was destroyed, and is still in {place}.")
    if not still_in(told, planted(kept.email), kept.number):
        play.seen.wrong("story", "Nothing is left of the file that is held.")
