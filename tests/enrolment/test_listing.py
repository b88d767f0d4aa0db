"""Filters, counts and orders of the board, on one world."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from enrolment import sharing
from enrolment.figures import figures
from enrolment.listing import SHOWS, Board, Entry, Filter
from enrolment.places import places
from followup import offers
from followup.models import Filing, Offer
from tests.enrolment.factories import Enrolled, in_days

pytestmark = pytest.mark.django_db


def names(rows: list[Entry]) -> list[str]:
    found = Application.objects.in_bulk([row.place.application for row in rows])
    return [found[row.place.application].last_names for row in rows]


@pytest.fixture
def board(world: Enrolled) -> Board:
    """Álvarez filed; Bélanger is admitted, due in three days; Côté said no; Zhou has not replied; Éthier was called."""
    people = [
        world.person(key, full_name=name)
        for key, name in (
            *(("p1", "Ana Álvarez"), ("p2", "Bo Bélanger"), ("p3", "Cy Côté")),
            *(("p4", "Di Zhou"), ("p5", "Ed Éthier")),
        )
    ]
    first, second, third, fourth, fifth = people
    world.called(fifth, days=2)
    world.filed(first)
    world.at(second, Filing.ADMITTED, accept_by=in_days(3))
    offers.decline(world.answered(third), by=third, at=timezone.now())
    world.answered(fourth)
    return world.board()


def shown(board: Board, **asked: str) -> list[str]:
    return names(board.chosen(Filter.of(asked)))


def test_who_is_on_it_and_in_which_order(board: Board) -> None:
    assert names(board.entries) == ["Álvarez", "Bélanger", "Côté", "Éthier", "Zhou"]
    assert shown(board) == ["Éthier", "Bélanger", "Zhou", "Álvarez", "Côté"]


def test_what_each_chip_keeps(board: Board, world: Enrolled) -> None:
    second = Application.objects.get(last_names="Bélanger")
    sharing.give([second], world.claire, by=world.claire)
    board = world.board()
    assert shown(board, show="week") == ["Éthier", "Bélanger"]
    assert shown(board, show="mine") == ["Bélanger"]
    assert shown(board, show="over") == ["Côté"]
    assert set(shown(board, show="permits")) == {"Álvarez", "Bélanger", "Éthier", "Zhou"}
    assert set(shown(board, show="nobody")) == {"Álvarez", "Éthier", "Zhou"}
    assert shown(board, show="nonsense") == shown(board)
    counts = board.counts()
    assert {key: counts[key] for key in ("all", "week", "overdue", "mine", "over")} == {
        "all": 5,
        "week": 2,
        "overdue": 0,
        "mine": 1,
        "over": 1,
    }
    assert set(counts) == set(SHOWS)


def test_late_people_come_first(world: Enrolled, board: Board) -> None:
    later = world.board(after=timedelta(days=4))
    assert names(later.chosen(Filter()))[0] == "Bélanger"
    assert shown(later, show="overdue") == ["Bélanger"]
    assert later.entries[3].place.reply == "expired", "the call lapsed after two days"


def test_who_lacks_a_number(world: Enrolled, amina: User, bruno: User) -> None:
    world.accepted(amina)
    world.filed(bruno)
    assert len(world.board().chosen(Filter(show="unnumbered"))) == 1
    lifecycle.withdraw(Application.objects.get(applicant=amina), by=amina)
    assert world.board().chosen(Filter(show="unnumbered")) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("belanger", ["Bélanger"]), ("ETHIER", ["Éthier"]), ("ana alv", ["Álvarez"]), ("nobody", [])],
)
def test_people_are_found_without_accents(board: Board, words: str, found: list[str]) -> None:
    assert shown(board, q=words) == found


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        *(("name", "Álvarez"), ("-name", "Zhou"), ("due", "Éthier"), ("reply", "Éthier")),
        *(("-reply", "Côté"), ("step", "Bélanger"), ("program", "Álvarez"), ("sign", "Éthier")),
        *(("care", "Álvarez"), ("udem", "Côté"), ("nonsense", "Éthier")),
    ],
)
def test_orders(board: Board, sort: str, first: str) -> None:
    assert shown(board, sort=sort)[0] == first


def test_one_program(board: Board) -> None:
    assert len(shown(board, program="msc")) == 5
    assert shown(board, program="dess") == []
    assert len(shown(board, program="nonsense")) == 5


def test_what_an_address_says_of_a_filter() -> None:
    asked = Filter.of({"show": "all", "q": " Zo\0é ", "sort": "-due", "program": ""})
    assert (asked.words, asked.query["sort"], len(asked.query)) == ("Zoé", "-due", 2)
    # An address holds the words sealed, and a filter opens them.
    assert "Zo" not in asked.query["q"]
    assert Filter.of(asked.query) == asked


def test_the_figures(board: Board) -> None:
    told = figures(board.entries)
    assert (told.offers, told.yes, told.no, told.expired, told.open) == (5, 2, 1, 0, 2)
    assert (told.filed, told.missing, told.complete, told.admitted) == (2, 0, 1, 1)
    assert (told.called, told.registered, told.standing, told.left) == (1, 0, 4, 0)


def test_an_offer_that_nobody_recorded_as_lapsed_counts_as_lapsed(
    world: Enrolled, amina: User
) -> None:
    world.answered(amina)
    assert not Offer.objects.exists()
    (now,) = places(world.claire, world.cycle, timezone.now())
    (later,) = places(world.claire, world.cycle, timezone.now() + timedelta(days=100))
    assert (now.reply, later.reply) == ("open", "expired")


def test_nobody_else_has_a_place(world: Enrolled, amina: User, bruno: User) -> None:
    world.answered(amina, "waitlist")
    world.answered(bruno, "decline")
    assert world.board().entries == []
