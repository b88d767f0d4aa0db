"""The scene of the committee's tests: a cycle that wants two readings a file, four readers, six files."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.utils import translation

from accounts.models import Role, User
from applications.models import Application
from cycles.models import Cycle
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
def readers(person: Settle, david: User) -> list[User]:
    """David and three more."""
    more = {"emile": "Émile Roy", "zoe": "Zoé Tremblay", "ana": "Ana Núñez"}
    return [david, *(person(key, Role.REVIEWER, full_name=name) for key, name in more.items())]


@pytest.fixture
def six(cycle: Cycle) -> list[Application]:
    """Bare filed applications."""
    return judging.filed(6, cycle)
