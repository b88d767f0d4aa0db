"""The scene of most tests of judging: a cycle with a rubric, and Amina's application in it."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.utils import translation

from accounts.models import User
from applications.models import Application
from cycles.models import Cycle
from reviews.models import Assignment
from tests import factories
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
    """A cycle with a rubric of three criteria, one reader a file."""
    return judging.cycle(reviews_per_file=1)


@pytest.fixture
def application(cycle: Cycle, amina: User) -> Application:
    """Amina's, submitted."""
    return factories.submitted(amina, cycle)


@pytest.fixture
def assignment(application: Application, david: User, claire: User) -> Assignment:
    """Amina's application, given to David by Claire."""
    return judging.assigned(application, david, by=claire)
