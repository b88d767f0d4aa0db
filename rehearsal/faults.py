"""What is done to the product on the way, and what was seen of it."""

import contextlib
import html
import re
import time
from collections.abc import Callable, Iterator

from django.utils.translation import gettext, override

from rehearsal.person import Person, Values
from rehearsal.play import Play
from rehearsal.visitor import Answer

LONG = (
    20  # characters from which a typed text is looked for on the page that says it was not received
)
TAGS = re.compile(r"<[^>]+>")


@contextlib.contextmanager
def without(play: Play, name: str) -> Iterator[None]:
    """One process is killed, stays away, and comes back; how long that took is kept."""
    began = time.monotonic()
    play.stage.kill(name)
    try:
        yield
    finally:
        play.stage.restart(name)
        took = time.monotonic() - began
        play.seen.fault(play.today, f"{name} killed", "back, and answers", took)


def watch(play: Play, person: Person, away: Callable[[], str]) -> None:
    """What this person meets while something is away is kept; they then try again."""

    def met(who: Person, answer: Answer, typed: Values) -> None:
        text = html.unescape(answer.text)
        play.seen.outage(
            who,
            away(),
            answer.status,
            language=language_of(answer.text),
            kept=all(value in text for value in long_texts(typed)),
            received=claims(answer.text),
        )

    person.outage = met


def long_texts(typed: Values) -> list[str]:
    """What somebody would not like to type again."""
    every = [
        one for value in typed.values() for one in ([value] if isinstance(value, str) else value)
    ]
    return [one for one in every if len(one) >= LONG]


def language_of(text: str) -> str:
    """The language that a page says it is in."""
    found = re.search(r'<html[^>]* lang="(\w\w)', text)
    return found[1] if found else ""


def claims(text: str) -> bool:
    """Whether a page says that an application was received."""
    said = html.unescape(TAGS.sub(" ", text))
    words = []
    for language in ("fr", "en"):
        with override(language):
            words.append(gettext("We have received your application"))
    return bool(re.search(r"MPP-[A-Z0-9]+-", said)) or any(word in said for word in words)


def sound(play: Play, when: str) -> None:
    """Ask for every invariant, as the office would after a fault."""
    done = play.stage.run("check_invariants")
    broken = [] if done.returncode == 0 else done.stderr.strip().splitlines()
    play.seen.check(when, tuple(line.removeprefix("CommandError: ") for line in broken))
