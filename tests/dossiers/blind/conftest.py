"""The scene: a cycle that is read blindly, and one file in it."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.utils import translation

from accounts.models import User
from applications.models import Submission
from cycles.models import Cycle
from tests.dossiers.blind import factories as dossiers
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
    """A cycle with a rubric, read blindly."""
    return judging.cycle(reviews_per_file=1, is_blind=True)


@pytest.fixture
def submission(cycle: Cycle, amina: User) -> Submission:
    """Amina's, not searched yet."""
    return dossiers.submitted(amina, cycle)


@pytest.fixture
def scanned(cycle: Cycle, amina: User) -> Submission:
    """Amina's, searched."""
    return dossiers.scanned(amina, cycle)
