"""The scene of the committee's tests: Amina's file, which David has read and Zoé is reading."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from accounts.models import Role, User
from applications.models import Application
from cycles.models import Cycle
from reviews.models import Assignment
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Refusals are compared in the language of their msgids."""
    with translation.override("en"):
        yield


@pytest.fixture
def zoe(person: Settle) -> User:
    """Reads, and has not handed in."""
    return person("zoe", Role.REVIEWER, full_name="Zoé Tremblay")


@pytest.fixture
def cycle(db: None) -> Cycle:
    """A cycle with a rubric, two readers a file."""
    return judging.cycle(reviews_per_file=2)


@pytest.fixture
def application(cycle: Cycle, amina: User) -> Application:
    """Amina's, submitted."""
    return factories.submitted(amina, cycle)


@pytest.fixture
def handed_in(application: Application, david: User, zoe: User, claire: User) -> Assignment:
    """David's review, handed in; Zoé's is a draft."""
    judging.saved(judging.assigned(application, zoe, by=claire), 2, comment="CANARY-DRAFT")
    row = judging.assigned(application, david, by=claire)
    return judging.hand_in(row, 5, 4, 3, comment="Solid.", private_notes="CANARY-NOTES")
