"""Eight years: everything due is gone within seven days, nothing goes early, nothing under hold goes at all.

The truth is known by construction: each file's day stands beside it, worked out from the dates of its cycle alone.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from audit.invariants import broken
from audit.models import AuditEntry
from cycles.clock import day_of, months_after
from cycles.models import Cycle
from enrolment import deferring
from followup import filing, offers
from followup.models import Filing, UdemFile
from retention import executing, holding, lists
from retention.models import Disposal, Item, Kind
from reviews.models import Decision
from scholarships import abouts
from scholarships.vault import entries
from tests import factories
from tests.followup.factories import World, decided

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
YEARS = 8
SWEEP = 6  # days between two people's looks at the lists: within the seven
WHY = "Une plainte est à l’étude."


@dataclass
class Kept:
    """A file, and the day from which it may go; None never."""

    name: str
    application: int
    due: date | None
    gone: date | None = None


def ended(udem_file: UdemFile, status: str, on: date) -> None:
    who = udem_file.offer.decision.application.applicant
    number = f"2048{who.pk:04d}"
    filing.report_filing(udem_file, by=who, number=number, filed_on=day_of(timezone.now()))
    UdemFile.objects.filter(pk=udem_file.pk).update(status=status, ended_on=on)


def replied(world: World, name: str, answer: Decision, later: Cycle) -> date:
    """What somebody made of an offer; the day from which their file may go."""
    starts, after, now = world.cycle.starts_on, months_after, timezone.now()
    who = answer.application.applicant
    if name == "no":
        return after(day_of(offers.decline(answer, by=who, at=now, reason="").reply_by), 24)
    if name == "mute":  # without a reply yet: called open until the studies begin
        return after(starts, 24)
    offer = offers.accept(answer, by=who, at=now)
    if name == "studies":
        ended(offer.udem_file, Filing.REGISTERED, starts)
    elif name == "quits":
        ended(offer.udem_file, Filing.NOT_REGISTERED, starts + timedelta(days=20))
        return after(starts + timedelta(days=20), 24)
    elif name == "defers":
        deferring.defer(answer.application, later, reason="Santé.", by=world.claire)
        return after(later.starts_on, 24)
    return after(starts, 24)


@pytest.fixture
def world(person: Any) -> World:
    return World(person)


@pytest.fixture
def population(world: World, person: Any) -> list[Kept]:
    """One of each way in which a file can end, in one cycle."""
    today, cycle = day_of(timezone.now()), world.cycle
    later = factories.cycle(code="A28", opens=335, closes=373)
    starts, after = cycle.starts_on, months_after
    two_years = after(today, 24)
    found: list[Kept] = []

    def keep(name: str, application: Application, day: date | None) -> None:
        found.append(Kept(name, application.pk, day))

    draft = factories.draft(person("draft"), cycle)
    keep("draft", draft, day_of(cycle.closes_at) + timedelta(days=90))
    held = factories.draft(person("held"), cycle)
    holding.hold(held, why=WHY, by=world.claire)
    keep("held", held, None)
    people = {
        name: person(name) for name in ("yes", "no", "mute", "studies", "quits", "defers", "open")
    }
    refused = decided(world.submitted(person("refused")), "decline", **world.staff)
    keep("refused", refused.application, two_years)
    answers = world.answered_all(list(people.values()), [person("waits")])
    keep("on the waitlist", answers[-1].application, after(cycle.waitlist_ends_on, 24))
    left = factories.submitted(person("left"), cycle)
    lifecycle.withdraw(left, by=left.applicant)
    keep("withdrawn", left, two_years)
    keep("never answered", factories.submitted(person("silent"), cycle), after(starts, 24))
    for name, answer in zip(people, answers, strict=False):
        keep(name, answer.application, replied(world, name, answer, later))
    return found


def two_people_look(world: World, at: datetime) -> None:
    """They check and approve whatever is listed; the worker executes it."""
    lists.list_due(at=at)
    for row in Disposal.objects.filter(status="listed"):
        checked = lists.check(row, by=world.claire)
        lists.approve(checked, seen=checked.fingerprint, by=world.dominique)
    while executing.execute_approved(at=at):
        pass


def test_everything_in_its_time(
    world: World, population: list[Kept], django_capture_on_commit_callbacks: Any
) -> None:
    studies = next(one for one in population if one.name == "studies")
    said = Application.objects.get(pk=studies.application)
    entries.declare(abouts.identification(said), {"gender": ["woman"]}, by=said.applicant)
    answered_until = months_after(world.cycle.starts_on, 12)
    day, last = day_of(timezone.now()), months_after(day_of(timezone.now()), 12 * YEARS)
    interesting = {one.due for one in population if one.due} | {answered_until}
    while day < last:
        at = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
        with django_capture_on_commit_callbacks(execute=True):
            two_people_look(world, at)
        there = set(Application.objects.values_list("pk", flat=True))
        for one in population:
            if one.application not in there and one.gone is None:
                one.gone = day
        stands = entries.stands(abouts.identification(said)) if said.pk in there else False
        assert stands == (day < answered_until), day
        # Every day around one on which something is due, then as seldom as people may look; between them, once a month.
        away = min((abs((day - one).days) for one in interesting), default=99)
        day += timedelta(days=1 if away <= 1 else SWEEP if away <= 14 else 7 if away <= 40 else 30)
    early = [one for one in population if one.gone and (one.due is None or one.gone < one.due)]
    late = [
        one
        for one in population
        if one.due and (one.gone is None or one.gone > one.due + timedelta(days=7))
    ]
    assert early == []
    assert late == []
    assert [one.name for one in population if one.gone is None] == ["held"]
    # Accounts follow their files; the one held keeps its own, and so does the staff.
    held = Application.objects.get()
    applicants = User.objects.filter(roles=[])
    assert list(applicants) == [held.applicant]
    # The trail of the first years is gone, with all that it said.
    assert (
        not AuditEntry.objects.filter(at__lt=timezone.now())
        .exclude(verb__contains="dispos")
        .exists()
    )
    assert not Item.objects.exclude(status__in=("done",)).exists()
    assert set(Disposal.objects.values_list("kind", flat=True)) >= set(Kind.values) - {"incident"}
    assert broken() == []
