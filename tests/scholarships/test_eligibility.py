"""For whom a round is: its audience, its programs, countries and levels; an answer that is not released plays no part."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from followup.situation import of_application
from reviews.models import Outcome
from scholarships.eligibility import why_not
from scholarships.models import Category, Round
from tests import factories
from tests.followup.factories import World, decided, release_all
from tests.scholarships.factories import a_round

pytestmark = pytest.mark.django_db


def says(row: Round, file: Application) -> str:
    return why_not(row, of_application(file, file.applicant, at=timezone.now()))


@pytest.fixture
def row(world: World) -> Round:
    return a_round(world.cycle, Category.EDI_RESEARCH)


def test_a_submitted_application_is_needed(row: Round, world: World, bruno: User) -> None:
    assert why_not(row, None)
    draft = factories.draft(bruno, world.cycle)
    assert "soumise" in says(row, draft)
    factories.submit(draft)
    draft.refresh_from_db()
    assert says(row, draft) == ""


@pytest.mark.parametrize("outcome", [Outcome.ACCEPT, Outcome.DECLINE, Outcome.WAITLIST])
def test_never_early(row: Round, world: World, file: Application, outcome: str) -> None:
    row.audience = "accepted"
    before = says(row, file)
    decided(file, outcome, **world.staff)
    assert says(row, file) == before != ""
    release_all(world.cycle, **world.staff)
    assert (says(row, file) == "") == (outcome == Outcome.ACCEPT)


def test_the_registered_are_those_at_the_end(row: Round, file: Application) -> None:
    row.audience = "registered"
    assert "inscrites" in says(row, file)


@pytest.mark.parametrize(
    ("field", "mine", "other"),
    [("countries", ["SN", "CA"], ["CA"]), ("levels", ["bachelor"], ["doctorate"])],
)
def test_donors_restrict(row: Round, file: Application, field: str, mine: Any, other: Any) -> None:
    level = file.degrees.get()
    level.level = "bachelor"
    level.save()
    setattr(row, field, mine)
    assert says(row, file) == ""
    setattr(row, field, other)
    assert says(row, file)


def test_programs_restrict(row: Round, file: Application) -> None:
    row.programs.set([factories.program()])
    assert says(row, file) == ""
    row.programs.set([factories.program("dess")])
    assert "programmes" in says(row, file)
