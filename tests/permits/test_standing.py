"""How far people are, for lists: the same few queries for three people and for thirty."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from permits import standing
from permits.models import Kind, PermitGuide, PermitStep, State
from tests import factories
from tests.followup.factories import World

pytestmark = pytest.mark.django_db


def plain() -> list[Application]:
    """Every file, without what it hangs on."""
    return list(Application.objects.order_by("pk"))


def queries(applications: list[Application]) -> int:
    """How many it takes."""
    with CaptureQueriesContext(
        connection,
    ) as found:
        standing.of(applications, timezone.now())
    return len(found)


def test_as_many_queries_at_three_as_at_thirty(world: World, person: Any, amina: User) -> None:
    world.accepted(amina)
    for index in range(2):
        factories.draft(person(f"p{index}"), world.cycle, complete=False)
    few = queries(plain())
    for index in range(2, 29):
        factories.draft(person(f"p{index}"), world.cycle, complete=False)
    assert len(plain()) == 30
    assert queries(plain()) == few == 6


def test_a_person_from_abroad_who_said_yes_has_four_steps(world: World, amina: User) -> None:
    application = world.accepted(amina).decision.application
    found = standing.of([application], timezone.now())[application.pk]
    assert found.needed
    assert [step.kind for step in found.steps] == [Kind.FUNDS, Kind.CAQ, Kind.STUDY, Kind.COOP]
    assert {step.state for step in found.steps} == {State.TO_DO}
    # Nobody wrote a delay: the six months to allow in all date the first request, and no other.
    assert [step.due is None for step in found.steps] == [False, False, True, True]
    assert found.next_due == found.steps[0].due
    assert not found.is_late
    # UdeM's letter is not there.
    assert [step.is_open for step in found.steps] == [True, False, False, False]


def test_a_step_is_late_once_its_latest_day_has_passed(world: World, amina: User) -> None:
    application = world.accepted(amina).decision.application
    for kind, weeks in ((Kind.CAQ, 4), (Kind.STUDY, 10), (Kind.COOP, 8)):
        PermitGuide.objects.create(cycle=world.cycle, kind=kind, weeks_min=1, weeks_max=weeks)
    PermitStep.objects.create(
        application=application,
        kind=Kind.CAQ,
        status=State.ASKED,
        asked_on=timezone.localdate(),
    )
    moment = timezone.now()
    due = standing.of([application], moment)[application.pk].steps[2].due
    assert due == world.cycle.starts_on - timedelta(weeks=10)
    late = moment + (due - timezone.localdate()) + timedelta(days=1)
    found = standing.of([application], late)[application.pk]
    assert [step.is_late for step in found.steps] == [True, False, True, True]
    assert found.is_late
    assert found.next_due == world.cycle.starts_on - timedelta(weeks=14)


def test_whoever_has_no_place_has_no_step(world: World, amina: User) -> None:
    application = world.submitted(amina)
    assert standing.of([application], timezone.now()) == {
        application.pk: standing.Standing(needed=True)
    }
    assert standing.of([], timezone.now()) == {}


@pytest.mark.parametrize("status", ["citizen", "resident"])
def test_citizens_and_residents_need_none(world: World, amina: User, status: str) -> None:
    application = world.accepted(amina).decision.application
    application.canada_status = status
    application.save()
    found = standing.of([application], timezone.now())[application.pk]
    assert (found.needed, found.steps, found.next_due) == (False, [], None)
