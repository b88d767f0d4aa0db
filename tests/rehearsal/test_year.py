"""What the year's days have at hand, where the small run would not show that it fails."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from rehearsal.person import Page
from rehearsal.visitor import Answer
from rehearsal.year import canaries, hand
from rehearsal.year.days import YEAR

BOARD = """<form method="post" action="/search/"><input name="q" value="x"></form>
<form method="post" action="/save/"><input type="hidden" name="seen" value="7">
<button formaction="/decisions/withdraw/">Withdraw</button></form>"""


@dataclass
class Sender:
    """Somebody who only says what they would send."""

    sent: dict[str, Any] = field(default_factory=dict)

    def send(self, page: Page, form: Any, fields: Any, headers: Any) -> Page:
        """Keep it."""
        self.sent = {"to": form.action, **form.values, **fields, **headers}
        return page


def page(text: str, status: int = 200) -> Page:
    """A page that says this."""
    return Page("/board/?a=1", Answer(status, text, "", 0.0))


def test_a_lot_with_a_name_draws_the_same_people_again() -> None:
    """Whatever the order they stand in; another name draws others."""
    people = [f"person-{index}" for index in range(50)]
    first = hand.drawn("asked", people, 5)
    assert hand.drawn("asked", people[::-1], 5) == first
    assert hand.drawn("writes", people, 5) != first


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (404, "<p>No such page</p>"),
        (200, '<div class="note t-bad" role="alert"><p>Too late.</p></div>'),
        (422, '<div class="errors"><p>Say why.</p></div>'),
    ],
)
def test_a_page_that_refuses_stops_the_day_with_its_words(status: int, text: str) -> None:
    """An error, a refusal, a form with errors."""
    with pytest.raises(hand.Refusal, match=r"a piece: .*(No such page|Too late|Say why)"):
        hand.done(page(text, status), "a piece")
    assert hand.done(page("<p>Fine.</p>"), "a piece").status == 200


def test_a_button_with_an_address_of_its_own_sends_the_form_around_it() -> None:
    """With what that form holds, from the page it stands on; a button that is not there stops the day."""
    person = Sender()
    hand.by_button(person, page(BOARD), "/withdraw/$", {"ticked": ["A"]})  # type: ignore[arg-type]
    assert person.sent["to"] == "/decisions/withdraw/"
    assert person.sent["seen"] == ["7"]
    assert person.sent["Referer"].endswith("/board/?a=1")
    with pytest.raises(hand.Refusal, match="no button"):
        hand.by_button(person, page(BOARD), "/approve/$", {})  # type: ignore[arg-type]


def test_a_word_that_was_planted_is_found_wherever_it_is_held() -> None:
    """In a text, in the bytes of a file, and in a column of bytes as PostgreSQL writes it."""
    word = canaries.planted("amina@example.com")
    told = [
        ("public.desk_message", f"(1,{word})".encode()),
        ("public.list", f"(1,\\x{f'Nom;{word}'.encode().hex()})".encode()),
        ("files/paper", b"%PDF-1.4 " + word.encode()),
        ("public.other", canaries.planted("bruno@example.com").encode()),
    ]
    assert canaries.still_in(told, word) == ["public.desk_message", "public.list", "files/paper"]


def test_each_day_says_in_one_sentence_what_happens() -> None:
    """The report shows it."""
    for day in YEAR:
        assert day.__doc__
        assert day.__doc__.strip().endswith(".")
        assert "\n" not in day.__doc__.strip()
