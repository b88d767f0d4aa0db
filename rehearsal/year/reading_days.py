"""The committee reads: conflicts said, a plan made and applied, waves of readers, one replaced, third readings, a discussion."""

import re
from random import Random

from config.processes import wait_for
from rehearsal.person import Person
from rehearsal.play import Play
from rehearsal.year.canaries import planted
from rehearsal.year.hand import (
    Refusal,
    at_once,
    by_button,
    come,
    done,
    drawn,
    files,
    found,
    number_of,
    office,
    on,
    press,
    readers_of,
    share,
)

READ = """
    SELECT s.id, a.number, u.email FROM reviews_assignment s
    JOIN applications_application a ON a.id = s.application_id
    JOIN cycles_cycle c ON c.id = a.cycle_id
    JOIN accounts_user r ON r.id = s.reviewer_id
    JOIN accounts_user u ON u.id = a.applicant_id
    WHERE c.code = %s AND r.email = %s AND s.status = 'assigned' ORDER BY u.email"""
COMMENTS = (
    "Solide, avec des projets menés à bout.",
    "Uneven grades, a clear aim.",
    "Rien à ajouter.",
)
ADVICE = ((4.3, "strong_accept"), (3.4, "accept"), (2.8, "waitlist"), (0.0, "decline"))


def roles(play: Play) -> tuple[list[Person], Person, Person]:
    """Those who read well and fast; one who is slow; one who stops."""
    *fast, slow, stopped = readers_of(play)
    return fast, slow, stopped


def conflicts_said(play: Play) -> None:
    """Readers say whom they are close to; the office judges what the comparison finds, and says what each one takes."""
    on(play, "documents_due_on", 9)
    readers = readers_of(play)
    come(play, *readers)
    [(school,)] = play.stage.sql(
        "SELECT d.institution FROM applications_degree d JOIN applications_application a"
        " ON a.id = d.application_id ORDER BY d.institution, d.id LIMIT 1"
    )
    for place, reader in enumerate(readers[:2]):
        close = {"institutions": school if place else "", "people": "" if place else "Ada Lovelace"}
        done(press(reader, "/ties/", "/ties/$", close), "whom one is close to")
    on(play, "documents_due_on", 9, at="10:00")
    one = office(play)
    while rows := found(done(one.get("/conflicts/"), "conflicts"), r"/conflicts/(\d+)/confirm/"):
        for place, row in enumerate(rows):
            act, said = (
                ("confirm", {})
                if place
                else ("dismiss", {"why": "Diplôme obtenu il y a vingt ans."})
            )
            done(
                press(one, "/conflicts/", f"/conflicts/{row}/{act}/$", said), "a conflict is judged"
            )
    table = done(one.get(f"/plans/readers/?cycle={play.cycle_code}"), "the readers")
    each = 3 + 3 * len(files(play)) // len(readers)
    takes = {name: str(each) for name in found(table, r'name="(reader-\d+-capacity)"')}
    done(press(one, table, "/plans/readers/save/$", takes), "what readers take")


def planned(play: Play) -> None:
    """The office has the best plan worked out, looks at it and applies it; a reader finds a person they know, and says so."""
    on(play, "documents_due_on", 10)
    one = office(play)
    apply_plan(play, one, {"kind": "first"})
    reader = roles(play)[0][0]
    come(play, reader)
    rows = drawn("knows", mine(play, reader), 1, by=lambda row: str(row[2]))
    for pk, _number, _email in rows:
        done(
            press(reader, f"/queue/{pk}/conflict/", "/conflict/$", {"reason": "worked"}),
            "a conflict",
        )
        if reader.get(f"/queue/{pk}/").status != 404:
            play.seen.wrong("story", "A reader in conflict still opens the file.")


def apply_plan(play: Play, one: Person, asked: dict[str, str]) -> None:
    """Asked for, awaited, applied; one that would give nothing is discarded. Raises Refusal."""
    path = f"/plans/?cycle={play.cycle_code}"
    page = done(press(one, path, "/plans/ask/$", asked), "a plan is asked for")
    plan = number_of(page, r"/plans/(\d+)/")
    asked_for = "SELECT 1 FROM committee_plan WHERE id = %s AND status = 'asked'"
    if not wait_for(lambda: not play.stage.sql(asked_for, [int(plan)]), 60):
        raise Refusal("the plan is not there after a minute")
    page = done(one.get(f"/plans/{plan}/"), "the plan")
    act = "apply" if f"/plans/{plan}/apply/" in page.text else "discard"
    done(press(one, page, f"/plans/{plan}/{act}/$"), f"a plan: {act}")


def mine(play: Play, reader: Person) -> list[tuple[int, str, str]]:
    """What is left in a reader's queue: the reading, the file's number, whose it is."""
    return play.stage.sql(READ, [play.cycle_code, reader.email])


def read(play: Play, reader: Person, some: int | None = None) -> int:
    """A reader opens the files of their queue one after the other, scores and hands in. How many."""
    criteria = [
        pk
        for (pk,) in play.stage.sql(
            "SELECT r.id FROM reviews_criterion r JOIN cycles_cycle c ON c.id = r.cycle_id WHERE c.code = %s ORDER BY r.id",
            [play.cycle_code],
        )
    ]
    rows = mine(play, reader)[:some]
    for pk, _number, email in rows:
        page = done(reader.get(f"/queue/{pk}/"), "a file is opened")
        sent = by_button(
            reader, page, f"/queue/{pk}/hand-in/$", opinion(reader, email, criteria, page.text)
        )
        if 'name="all_the_same"' in sent.text:
            sent = by_button(reader, sent, f"/queue/{pk}/hand-in/$", {"all_the_same": "1"})
        done(sent, "a review is handed in")
    return len(rows)


def opinion(reader: Person, email: str, criteria: list[int], text: str) -> dict[str, str]:
    """What this reader thinks of this person: around the person's level, one in ten times far from it."""
    level = Random(email).uniform(2.0, 4.8)  # noqa: S311
    dice = Random(f"{reader.key} {email}")  # noqa: S311
    level += dice.choice((-1.8, 1.8)) if dice.random() < 0.1 else 0.0
    scores = [min(5, max(1, round(dice.gauss(level, 0.6)))) for _pk in criteria]
    mean = sum(scores) / len(scores)
    advice = next(name for least, name in ADVICE if mean > least)
    said = {f"score_{pk}": str(score) for pk, score in zip(criteria, scores, strict=True)}
    said |= dict.fromkeys(set(found_names(text)), advice)
    return said | {
        "confidence": str(dice.randint(3, 5)),
        "comment": f"{dice.choice(COMMENTS)} {planted(email)}",
    }


def found_names(text: str) -> list[str]:
    """The advice that the page asks: one for each program of the file."""
    return re.findall(r'name="(recommendation|advice_\w+)"', text)


def first_wave(play: Play) -> None:
    """Most readers read all they have; one half of it; one opens nothing."""
    on(play, "documents_due_on", 20)
    fast, slow, _stopped = roles(play)
    come(play, *fast, slow)
    half = len(mine(play, slow)) // 2
    at_once(play, lambda one: read(play, one, half if one is slow else None), [*fast, slow])


def reminded_and_replaced(play: Play) -> None:
    """Those who are behind are reminded; what the one who stopped had goes back, and a second plan gives it to others."""
    on(play, "reviews_due_on", -7)
    one = office(play)
    _fast, slow, stopped = roles(play)
    ids = dict(
        play.stage.sql(
            "SELECT email, id FROM accounts_user WHERE email = ANY(%s)",
            [[slow.email, stopped.email]],
        )
    )
    ticks = "&".join(f"ticked={pk}" for pk in ids.values())
    done(
        press(one, f"/progress/remind/?cycle={play.cycle_code}&{ticks}", r"/progress/remind/"),
        "reminders",
    )
    for reader in (slow, stopped):
        play.seen.expect_letter(reader, "reading_reminder")
    on(play, "reviews_due_on", -4)
    one = office(play)
    path, said = (
        f"/progress/readers/{ids[stopped.email]}/",
        {"which": "unopened", "why": "Ne peut plus lire."},
    )
    done(press(one, f"{path}?cycle={play.cycle_code}", "/move/$", said), "files are taken back")
    away = done(one.get(f"/plans/readers/?cycle={play.cycle_code}"), "the readers")
    done(
        press(one, away, "/plans/readers/save/$", {f"reader-{ids[stopped.email]}-away": "on"}),
        "somebody reads no more",
    )
    apply_plan(play, one, {"kind": "first"})


def last_readings(play: Play) -> None:
    """The slow reader and those who took over hand in; the files whose readers differ most get a third reading."""
    on(play, "reviews_due_on", -1)
    fast, slow, _stopped = roles(play)
    come(play, *fast, slow)
    at_once(play, lambda one: read(play, one), (*fast, slow))
    on(play, "reviews_due_on", 1)
    one = office(play)
    count = share(files(play), 4, 1)
    apply_plan(play, one, {"kind": "another", "most": str(count)})
    come(play, *fast, slow)
    at_once(play, lambda one: read(play, one), (*fast, slow))


def discussed(play: Play) -> None:
    """About the files with three readings, those who read them and the office exchange a word."""
    on(play, "reviews_due_on", 4)
    one = office(play)
    rows = play.stage.sql(
        "SELECT a.number, u.email, array_agg(r.email ORDER BY r.email) FROM reviews_assignment s"
        " JOIN applications_application a ON a.id = s.application_id JOIN accounts_user u ON u.id = a.applicant_id"
        " JOIN accounts_user r ON r.id = s.reviewer_id WHERE s.status = 'handed_in'"
        " GROUP BY a.number, u.email HAVING count(*) > 2 ORDER BY u.email LIMIT 5"
    )
    readers = {reader.email: reader for reader in readers_of(play)}
    come(play, *readers.values())
    for number, email, those in rows:
        for person in (readers[those[0]], one):
            said = {"text": f"À relire ensemble. {planted(email)}"}
            done(press(person, f"/files/{number}/discussion/", "/say/$", said), "a remark")
