"""Before the release, nothing that an applicant can get depends on the answer (P3): two worlds, read side by side.

The second world is a copy of the first, in which everybody is answered otherwise, behind a web server of its own. The same
person, with the same session, asks both for the same page at the same moment; the two must be the same to the byte.
"""

import contextlib
import io
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import urlsplit

from config.embedded import DATABASE, VAULT_ROLE
from config.plan import Page as Server
from config.processes import free_port
from rehearsal import applying
from rehearsal.person import Person
from rehearsal.play import Play
from rehearsal.visitor import Answer, Visitor

COPY = "mila_otherwise"
OTHERWISE = ("-m", "rehearsal.beside", "rehearsal.otherwise.answer_otherwise")
USERS = ("web", "worker", "beat")  # of the database: nobody may be at work while it is copied
MOST_PEOPLE, MOST_PAGES, TRIES = 40, 25, 3
LINK = re.compile(r'href="(/[^"#]*)"')
CHANGES = re.compile(
    rb'(csrfmiddlewaretoken" value="|X-CSRFToken": "|data-ends=")[\w:.+-]+|\d{4}-\d\d-\d\dT[\d:.]+'
)
# Static files, the other language, what ends the session.
APART = re.compile(r"^/(static/|i18n/|healthz)|/account/|/sign-")
MOVING = {"x-request-id", "date", "set-cookie", "content-length"}


def nothing_shows_early(play: Play) -> None:
    """Each page of an applicant is the same in a world where everybody has another answer."""
    people = play.submitted[:]
    play.dice.shuffle(people)
    people = people[:MOST_PEOPLE]
    play.together(lambda person: applying.sign_in(play, person), people)
    before = play.seen.compared
    with other_world(play) as port:
        play.together(lambda person: compare(play, person, port), people)
    pages = play.seen.compared - before
    play.seen.note("P3", f"{play.today}: {len(people)} people, {pages} pages in both worlds")


@contextlib.contextmanager
def other_world(play: Play) -> Iterator[int]:
    """The port of a web server over a copy of the database in which everybody is answered otherwise."""
    stage = play.stage
    for name in USERS:
        stage.kill(name)
    stage.sql(f"DROP DATABASE IF EXISTS {COPY}", role="postgres", database="postgres")
    stage.sql(f"CREATE DATABASE {COPY} TEMPLATE {DATABASE}", role="postgres", database="postgres")
    for name in USERS:
        stage.restart(name)
    port = free_port()
    there = {
        "DATABASE_URL": stage.postgres.url(COPY),
        "VAULT_DATABASE_URL": stage.postgres.url(COPY, role=VAULT_ROLE),
        "WEB_BIND": f"127.0.0.1:{port}",
    }
    answered = stage.beside(*OTHERWISE, play.cycle_code, **there)
    play.seen.note("P3", f"{int(answered)} people were answered otherwise in the other world")
    web: Server = stage.web(port, **there)
    try:
        web.start(90)
        yield port
    finally:
        web.kill()


def compare(play: Play, person: Person, port: int) -> None:
    """Every page that this person finds from their own, in both worlds."""
    stamp = {"X-Request-Start": f"t={play.clock.now.timestamp():.3f}"}
    here, there = person.visitor, other(person, port)
    for path in found_by(person):
        for _try in range(TRIES):  # a minute may have passed in between
            differs = difference(here.get(path, stamp), there.get(path, stamp))
            if not differs:
                break
        else:
            play.seen.wrong("P3", f"{person.key}: {path} depends on the answer ({differs})")
        play.seen.count("compared")
    there.leave()


def other(person: Person, port: int) -> Visitor:
    """The same browser, with its session, at the other world's door."""
    return person.twin_at(port).visitor


def found_by(person: Person) -> list[str]:
    """The addresses that this person comes to from their own page, two clicks away."""
    first = person.address(applying.MINE)
    found = dict.fromkeys([first, *links(person.visitor.get(first))])
    for path in list(found):
        found |= dict.fromkeys(links(person.visitor.get(path)))
    return list(found)[:MOST_PAGES]


def links(answer: Answer) -> list[str]:
    """The pages of ours that a page leads to."""
    every = (urlsplit(path).path for path in LINK.findall(answer.text))
    return [path for path in every if not APART.search(path)]


def difference(one: Answer, two: Answer) -> str:
    """In what two answers differ; empty when they do not."""
    if one.status != two.status:
        return f"{one.status} and {two.status}"
    heads = [{k: v for k, v in a.headers.items() if k.lower() not in MOVING} for a in (one, two)]
    if heads[0] != heads[1]:
        return "the headers differ"
    bodies = [body_of(answer) for answer in (one, two)]
    if bodies[0] != bodies[1]:
        return f"the contents differ, {len(one.body)} and {len(two.body)} bytes"
    return ""


def body_of(answer: Answer) -> object:
    """What was sent, without what is new at each request."""
    own = answer.headers.get("X-Request-ID", "-").encode()
    if answer.body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.body)) as held:
            return {name: CHANGES.sub(b"", held.read(name)) for name in held.namelist()}
    return CHANGES.sub(b"", answer.body).replace(own, b"")
