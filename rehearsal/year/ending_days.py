"""From the permits to the first day: reminders and reports, who registered, the welcome, the closing of the cycle."""

from datetime import timedelta

from rehearsal.person import Person
from rehearsal.play import Play
from rehearsal.year.aid_days import holders
from rehearsal.year.hand import (
    File,
    at_once,
    come,
    director,
    done,
    drawn,
    files,
    office,
    on,
    people,
    press,
)

# Whoever is neither citizen nor permanent resident, and has accepted.
ABROAD = """AND a.canada_status NOT IN ('citizen', 'resident', 'protected')
    AND a.id IN (SELECT d.application_id FROM followup_offer o JOIN reviews_decision d ON d.id = o.decision_id
    JOIN followup_udemfile f ON f.offer_id = o.id WHERE o.status = 'accepted' AND f.status NOT IN ('refused', 'closed'))"""
GOING = """AND a.id IN (SELECT d.application_id FROM followup_offer o JOIN reviews_decision d ON d.id = o.decision_id
    JOIN followup_udemfile f ON f.offer_id = o.id WHERE o.status = 'accepted' AND f.status IN ('admitted', 'accepted', 'conditional'))"""


def few(play: Play) -> list[tuple[Person, File]]:
    """Five people who need permits and report each step; the others say nothing, and are reminded."""
    return drawn("permits", people(play, files(play, ABROAD)), 5, by=lambda pair: pair[1].email)


def permits_asked(play: Play) -> None:
    """In spring, some people report their funds and their CAQ, then ask for their permits; the others are reminded."""
    on(play, "udem_official_on", 40)
    at_once(play, lambda pair: _asked(play, *pair), few(play))
    on(play, "starts_on", -98)
    at_once(play, lambda pair: _obtained(play, *pair, "caq"), few(play))
    at_once(play, lambda pair: _study(play, *pair), few(play))


def _asked(play: Play, person: Person, file: File) -> None:
    come(play, person)
    _permit(play, person, file, "funds", "ready")
    _permit(play, person, file, "caq", "asked", "asked_on")


def _study(play: Play, person: Person, file: File) -> None:
    come(play, person)
    for kind in ("study", "coop"):
        _permit(play, person, file, kind, "asked", "asked_on")


def _obtained(play: Play, person: Person, file: File, kind: str) -> None:
    come(play, person)
    _permit(play, person, file, kind, "obtained", "obtained_on", "valid_until")


def _permit(play: Play, person: Person, file: File, kind: str, to: str, *days: str) -> None:
    """One report, where the page of the permits has it for this person."""
    page = done(person.get(f"/permits/{file.number}/"), "the permits")
    path = f"/permits/{file.number}/steps/{kind}/{to}/"
    if path not in page.text:
        return
    today = play.clock.now.date()
    said = {
        day: (today + timedelta(days=800 if day == "valid_until" else 0)).isoformat()
        for day in days
    }
    done(press(person, path if days else page, f"{kind}/{to}/$", said), f"a permit: {kind} {to}")


def permits_obtained(play: Play) -> None:
    """In summer the permits come; those who reported nothing were told that they are late."""
    on(play, "starts_on", -47)
    at_once(play, lambda pair: _both(play, *pair), few(play))


def _both(play: Play, person: Person, file: File) -> None:
    come(play, person)
    for kind in ("study", "coop"):
        _permit(play, person, file, kind, "obtained", "obtained_on", "valid_until")


def registered(play: Play) -> None:
    """Before the first day, the office records who registered and who did not, and welcomes them; two people close the cycle."""
    on(play, "starts_on", -12)
    one = office(play)
    rows, kept = files(play, GOING), holders(play)
    absent = [file.number for file in rows if file.email not in kept][: 1 if len(rows) > 2 else 0]
    _ended(play, one, [file.number for file in rows if file.number not in absent], "registered")
    if absent:
        _ended(play, one, absent, "not_registered")
    welcomed = done(one.get(f"/handing-over/{play.cycle_code}/welcome/"), "whom to welcome")
    done(press(one, welcomed, "/welcome/$"), "the welcome")
    for person, _file in people(
        play, files(play, GOING.replace("'admitted', 'accepted', 'conditional'", "'registered'"))
    ):
        play.seen.expect_letter(person, "welcome")
    on(play, "starts_on", 6)
    one, two = office(play), director(play)
    path = f"/handing-over/{play.cycle_code}/closing/"
    done(press(one, path, "/propose/$"), "the closing is proposed")
    done(press(two, path, "/confirm/$"), "the cycle is closed")


def _ended(play: Play, one: Person, numbers: list[str], to: str) -> None:
    """The same end for some people, on one page that shows them first."""
    asked = "&".join(f"ticked={number}" for number in numbers)
    path = f"/follow-up/endings/?cycle={play.cycle_code}&to={to}&{asked}"
    said = {"to": to, "on": play.clock.now.date().isoformat()}
    done(press(one, path, r"/follow-up/endings/", said), f"an end is recorded: {to}")
