"""After the close, the office looks through the files: pieces asked for, late ones, messages, files closed."""

from datetime import timedelta

from rehearsal.person import Person
from rehearsal.play import Play
from rehearsal.year.canaries import planted
from rehearsal.year.hand import (
    File,
    come,
    day_of,
    done,
    drawn,
    files,
    found,
    office,
    on,
    people,
    press,
    share,
)
from rehearsal.year.paper import pdf

IN = "AND a.status = 'submitted'"
PIECES = {
    "fr": ("Relevé de notes de la dernière session", "Le relevé reçu s’arrête à l’automne."),
    "en": ("Transcript of the last term", "The one that came ends in the fall."),
}
QUESTIONS = {
    "fr": "Bonjour, puis-je encore ajouter une page à mon CV?",
    "en": "Hello, may I still add a page to my CV?",
}


def asked(play: Play) -> list[File]:
    """Whose file lacks a piece, by lot: one in twenty-five, three at least."""
    mine = {file.email for _one, file in people(play, files(play))}
    rows = [file for file in files(play) if file.email in mine and file.status != "draft"]
    return drawn("asked", rows, share(rows, 4, 3), by=lambda file: file.email)


def first_check(play: Play) -> None:
    """The office looks through the files that are in: a piece is asked of some, the others are complete; two people write."""
    on(play, "documents_due_on", 1)
    one = office(play)
    wanted = [file for file in asked(play) if file.status == "submitted"]
    due = (day_of(play, "documents_due_on") + timedelta(days=8)).isoformat()
    for person, file in people(play, wanted):
        title, reason = PIECES[person.language]
        fields = {"title": title, "reason": reason, "due_on": due}
        done(press(one, f"/desk/{file.number}/ask/", "/ask/$", fields), "a piece is asked for")
        play.seen.expect_letter(person, "piece_asked")
    mark_complete(play, one, {file.number for file in wanted})
    _write(play, one)


def mark_complete(play: Play, one: Person, without: set[str]) -> int:
    """Page by page, everything that can be ticked; those that wait for a piece stay. How many there were."""
    count = 0
    while True:
        page = done(one.get(f"/desk/?cycle={play.cycle_code}&state=to_check"), "the board of files")
        ticks = [
            number
            for number in found(page, r'name="ticked" value="([^"]+)"')
            if number not in without
        ]
        if not ticks:
            return count
        done(
            press(one, f"/desk/?cycle={play.cycle_code}", "/desk/complete/$", {"ticked": ticks}),
            "marking complete",
        )
        count += len(ticks)


def _write(play: Play, one: Person) -> None:
    """Two people ask something; one is answered in words, the other needs no answer."""
    rows = [file for file in files(play, IN) if file not in asked(play)]
    pairs = people(play, drawn("writes", rows, 2, by=lambda file: file.email))
    come(play, *(person for person, _file in pairs))
    for place, (person, file) in enumerate(pairs):
        text = f"{QUESTIONS[person.language]} {planted(file.email)}"
        done(
            press(person, f"/applications/{file.number}/messages/", "messages/$", {"text": text}),
            "a message",
        )
        if place:
            done(
                press(one, f"/desk/{file.number}/messages/", "/settle/$"),
                "a message without an answer",
            )
            continue
        answer = {"text": "Non : ce qui est reçu suffit. / No: what came will do."}
        done(press(one, f"/desk/{file.number}/messages/", "messages/$", answer), "an answer")
        play.seen.expect_letter(person, "message_waiting")


def pieces_come(play: Play) -> None:
    """What was asked for is sent, by one in the last minutes of its day; what will do is accepted, one is asked for again."""
    rows = people(play, _open(play))
    *early, late, _never = rows if len(rows) > 2 else (*rows, *rows)[:3]
    on(play, "documents_due_on", 3)
    come(play, *(person for person, _file in early))
    for person, file in early:
        _send(play, person, file)
    one = office(play)
    for place, (_person, file) in enumerate(early):
        pk = _request(play, file)
        if place:
            done(press(one, f"/desk/{file.number}/", f"/requests/{pk}/accept/$"), "a piece will do")
            continue
        why = {"why": "Il manque la deuxième page. / The second page is missing."}
        done(press(one, f"/desk/requests/{pk}/refuse/", "/refuse/$", why), "a piece will not do")
        come(play, _person)
        _send(play, _person, file)
        done(press(one, f"/desk/{file.number}/", f"/requests/{pk}/accept/$"), "a piece will do")
    on(play, "documents_due_on", 8, at="23:40")
    person, file = late
    come(play, person)
    _send(play, person, file)


def _open(play: Play) -> list[File]:
    """The files with a piece that was asked for and is not settled."""
    return files(
        play,
        "AND a.id IN (SELECT application_id FROM desk_request WHERE status IN ('asked', 'received'))",
    )


def _request(play: Play, file: File) -> int:
    [(pk,)] = play.stage.sql(
        "SELECT id FROM desk_request WHERE application_id = %s AND status IN ('asked', 'received')",
        [file.pk],
    )
    return int(pk)


def _send(play: Play, person: Person, file: File) -> None:
    """The piece, as a PDF with the person's word in it."""
    path = f"/applications/{file.number}/requests/{_request(play, file)}/"
    papers = {"file": ("releve.pdf", pdf(planted(file.email)))}
    done(press(person, path, "/requests/", files=papers), "a piece is sent")
    play.seen.expect_letter(person, "piece_received")


def closed_incomplete(play: Play) -> None:
    """A file whose piece never came is closed with a reason; what came at the last minute is accepted, and the rest complete."""
    on(play, "documents_due_on", 9, at="11:00")
    one = office(play)
    for file in _open(play):
        [(status,)] = play.stage.sql(
            "SELECT status FROM desk_request WHERE id = %s", [_request(play, file)]
        )
        if status == "received":
            done(press(one, f"/desk/{file.number}/", "/accept/$"), "a late piece will do")
            continue
        why = {"why": "Le relevé demandé n’est pas arrivé. / The transcript did not come."}
        done(press(one, f"/desk/{file.number}/close/", "/close/$", why), "a file is closed")
        for person, _file in people(play, [file]):
            play.seen.expect_letter(person, "file_closed")
    mark_complete(play, one, set())
