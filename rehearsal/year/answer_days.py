"""The answers: proposed in bulk, a wrong one caught, kept at the gate, approved by a second person, frozen, and let out at their hour."""

from concurrent.futures import ThreadPoolExecutor

from config.processes import wait_for
from rehearsal.person import Person
from rehearsal.play import Play
from rehearsal.year.hand import (
    File,
    by_button,
    day_of,
    director,
    done,
    found,
    number_of,
    office,
    on,
    press,
    refusals,
)
from rehearsal.year.watching import sample, watch

CURRENT = """
    SELECT a.number, d.id, d.outcome, d.status FROM reviews_decision d
    JOIN applications_application a ON a.id = d.application_id
    JOIN cycles_cycle c ON c.id = a.cycle_id WHERE c.code = %s AND d.is_current"""
# Of each list: how many in a hundred are accepted at most, and how many wait.
ACCEPTED, WAITING = 35, 15


def answers(play: Play) -> dict[str, tuple[int, str, str]]:
    """What is proposed or approved now, by the file's number: its id, its outcome, its status."""
    rows = play.stage.sql(CURRENT, [play.cycle_code])
    return {number: (pk, outcome, status) for number, pk, outcome, status in rows}


def answers_proposed(play: Play) -> None:
    """The office proposes the answers in bulk, one of them wrongly; what looks inconsistent is kept with its reason, and a director approves."""
    on(play, "release_on", -2, at="13:00")
    watch(play, "before anything is proposed")
    one = office(play)
    _propose(play, one)
    wrong = mistaken(play)
    _alone(play, one, wrong, "decline")
    watch(play, "proposed")
    two = director(play)
    keep_at_the_gate(play, two)
    done(
        press(two, f"/decisions/approve-all/?cycle={play.cycle_code}", "/approve-all/$"),
        "approving all",
    )
    watch(play, "approved, one of them wrongly")


def mistaken(play: Play) -> File:
    """Whose answer is taken for another one's: the best of all, who is among those who look."""
    return sample(play)[0][1]


def _propose(play: Play, one: Person) -> None:
    """Program by program: the best are accepted, the next wait, the rest are declined."""
    seats = dict(
        play.stage.sql(
            "SELECT p.code, i.seats FROM cycles_intake i JOIN cycles_program p ON p.id = i.program_id"
            " JOIN cycles_cycle c ON c.id = i.cycle_id WHERE c.code = %s ORDER BY p.position",
            [play.cycle_code],
        )
    )
    asked = dict(
        play.stage.sql(
            "SELECT p.code, count(*) FROM applications_choice o JOIN cycles_program p ON p.id = o.program_id"
            " JOIN applications_application a ON a.id = o.application_id WHERE a.status = 'submitted' GROUP BY p.code"
        )
    )
    yes = {
        code: max(2, min(seats[code] or 0, asked.get(code, 0) * ACCEPTED // 100)) for code in seats
    }
    for code in seats:
        _many(play, one, code, "accept", 1, yes[code])
    for code in seats:
        last = yes[code] + max(1, asked.get(code, 0) * WAITING // 100)
        _many(play, one, code, "waitlist", yes[code] + 1, last)
    for code in seats:
        _many(play, one, code, "decline")
        _unscored(play, one, code)


def _many(play: Play, one: Person, code: str, outcome: str, first: int = 0, last: int = 0) -> None:
    """One outcome for a part of one list; nobody being left in it is no error."""
    which = (
        {"which": "range", "first": str(first), "last": str(last)} if first else {"which": "rest"}
    )
    board = f"/decisions/?cycle={play.cycle_code}&program={code}"
    page = press(one, board, "/propose-many/$", {**which, "outcome": outcome})
    if not refusals(page):
        done(page, f"proposing {outcome} for {code}")


def _unscored(play: Play, one: Person, code: str) -> None:
    """Files without a score are in no part of the list: they are ticked."""
    board = f"/decisions/?cycle={play.cycle_code}&program={code}&show=unscored"
    known = answers(play)
    ticks = [
        number
        for number in found(one.get(board), r'name="ticked" value="([^"]+)"')
        if number not in known
    ]
    if ticks:
        fields = {"ticked": ticks, "program": code, "outcome": "decline"}
        done(
            by_button(one, one.get(board), "/decisions/propose/$", fields), "declining the unscored"
        )


def _alone(play: Play, one: Person, file: File, outcome: str) -> None:
    """One answer for one file that is ticked on the board."""
    board = one.get(f"/decisions/?cycle={play.cycle_code}&program={file.first_choice}")
    fields = {"ticked": [file.number], "program": file.first_choice, "outcome": outcome}
    done(by_button(one, board, "/decisions/propose/$", fields), f"proposing {outcome} for one file")


def keep_at_the_gate(play: Play, one: Person) -> None:
    """The director looks at what seems inconsistent, and says why it stands."""
    gate = f"/decisions/gate/?cycle={play.cycle_code}"
    while ticks := found(done(one.get(gate), "the gate"), r'name="finding" value="([^"]+)"'):
        said = {"finding": ticks, "reason": "Regardé une deuxième fois : cela tient."}
        done(press(one, gate, "/gate/keep/$", said), "what stands at the gate")


def mistake_caught(play: Play) -> None:
    """The wrong answer is seen before the release, withdrawn though it was approved, proposed anew and approved; its person notices nothing."""
    on(play, "release_on", -2, at="13:30")
    one = office(play)
    file = mistaken(play)
    board = one.get(f"/decisions/?cycle={play.cycle_code}&program={file.first_choice}")
    fields = {"ticked": [file.number], "program": file.first_choice}
    done(by_button(one, board, "/decisions/withdraw/$", fields), "withdrawing an approved answer")
    if file.number in answers(play):
        play.seen.wrong("story", "An answer that was withdrawn still counts.")
    watch(play, "the wrong answer withdrawn")
    _alone(play, one, file, "accept")
    two = director(play)
    keep_at_the_gate(play, two)
    done(
        press(two, f"/decisions/approve-all/?cycle={play.cycle_code}", "/approve-all/$"),
        "approving anew",
    )
    watch(play, "put right and approved")


def release_prepared(play: Play) -> None:
    """The office freezes the list; the director approves it for its hour."""
    one = office(play)
    listed = f"/releases/?cycle={play.cycle_code}"
    boxes = {"while_open": "on"} if 'name="while_open"' in one.get(listed).text else {}
    page = done(press(one, listed, "/releases/prepare/$", boxes), "freezing the list")
    release = number_of(page, r"/releases/(\d+)/")
    done(one.get(f"/releases/{release}/letters/"), "the letters drawn by lot")
    watch(play, "frozen")
    two = director(play)
    hour = {"at": f"{day_of(play, 'release_on').isoformat()}T10:00"}
    done(press(two, f"/releases/{release}/", "/approve/$", hour), "approving the list for its hour")
    watch(play, "approved for its hour")


def release_day(play: Play) -> None:
    """At ten everything is visible at once and the letters leave; a worker dies in the midst of them."""
    on(play, "release_on", 0, at="09:58")
    awaited = _answered(play)
    for address in awaited:
        play.seen.expect_letter(address, "decision_available")
    with ThreadPoolExecutor(1) as beside:
        moving = beside.submit(on, play, "release_on", 0, at="10:01")
        if play.faults:
            _kill_midst(play, len(awaited) // 3)
            # What the dead one held is let go once its lease is over.
            on(play, "release_on", 0, at="10:03")
        moving.result()
    _freed(play)
    if late := _answered(play):
        play.seen.wrong("story", f"{len(late)} answers were not released at their hour.")


def _freed(play: Play) -> None:
    """The first letters try the way; where too many of them did not arrive, the office lets the others go."""
    held = "SELECT 1 FROM notifications_outgoingemail WHERE letter = 'decision_available' AND status = 'held'"
    if not wait_for(lambda: not play.stage.sql(held), 20):
        one = office(play)
        path = number_of(
            one.get(f"/releases/?cycle={play.cycle_code}"), r'href="[^"]*(/releases/\d+/)"'
        )
        why = {"why": "Les adresses en cause sont connues; les autres lettres peuvent partir."}
        done(press(one, path, "/free/$", why), "the letters that were held back")
        play.seen.note(
            "story",
            "The letters of the release waited behind the first ones, and were let go by a person.",
        )
    play.clock.settle()


def _answered(play: Play) -> list[str]:
    """Whose answers are approved: their addresses."""
    rows = play.stage.sql(
        "SELECT u.email FROM reviews_decision d JOIN applications_application a ON a.id = d.application_id"
        " JOIN accounts_user u ON u.id = a.applicant_id JOIN cycles_cycle c ON c.id = a.cycle_id"
        " WHERE c.code = %s AND d.is_current AND d.status = 'approved' AND a.status IN ('submitted', 'reopened')",
        [play.cycle_code],
    )
    return [email for (email,) in rows]


def _kill_midst(play: Play, some: int) -> None:
    """Once so many letters of the release have left and others wait, the worker is killed; another one starts.

    From the thread that plays, not beside it: what starts a process keeps it on a leash.
    """
    left = "SELECT count(*) FROM notifications_outgoingemail WHERE letter = 'decision_available' AND status = 'sent'"
    if wait_for(lambda: play.stage.sql(left)[0][0] > some, 60, pause=0.02):
        play.stage.kill("worker")
        [(count,)] = play.stage.sql(left)
        play.stage.restart("worker")
        what = f"a worker killed once {count} letters of the release had left"
        play.seen.fault("release_day", what, "another one sent the rest")
