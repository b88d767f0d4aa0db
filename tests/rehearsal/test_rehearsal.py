"""A small rehearsal is played and every promise holds; then each is broken on purpose, and named."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal import faults, report
from rehearsal.book import Book
from rehearsal.intake.close import MILLISECOND
from rehearsal.never_early import difference
from rehearsal.plants import EVERY, plant
from rehearsal.play import Play
from rehearsal.playing import Asked, playing, rehearse
from rehearsal.promises import judge
from rehearsal.visitor import Answer

pytestmark = pytest.mark.fault
ASKED = Asked(
    applicants=8,
    only=("the_opening", "engines_away", "the_rush", "the_last_seconds", "nothing_shows_early"),
)


@pytest.fixture(scope="module")
def play() -> Iterator[Play]:
    """A stage of this file's own."""
    with playing(ASKED) as made:
        yield made


def test_a_small_rehearsal_holds_and_what_is_planted_is_named(play: Play, tmp_path: Path) -> None:
    outcome, book = rehearse(play, ASKED)
    told = {verdict.name: (verdict.looked, verdict.broken) for verdict in outcome.verdicts}
    assert told == dict.fromkeys([*EVERY, ""], (True, []))
    assert len(play.submitted) >= 5
    for language, word in (("fr", "Toutes les promesses ont tenu."), ("en", "Every promise held.")):
        page = report.html(play, book, outcome, language)
        assert word in page
        assert play.submitted[0].receipt in page
    broken = break_everything(play, book)
    assert broken == set(EVERY)


def break_everything(play: Play, book: Book) -> set[str]:
    """Plant each thing; the promises that the judge then calls broken.

    Files, letters and the database are really broken; of the web server's plants, which `rehearse --plant` really starts,
    only what would be seen is told.
    """
    play.plants = frozenset(EVERY)
    person, last = play.submitted[0], play.last_moment
    play.seen.submitted(person, last + MILLISECOND, last, accepted=True)
    faults.watch(play, person, lambda: "postgres")
    assert person.outage
    claim = '<html lang="fr-CA"><p>Nous avons reçu votre candidature</p><p>MPP-A27-X-1</p></html>'
    person.outage(person, Answer(503, claim, "", 0.0), {})
    one, two = (Answer(200, "", "", 0.0, {}, content) for content in (b"same", b"same<!-- -->"))
    play.seen.wrong("P3", difference(one, two))
    plant(play)
    faults.sound(play, "with plants")
    return {verdict.name for verdict in judge(play, book) if not verdict.holds}


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        (Answer(200, "", "", 9.0, {"X-Request-ID": "b"}, b"id b"), ""),
        (Answer(404, "", "", 0.0, {"X-Request-ID": "b"}, b"id b"), "200 and 404"),
        (Answer(200, "", "", 0.0, {"X-Other": "b"}, b"id a"), "the headers differ"),
        (Answer(200, "", "", 0.0, {}, b"id c"), "the contents differ, 4 and 4 bytes"),
    ],
)
def test_two_worlds_are_compared_to_the_byte(other: Answer, differs: str) -> None:
    here = Answer(200, "", "", 0.0, {"X-Request-ID": "a"}, b"id a")
    assert difference(here, other) == differs
