"""After the answers: replies and silence, an answer put right, people called from the waitlist."""

import re

from rehearsal.person import Person
from rehearsal.play import Play
from rehearsal.year.answer_days import keep_at_the_gate
from rehearsal.year.hand import (
    File,
    Refusal,
    at_once,
    come,
    director,
    done,
    drawn,
    files,
    found,
    from_page,
    number_of,
    office,
    on,
    people,
    press,
    refusals,
    share,
)

ANSWERED = """AND a.id IN (SELECT d.application_id FROM reviews_decision d
    WHERE d.is_current AND d.status = 'released' AND d.outcome = %s)"""
OPEN = """AND a.id IN (SELECT d.application_id FROM followup_offer f JOIN reviews_decision d ON d.id = f.decision_id
    WHERE f.status = %s)"""
CORRECTED = "Deux dossiers avaient été confondus. / Two files had been taken for each other."


def offered(play: Play) -> tuple[list[File], list[File], list[File]]:
    """Those with an offer, by what they will say: yes, no, nothing."""
    rows = files(play, ANSWERED, "accept")
    lot = drawn("reply", rows, len(rows), by=lambda file: file.email)
    few = share(rows, 10, 1) if len(rows) > 2 else 0
    return lot[2 * few :], lot[:few], lot[few : 2 * few]


def replies(play: Play) -> None:
    """From the hour of the answers on, people read theirs: most say yes and apply to the university, some say no, some nothing."""
    on(play, "release_on", 0, at="11:00")
    yes, no, _silent = offered(play)
    at_once(play, lambda pair: _yes(play, *pair), people(play, yes))
    at_once(play, lambda pair: _no(play, *pair), people(play, no))
    declined = people(play, files(play, ANSWERED, "decline"))
    for person, _file in drawn("reads", declined, 3, by=lambda pair: pair[1].email):
        come(play, person)
        done(person.get("/applications/mine/"), "an answer is read")


def _yes(play: Play, person: Person, file: File) -> None:
    """The offer is accepted; the file at the university is reported on the same day."""
    come(play, person)
    done(press(person, "/applications/mine/", "/accept/$"), "an offer is accepted")
    play.seen.expect_letter(person, "offer_accepted")
    report(play, person, file)


def report(play: Play, person: Person, file: File) -> None:
    """The number of the application to UdeM, and its day."""
    today = play.clock.now.date().isoformat()
    said = {"number": number_at_udem(file.pk), "filed_on": today}
    done(
        press(person, f"/udem/{file.number}/report/", "/report/$", said),
        "an application to UdeM is reported",
    )
    play.seen.expect_letter(person, "udem_filed")


def number_at_udem(pk: int) -> str:
    """What the university calls the application of this file."""
    return f"20{400_000 + pk}"


def _no(play: Play, person: Person, file: File) -> None:
    come(play, person)
    done(
        press(person, f"/offers/{file.number}/decline/", "/decline/$", {"reason": ""}),
        "an offer is declined",
    )
    play.seen.expect_letter(person, "offer_declined")


def answer_corrected(play: Play) -> None:
    """One who was declined should have been on the waitlist: proposed by the office, approved by the director, let out as a list of its own."""
    on(play, "release_on", 1, at="10:05")
    one, two = office(play), director(play)
    pairs = people(play, files(play, ANSWERED, "decline"))
    if not pairs:
        return
    person, file = drawn("corrected", pairs, 1, by=lambda pair: pair[1].email)[0]
    [(pk,)] = play.stage.sql(
        "SELECT id FROM reviews_decision WHERE is_current AND application_id = %s", [file.pk]
    )
    said = {"outcome": "waitlist", "program": file.first_choice, "rank": "", "why": CORRECTED}
    done(press(one, f"/decisions/{pk}/correct/", "/correct/$", said), "a correction is proposed")
    # Another answer may not go with somebody else's: of many people, some bear one name.
    keep_at_the_gate(play, two)
    listed = f"/releases/?cycle={play.cycle_code}"
    done(press(two, listed, r"/decisions/\d+/approve/$"), "a correction is approved")
    page = one.get(listed)
    form = next(form for form in page.forms if form.values.get("kind") == ["correction"])
    page = done(one.send(page, form, headers=from_page(page)), "the corrections are frozen")
    release = number_of(page, r"/releases/(\d+)/")
    page = two.get(f"/releases/{release}/")
    typed = re.search(r'id="typed-help".*?class="code[^"]*">([^<]+)<', page.text, re.S)
    if typed is None:
        raise Refusal("the page of the corrections shows no fingerprint")
    done(press(two, page, "/go/$", {"typed": typed[1].strip()}), "a correction is let out")
    play.seen.expect_letter(person, "decision_corrected")


def silence_lapses(play: Play) -> None:
    """Reminders leave; on the day after the last one, the offers without a reply have ended by themselves."""
    silent = offered(play)[2]
    on(play, "reply_by", -1)
    on(play, "reply_by", 1)
    for person, _file in people(play, silent):
        play.seen.expect_letter(person, "offer_expired")
    left = files(play, OPEN, "open")
    if left:
        play.seen.wrong("story", f"{len(left)} offers are still open after their last day.")


def waitlist_called(play: Play) -> None:
    """For each free seat of a program, two at most, the office calls the next of the waitlist; they say yes at once."""
    on(play, "udem_official_on", 2)
    one = office(play)
    called: list[tuple[Person, File]] = []
    for code in ("msc", "dess"):
        for _turn in range(2):
            page = done(
                one.get(f"/follow-up/calls/?cycle={play.cycle_code}&program={code}"), "the calls"
            )
            rows = found(page, r'href="[^"]*/follow-up/calls/(\d+)/"')
            if not rows:
                break
            path = f"/follow-up/calls/{rows[0]}/"
            why = {"why": "Une place s’est libérée."}
            sent = press(one, path, "/follow-up/calls/", why)
            if sent.status == 422 or refusals(sent):
                break
            numbers = play.stage.sql(
                "SELECT application_id FROM reviews_decision WHERE id = %s", [int(rows[0])]
            )
            called += [pair for pair in people(play, files(play)) if (pair[1].pk,) in numbers]
    for person, _file in called:
        play.seen.expect_letter(person, "waitlist_called")
    if not called:
        play.seen.note("story", "Nobody could be called from the waitlist.")
    at_once(play, lambda pair: _late_yes(play, *pair), called)


def _late_yes(play: Play, person: Person, file: File) -> None:
    come(play, person)
    done(press(person, "/applications/mine/", "/accept/$"), "a call is accepted")
    play.seen.expect_letter(person, "offer_accepted_late")
    report(play, person, file)
