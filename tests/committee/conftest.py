"""The scene of the committee's tests: a cycle with a rubric that wants two readings a file, its readers, its files."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.utils import translation

from accounts.models import Role, User
from applications.models import Application
from cycles.models import Cycle
from reviews.models import Assignment
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging


@pytest.fixture(autouse=True)
def _no_kept_counts() -> None:
    caches["pages"].clear()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Refusals are compared in the language of their msgids."""
    with translation.override("en"):
        yield


@pytest.fixture
def cycle(db: None) -> Cycle:
    """Two readings a file."""
    return judging.cycle(reviews_per_file=2)


@pytest.fixture
def zoe(person: Settle) -> User:
    """Reads, and has not handed in."""
    return person("zoe", Role.REVIEWER, full_name="Zoé Tremblay")


@pytest.fixture
def readers(person: Settle, david: User, zoe: User) -> list[User]:
    """David and three more."""
    more = {"emile": "Émile Roy", "ana": "Ana Núñez"}
    emile, ana = (person(key, Role.REVIEWER, full_name=name) for key, name in more.items())
    return [david, emile, zoe, ana]


@pytest.fixture
def six(cycle: Cycle) -> list[Application]:
    """Bare filed applications."""
    return judging.filed(6, cycle)


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
