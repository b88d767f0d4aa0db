"""At the university: steps told by people, UdeM's list compared and applied, undone and applied again, and the permits."""

import csv
import io
import re

from reconciliation.forms import word_field
from rehearsal.person import Person
from rehearsal.play import Play
from rehearsal.year.aid_days import holders
from rehearsal.year.hand import (
    File,
    at_once,
    come,
    done,
    drawn,
    files,
    number_of,
    office,
    on,
    people,
    press,
)
from rehearsal.year.offer_days import number_at_udem

AT_UDEM = """AND a.id IN (SELECT d.application_id FROM followup_udemfile f JOIN followup_offer o ON o.id = f.offer_id
    JOIN reviews_decision d ON d.id = o.decision_id WHERE o.status = 'accepted')"""
LINES = """
    SELECT a.id, a.last_names, a.first_names, u.email, p.udem_code, p.udem_segment, f.filed_on
    FROM followup_udemfile f JOIN followup_offer o ON o.id = f.offer_id
    JOIN reviews_decision d ON d.id = o.decision_id JOIN applications_application a ON a.id = d.application_id
    JOIN accounts_user u ON u.id = a.applicant_id JOIN cycles_program p ON p.id = f.program_id
    WHERE f.filed_on IS NOT NULL ORDER BY u.email"""
HEADERS = (
    *("Matricule", "Nom", "Prénom", "Courriel", "Programme", "Segment", "Statut", "Date du statut"),
    "Date de la demande",
)
ADMITTED, REFUSED = "Admission définitive", "Refus"
WORDS = {ADMITTED: "admitted", REFUSED: "refused"}


def few(play: Play) -> list[tuple[Person, File]]:
    """Six people who tell their steps themselves; of the others, the university's list tells."""
    return drawn("steps", people(play, files(play, AT_UDEM)), 6, by=lambda pair: pair[1].email)


def steps_told(play: Play) -> None:
    """UdeM asks for documents: some people say so on the day, and that they sent them a week later."""
    on(play, "udem_official_on", 9)
    asked = play.clock.now.date().isoformat()
    at_once(
        play, lambda pair: _step(play, *pair, "documents", {"documents_asked_on": asked}), few(play)
    )
    on(play, "udem_official_on", 16)
    sent = {"documents_done_on": play.clock.now.date().isoformat()}
    at_once(play, lambda pair: _step(play, *pair, "documents/sent", sent), few(play))


def _step(play: Play, person: Person, file: File, page: str, fields: dict[str, str]) -> None:
    come(play, person)
    done(
        press(person, f"/udem/{file.number}/{page}/", f"/{page}/$", fields),
        f"a step at UdeM: {page}",
    )


def listed(play: Play) -> bytes:
    """UdeM's list of the day, as it comes: in its own encoding, one person refused, one whom nobody knows."""
    day = play.clock.now.date()
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADERS)
    rows = play.stage.sql(LINES)
    kept = holders(play)
    turned_down = next((row[3] for row in rows if row[3] not in kept), "") if len(rows) > 2 else ""
    for pk, last, first, email, code, segment, filed in rows:
        state = REFUSED if email == turned_down else ADMITTED
        writer.writerow(
            [
                number_at_udem(pk),
                last.upper(),
                first,
                email,
                code,
                segment,
                state,
                day.isoformat(),
                filed.isoformat(),
            ]
        )
    writer.writerow(
        [
            "20999999",
            "BEAULIEU-SOW",
            "Maxence",
            "maxence@personne.example",
            "217510",
            "77",
            ADMITTED,
            "",
            "",
        ]
    )
    return out.getvalue().encode("cp1252", "replace")


def udem_list(play: Play) -> None:
    """UdeM's list comes: compared and applied, undone because it was of last week, brought in again and applied."""
    on(play, "udem_official_on", 32)
    one, content = office(play), listed(play)
    first = _applied(play, one, content)
    before = _states(play)
    done(
        press(
            one,
            f"/udem-lists/{first}/",
            "/undo/$",
            {"why": "C’était la liste de la semaine dernière."},
        ),
        "undone",
    )
    if _states(play) == before:
        play.seen.wrong("story", "Undoing UdeM's list changed nothing.")
    one = office(play)
    _applied(play, one, content)
    if _states(play) != before:
        play.seen.wrong("story", "Applying UdeM's list again did not lead to the same.")


def _states(play: Play) -> list[tuple[object, ...]]:
    return play.stage.sql("SELECT id, status FROM followup_udemfile ORDER BY id")


def _applied(play: Play, one: Person, content: bytes) -> str:
    """Brought in, its columns and words told, compared, looked at, applied. Its number."""
    path = f"/udem-lists/?cycle={play.cycle_code}"
    said = {"as_of": play.clock.now.date().isoformat()}
    page = press(one, path, "/receive/$", said, {"file": ("liste.csv", content)})
    number = number_of(done(page, "UdeM's list is brought in"), r"/udem-lists/(\d+)/columns/")
    told = {word_field(word): state for word, state in WORDS.items()}
    asked = {name: state for name, state in told.items() if name in page.text}
    if 'name="order"' in page.text:
        asked["order"] = "dmy"
    done(press(one, page, "/compare/$", asked), "UdeM's list is compared")
    changes = done(one.get(f"/udem-lists/{number}/changes/"), "what the list would change")
    choices = dict(found_choices(changes.text))
    if choices:
        done(press(one, changes, "/choose/$", choices), "whose word counts")
    done(press(one, f"/udem-lists/{number}/", "/apply/$"), "UdeM's list is applied")
    return number


def found_choices(text: str) -> list[tuple[str, str]]:
    """For each conflict on the page, the list's word."""
    return [(name, "theirs") for name in re.findall(r'name="(\d+:\w+)"', text)]
