"""How far people are, for lists: the same few queries for three people and for thirty."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from followup.models import UdemFile
from permits import standing
from permits.facts import facts_of
from permits.models import Kind, PermitGuide, PermitPath, PermitStep, PermitTerms, State
from permits.standing import OnTheWay, Standing
from tests import factories
from tests.followup.factories import World

pytestmark = pytest.mark.django_db


def people() -> list[OnTheWay]:
    """Everybody, with what a list of them reads anyway."""
    files = {
        row.offer.decision.application_id: row
        for row in UdemFile.objects.select_related("program", "offer__decision")
    }
    return [
        OnTheWay(file, row.status, row.program.internship_required)
        if (row := files.get(file.pk))
        else OnTheWay(file, "", False)
        for file in Application.objects.order_by("pk")
    ]


def one(world: World, application: Application, at: datetime | None = None) -> Standing:
    """How far this person is."""
    return standing.of(people(), world.cycle, at or timezone.now())[application.pk]


def queries(world: World) -> int:
    """How many it takes."""
    everybody = people()
    with CaptureQueriesContext(
        connection,
    ) as found:
        standing.of(everybody, world.cycle, timezone.now())
    return len(found)


def test_as_many_queries_at_three_as_at_thirty(world: World, person: Any, amina: User) -> None:
    world.accepted(amina)
    for index in range(2):
        factories.draft(person(f"p{index}"), world.cycle, complete=False)
    few = queries(world)
    for index in range(2, 29):
        factories.draft(person(f"p{index}"), world.cycle, complete=False)
    assert len(people()) == 30
    assert queries(world) == few == 2


def test_a_list_knows_what_a_page_knows(world: World, amina: User, bruno: User) -> None:
    files = [world.accepted(user).decision.application for user in (amina, bruno)]
    for kind, weeks in ((Kind.CAQ, 4), (Kind.STUDY, 10)):
        PermitGuide.objects.create(cycle=world.cycle, kind=kind, weeks_min=1, weeks_max=weeks)
    PermitTerms.objects.create(cycle=world.cycle, months_max=9)
    until = world.cycle.starts_on - timedelta(days=9)
    PermitPath.objects.create(
        application=files[0], canada_status="study", allows="yes", permit_until=until
    )
    for kind in (Kind.CAQ, Kind.STUDY):
        for file in files:
            PermitStep.objects.create(
                application=file, kind=kind, status=State.ASKED, asked_on=timezone.localdate()
            )
    moment = timezone.now()
    known = facts_of(files)
    for file in files:
        told = [(line.kind, line.state, line.due) for line in known[file.pk].lines(moment)]
        assert [(step.kind, step.state, step.due) for step in one(world, file).steps] == told
    assert [step.kind for step in one(world, files[0]).steps] == [Kind.CAQ, Kind.STUDY, Kind.COOP]


def test_a_person_from_abroad_who_said_yes_has_four_steps(world: World, amina: User) -> None:
    application = world.accepted(amina).decision.application
    found = one(world, application)
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
    due = one(world, application, moment).steps[2].due
    assert due == world.cycle.starts_on - timedelta(weeks=10)
    late = moment + (due - timezone.localdate()) + timedelta(days=1)
    found = one(world, application, late)
    assert [step.is_late for step in found.steps] == [True, False, True, True]
    assert found.is_late
    assert found.next_due == world.cycle.starts_on - timedelta(weeks=14)


def test_whoever_has_no_place_has_no_step(world: World, amina: User) -> None:
    application = world.submitted(amina)
    assert one(world, application) == Standing(needed=True)
    assert standing.of([], world.cycle, timezone.now()) == {}


@pytest.mark.parametrize("status", ["citizen", "resident"])
def test_citizens_and_residents_need_none(world: World, amina: User, status: str) -> None:
    application = world.accepted(amina).decision.application
    application.canada_status = status
    application.save()
    found = one(world, application)
    assert (found.needed, found.steps, found.next_due) == (False, [], None)
