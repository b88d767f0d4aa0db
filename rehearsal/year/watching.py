"""Before the release some applicants look at all they can see, at set moments: nothing may change with what is decided.

`rehearsal.never_early` reads two worlds side by side; this is what people themselves could notice from one hour to the next,
in their pages, in their downloads and in their mail, while answers are proposed, approved, withdrawn and frozen.
"""

import re
from typing import Any
from weakref import WeakKeyDictionary

from rehearsal.never_early import body_of
from rehearsal.person import Person, holds_code
from rehearsal.play import Play
from rehearsal.stage import Stage
from rehearsal.visitor import Answer
from rehearsal.year.hand import File, at_once, come, files, people, share

PAGES = (
    *("/applications/mine/", "/applications/{number}/", "/applications/{number}/messages/"),
    *("/applications/receipt/{receipt}/", "/account/my-file/", "/account/my-file/download/"),
    *("/scholarships/", "/scholarships/result/", "/udem/{number}/", "/permits/{number}/"),
    *("/offers/{number}/decline/", "/dates.ics"),
)
# The hour at which a page was made, in either language, and what is left until another one.
HOURS = re.compile(
    rb"DTSTAMP:\d+T\d+Z|data-(?:minutes|hours)>\d+|\b\d{1,2}(?::|(?: |\xc2\xa0)h(?: |\xc2\xa0))\d\d\b"
)
ABOUT = 60  # bytes of a page that are told where it differs
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
    if not first:  # what they had not read yet is read once
        at_once(play, lambda pair: _look(play, *pair, moment, {}), pairs)
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
        seen[path] = b"%d %s" % (page.status, plain(page.answer))
    for name, content in seen.items():
        when, before = first.setdefault((one.key, name), (moment, content))
        if content != before:
            said = f"{one.key}: {name} changed between “{when}” and “{moment}”"
            play.seen.wrong("P3", f"{said}: {differing(before, content)}")


def plain(answer: Answer) -> bytes:
    """What was sent, without what is new with each request and each minute; an archive as what it holds."""
    body = body_of(answer)
    parts: Any = body if isinstance(body, dict) else {"": body}
    return b"\n".join(HOURS.sub(b"", content) for _name, content in sorted(parts.items()))


def differing(before: bytes, after: bytes) -> str:
    """The first place where two contents differ."""
    pairs = zip(before, after, strict=False)
    place = next(
        (place for place, (one, two) in enumerate(pairs) if one != two),
        min(len(before), len(after)),
    )
    start = max(0, place - ABOUT // 2)
    told = [content[start : start + ABOUT].decode(errors="replace") for content in (before, after)]
    return " → ".join(" ".join(text.split()) for text in told)
