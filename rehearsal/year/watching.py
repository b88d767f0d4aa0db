"""Before the release some applicants look at all they can see, at set moments: nothing may tell them what is decided."""

from rehearsal.person import Person, holds_code
from rehearsal.play import Play
from rehearsal.year.hand import File, at_once, come, files, people, share

PAGES = (
    *("/applications/mine/", "/applications/{number}/", "/applications/{number}/messages/"),
    *("/applications/receipt/{receipt}/", "/account/my-file/", "/account/my-file/download/"),
    *("/scholarships/", "/scholarships/result/", "/udem/{number}/", "/permits/{number}/"),
    *("/offers/{number}/decline/", "/dates.ics"),
)


def sample(play: Play) -> list[tuple[Person, File]]:
    """Some people from the best to the last as the readers see them, whatever becomes of them."""
    rank = dict(play.stage.sql("SELECT application_id, mean FROM reviews_standing"))
    pairs = people(play, files(play, "AND a.status = 'submitted'"))
    pairs.sort(key=lambda pair: (-(rank.get(pair[1].pk) or 0), pair[1].email))
    count = share(pairs, 3, 5)
    return [pairs[place * (len(pairs) - 1) // (count - 1)] for place in range(count)]


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
