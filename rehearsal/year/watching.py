"""Before the release some applicants look at all they can see, at set moments: nothing may change with what is decided.

`rehearsal.never_early` reads two worlds side by side; this is what people themselves could notice from one hour to the next,
in their pages, in their downloads and in their mail, while answers are proposed, approved, withdrawn and frozen.
"""

import re
from weakref import WeakKeyDictionary

from rehearsal.person import Person, holds_code
from rehearsal.play import Play
from rehearsal.stage import Stage
from rehearsal.year.hand import File, at_once, come, files, people, share

PAGES = (
    *("/applications/mine/", "/applications/{number}/", "/applications/{number}/messages/"),
    *("/applications/receipt/{receipt}/", "/account/my-file/", "/account/my-file/download/"),
    *("/scholarships/", "/scholarships/result/", "/udem/{number}/", "/permits/{number}/"),
    *("/offers/{number}/decline/", "/dates.ics"),
)
# New with each request, whoever asks; and the hour at which it was asked.
CHANGES = re.compile(
    rb'(csrfmiddlewaretoken" value="|X-CSRFToken": "|data-ends=")[\w:.+-]+|\d{4}-\d\d-\d\dT[\d:.]+'
)
Looks = dict[tuple[str, str], tuple[str, bytes]]
_first: WeakKeyDictionary[Stage, Looks] = WeakKeyDictionary()


def sample(play: Play) -> list[tuple[Person, File]]:
    """Some people from the best to the last as the readers see them, whatever becomes of them."""
    rank = dict(play.stage.sql("SELECT application_id, mean FROM reviews_standing"))
    pairs = people(play, files(play, "AND a.status = 'submitted'"))
    pairs.sort(key=lambda pair: (-(rank.get(pair[1].pk) or 0), pair[1].email))
    count = share(pairs, 3, 5)
    return [pairs[place * (len(pairs) - 1) // max(1, count - 1)] for place in range(count)]


def watch(play: Play, moment: str) -> None:
    """Each of them opens every page that could tell, and looks at their mail: all is as at the first of these moments."""
    pairs = sample(play)
    come(play, *(person for person, _file in pairs))
    first = _first.setdefault(play.stage, {})
    at_once(play, lambda pair: _look(play, *pair, moment, first), pairs)
    play.seen.note(
        "P3", f"{len(pairs)} people looked at {len(PAGES)} pages and their mail: {moment}"
    )


def _look(play: Play, one: Person, file: File, moment: str, first: Looks) -> None:
    [(receipt,)] = play.stage.sql(
        "SELECT receipt FROM applications_submission WHERE application_id = %s ORDER BY id DESC LIMIT 1",
        [file.pk],
    )
    mail = [
        kept.message["Subject"]
        for kept in play.stage.letters.to(file.email)
        if not holds_code(kept)
    ]
    seen = {"mail": "\n".join(mail).encode()}
    for path in PAGES:
        page = one.get(path.format(number=file.number, receipt=receipt))
        seen[path] = b"%d %s" % (page.status, page.body)
    for name, content in seen.items():
        plain = CHANGES.sub(b"", content)
        when, before = first.setdefault((one.key, name), (moment, plain))
        if plain != before:
            said = f"{one.key}: {name} changed between “{when}” and “{moment}”"
            play.seen.wrong("P3", f"{said} ({len(before)} and {len(plain)} bytes)")
