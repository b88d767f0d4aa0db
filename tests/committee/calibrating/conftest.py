"""The scene of most tests of the committee: a cycle with a rubric, readers, and the ready anchor files."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.utils import translation

from accounts.models import Role, User
from committee.models import Anchor
from cycles.models import Cycle
from tests.committee.calibrating import factories as committee
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
    """A cycle with a rubric of three criteria, one reader a file."""
    return judging.cycle(reviews_per_file=1)


@pytest.fixture
def anchors(cycle: Cycle, adam: User) -> list[Anchor]:
    """The three ready files."""
    return committee.three(cycle, by=adam)


@pytest.fixture
def readers(person: Settle) -> list[User]:
    """Four who read."""
    names = ("zoe", "yan", "xin", "will")
    return [person(name, Role.REVIEWER, full_name=f"{name.title()} Reader") for name in names]
