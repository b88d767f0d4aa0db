"""The forecast is arithmetic that can be redone by hand; without earlier people there is none."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cycles.models import Cycle
from enrolment.forecast import FEWEST, Forecast, Line, earlier, forecast, step_of
from enrolment.handing import seats_of
from followup.models import Filing
from tests.enrolment.factories import TODAY, Enrolled
from tests.followup.factories import World


def test_a_share_and_its_interval() -> None:
    line = Line("filed", 10, 20, 15)
    assert line.percent == 75
    low, high = line.ends
    assert (round(low, 3), round(high, 3)) == (0.568, 0.873)  # Wilson's, 90%
    assert Line("filed", 1, 0, 0).share == 0


def test_the_sum() -> None:
    told = Forecast(3, [Line("yes", 4, 20, 10), Line("accepted", 10, 20, 20)], 2, 20)
    assert told.is_known
    assert (told.expected, told.low, told.high) == (15, 13, 16)


def test_too_few_say_nothing() -> None:
    few = Forecast(0, [Line("yes", 1, FEWEST - 1, 5)], 1, FEWEST - 1)
    assert not few.is_known
    assert Forecast(0, [Line("yes", 0, 3, 1)], 1, 3).is_known, "nobody is there to forecast"


@pytest.mark.parametrize(
    ("filing", "step"),
    [
        *(("to_file", "yes"), ("filed", "filed"), ("documents", "filed")),
        *(("admitted", "decided"), ("conditional", "decided"), ("accepted", "accepted")),
    ],
)
def test_where_people_are(filing: str, step: str) -> None:
    assert step_of(filing) == step


@pytest.mark.django_db
def test_earlier_people_are_counted_as_far_as_they_came(
    world: Enrolled, amina: User, bruno: User
) -> None:
    program = world.at(amina, Filing.REGISTERED).program_id
    world.at(bruno, Filing.ACCEPTED, decided_on=TODAY, accepted_on=TODAY)
    world.at(world.person("p3"), Filing.REFUSED, decided_on=TODAY)
    world.accepted(world.person("p4"))
    later = World(world.person, code="A28", opens=-1).cycle
    now = timezone.now()
    assert earlier(later, now) == (Counter(), 0), "their studies have not begun"
    counted, cycles = earlier(later, now + timedelta(days=400))
    assert cycles == 1
    assert {key[1:]: n for key, n in counted.items() if key[0] == program} == {
        ("yes", True): 1,
        ("yes", False): 3,
        ("filed", True): 1,
        ("filed", False): 2,
        ("decided", True): 1,
        ("decided", False): 1,
        ("accepted", True): 1,
        ("accepted", False): 1,
    }


@pytest.mark.django_db
def test_those_here_now(world: Enrolled, amina: User, bruno: User) -> None:
    program = world.at(amina, Filing.REGISTERED).program_id
    world.filed(bruno)
    told = forecast(world.cycle, world.board().entries, Counter(), program=program, cycles=0)
    assert told.certain == 1
    assert {line.key: line.here for line in told.lines} == {
        "yes": 0,
        "filed": 1,
        "decided": 0,
        "accepted": 0,
    }
    (seats, _other) = seats_of(world.board())
    assert (seats.taken, seats.free, seats.over) == (2, 8, 0)


@pytest.mark.django_db
def test_seats_that_nobody_counted_and_too_many_people(world: Enrolled, amina: User) -> None:
    world.filed(amina)
    Cycle.objects.get().intakes.filter(program__code="msc").update(seats=0)
    Cycle.objects.get().intakes.filter(program__code="dess").update(seats=None)
    first, second = seats_of(world.board())
    assert (first.free, first.over) == (-1, 1)
    assert (second.free, second.over) == (None, 0)
