"""Calls without anybody, and calls at once: never two for one seat."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from audit.moves import Refused
from cycles.clock import day_of, end_of
from followup import calls, changes, offers, tasks
from followup.models import CallRules, Offer, Reply
from followup.seats import of_program
from notifications.models import OutgoingEmail
from tests import factories
from tests.followup.factories import World
from tests.followup.waitlists import (
    People,
    automatic,
    free,
    left,
    letters,
    one_seat,
    unsound,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now
DAY = timedelta(days=1)


# By itself ----------------------------------------------------------------------------------------
def test_nobody_is_called_by_itself_unless_the_cycle_says_so(world: World, people: People) -> None:
    one_seat(world, people(2))
    left()
    assert calls.call_by_itself(at=NOW()) == 0
    CallRules.objects.create(cycle=world.cycle)
    assert calls.call_by_itself(at=NOW()) == 0


def test_where_the_cycle_says_so_the_next_is_called_once(world: World, people: People) -> None:
    first, second = one_seat(world, people(3))
    automatic(world)
    assert calls.call_by_itself(at=NOW()) == 0, "the letter of the no has not left"
    left()
    assert calls.call_by_itself(at=NOW()) == 1
    assert calls.call_by_itself(at=NOW()) == 0
    offer = Offer.objects.get(decision=first)
    assert (offer.called_by, offer.status) == (None, Reply.OPEN)
    assert not Offer.objects.filter(decision=second).exists()
    assert unsound() == []


def test_every_free_seat_is_called_for_and_no_more(world: World, people: People) -> None:
    four = people(4)
    decisions = world.answered_all(four[:2], four[2:], seats=5)
    automatic(world)
    left()
    assert calls.call_by_itself(at=NOW()) == 2, "three are free, and two wait"
    assert {row.decision for row in Offer.objects.exclude(called_at=None)} == set(decisions[2:])


def test_nothing_is_called_by_itself_when_the_days_do_not_fit(world: World, people: People) -> None:
    one_seat(world, people(2))
    automatic(world, reply_days=3)
    left()
    last = world.cycle.waitlist_ends_on
    assert calls.call_by_itself(at=end_of(last - 2 * DAY)) == 0
    assert calls.call_by_itself(at=end_of(last + DAY)) == 0
    assert calls.call_by_itself(at=end_of(last - 3 * DAY)) == 1


def test_a_letter_about_something_else_keeps_nobody_waiting(world: World, people: People) -> None:
    one_seat(world, people(2))
    automatic(world)
    left()
    elsewhere = OutgoingEmail.objects.filter(letter="acknowledgement").first()
    assert elsewhere is not None
    OutgoingEmail.objects.filter(pk=elsewhere.pk).update(
        letter="withdrawn", status=OutgoingEmail.Status.PENDING, sent_at=None, about="x.y:1"
    )
    assert calls.call_by_itself(at=NOW()) == 1


def test_the_timetable_calls(world: World, people: People) -> None:
    one_seat(world, people(2))
    automatic(world)
    left()
    tasks.call_by_itself()
    tasks.call_by_itself()
    assert len(letters("waitlist_called")) == 1


# At once ------------------------------------------------------------------------------------------
def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Each in a thread of its own; what it gave, or its refusal."""

    def do(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return list(pool.map(do, acts))


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_call_one_person_for_one_seat(
    world: World, people: People, person: Any
) -> None:
    first, second = one_seat(world, people(3))
    corinne = person("corinne", "coordinator")
    results = at_once(
        *(
            lambda decision=decision, by=by: calls.call(decision, by=by, at=NOW())
            for decision in (first, second, first, second)
            for by in (world.claire, corinne)
        )
    )
    made = Offer.objects.exclude(called_at=None)
    assert {row.decision_id for row in made} == {first.pk}
    assert all(isinstance(row, Offer) for row in results[:2] + results[4:6])
    assert all(isinstance(row, Refused) for row in results[2:4] + results[6:])
    assert len(letters("waitlist_called")) == 1
    assert unsound() == []


@pytest.mark.django_db(transaction=True)
def test_calling_while_somebody_declines_fills_the_seats_that_are_there(
    world: World, people: People
) -> None:
    four = people(5)
    decisions = world.answered_all(four[:2], four[2:], seats=2)
    automatic(world)
    left()
    for _round in range(3):
        at_once(
            lambda: offers.decline(decisions[0], by=four[0], at=NOW()),
            lambda: calls.call_by_itself(at=NOW()),
            lambda: calls.call(decisions[2], by=world.claire, at=NOW()),
            lambda: offers.decline(decisions[1], by=four[1], at=NOW()),
            lambda: calls.call_by_itself(at=NOW()),
        )
    left()
    calls.call_by_itself(at=NOW())
    called = Offer.objects.exclude(called_at=None)
    assert {row.decision_id for row in called} == {row.pk for row in decisions[2:4]}
    assert free(world) == 0
    assert unsound() == []


@pytest.mark.django_db(transaction=True)
def test_the_errand_twice_at_once_calls_once(world: World, people: People) -> None:
    one_seat(world, people(4))
    automatic(world)
    left()
    counts = at_once(*(lambda: calls.call_by_itself(at=NOW()) for _time in range(4)))
    assert sorted(counts) == [0, 0, 0, 1]
    assert len(letters("waitlist_called")) == 1


@pytest.mark.django_db(transaction=True)
def test_opening_an_offer_again_and_calling_take_one_seat(world: World, people: People) -> None:
    two = people(2)
    accepted, first = world.answered_all(two[:1], two[1:], seats=1)
    offers.decline(accepted, by=two[0], at=NOW())
    soon = day_of(NOW()) + DAY
    results = at_once(
        lambda: calls.call(first, by=world.claire, at=NOW()),
        lambda: changes.reopen(accepted, by=world.claire, at=NOW(), reply_on=soon, why="A mistake"),
    )
    assert sorted(isinstance(row, Refused) for row in results) == [False, True]
    assert of_program(world.cycle, factories.program()).held == 1
