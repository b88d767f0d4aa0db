"""The seats of a program: held, free, and beyond."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from followup import offers
from followup.seats import of_program, seats_of
from tests import factories
from tests.followup.factories import World
from tests.followup.waitlists import People, free

pytestmark = pytest.mark.django_db
NOW = timezone.now
DAY = timedelta(days=1)


# Seats --------------------------------------------------------------------------------------------
def test_a_seat_is_free_by_a_no_a_lapse_and_a_withdrawal(world: World, people: People) -> None:
    three = people(4)
    no, silent, gone, stays = world.answered_all(three, [], seats=4)
    assert free(world) == 0
    offers.decline(no, by=three[0], at=NOW())
    assert free(world) == 1
    lifecycle.withdraw(gone.application, by=three[2])
    assert free(world) == 2
    offers.accept(stays, by=three[3], at=NOW())
    late = offers.reply_deadline(silent) + DAY
    assert free(world) == 2, "an offer whose day has passed holds its seat until that is recorded"
    offers.lapse_all(at=late)
    assert free(world) == 3
    (row, _dess) = seats_of(world.cycle)
    assert (row.held, row.accepted, row.all, row.beyond) == (1, 1, 4, 0)


def test_offers_beyond_the_seats_free_none_at_first(world: World, people: People) -> None:
    two = people(2)
    first, _second = world.answered_all(two, [], seats=1)
    assert of_program(world.cycle, factories.program()).beyond == 1
    offers.decline(first, by=two[0], at=NOW())
    assert free(world) == 0


def test_without_a_number_of_seats_there_are_as_many_as_offers(
    world: World, people: People
) -> None:
    two = people(3)
    first, *_rest = world.answered_all(two[:2], two[2:], seats=None)
    assert free(world) == 0
    offers.decline(first, by=two[0], at=NOW())
    assert free(world) == 1
    world.cycle.intakes.all().delete()
    assert free(world) == 0, "a program that the cycle no longer takes people for"


def test_an_end_at_udem_frees_the_seat_once_the_office_says_so(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    world.cycle.intakes.update(seats=1)
    type(udem_file).objects.update(status="refused")
    assert free(world) == 0
    type(udem_file).objects.update(confirmed_at=NOW())
    assert free(world) == 1
    type(udem_file).objects.update(status="registered")
    lifecycle.withdraw(udem_file.offer.decision.application, by=amina)
    assert free(world) == 0, "registered: only UdeM undoes it"
