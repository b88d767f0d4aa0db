"""Before the release some applicants look at all they can see, at set moments: nothing may tell them what is decided."""

from rehearsal.person import Person, holds_code
from rehearsal.play import Play
from rehearsal.year.hand import File, at_once, come, drawn, files, people, share

PAGES = (
    *("/applications/mine/", "/applications/{number}/", "/applications/{number}/messages/"),
    *("/applications/receipt/{receipt}/", "/account/my-file/", "/account/my-file/download/"),
    *("/scholarships/", "/scholarships/result/", "/udem/{number}/", "/permits/{number}/"),
    *("/offers/{number}/decline/", "/dates.ics"),
)


def sample(play: Play) -> list[tuple[Person, File]]:
    """A dozen people by lot, whatever their answer; the one whose answer is wrong for an hour among them."""
    pairs = people(play, files(play, "AND a.status = 'submitted'"))
    return drawn("watched", pairs, share(pairs, 3, 9), by=lambda pair: pair[1].email)


def watch(play: Play, moment: str) -> None:
    """Each of them opens every page that could tell, and looks at their mail; it goes to whoever judges."""
    pairs = sample(play)
    come(play, *(person for person, _file in pairs))
    at_once(lambda pair: _look(play, *pair, moment), pairs)


def _look(play: Play, one: Person, file: File, moment: str) -> None:
    [(receipt,)] = play.stage.sql(
        "SELECT receipt FROM applications_submission WHERE application_id = %s ORDER BY id DESC LIMIT 1",
        [file.pk],
    )
    for path in PAGES:
        page = one.get(path.format(number=file.number, receipt=receipt))
        play.seen.page(one, path, moment, str(page.status).encode() + page.body)
    told = [
        kept.message["Subject"]
        for kept in play.stage.letters.to(file.email)
        if not holds_code(kept)
    ]
    play.seen.page(one, "mail", moment, "\n".join(told).encode())
