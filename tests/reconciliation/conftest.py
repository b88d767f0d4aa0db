"""The world of these tests."""

import pytest

from cycles.models import Cycle
from tests import factories


@pytest.fixture
def cycle(db: None) -> Cycle:
    """The cycle that UdeM's lists are about."""
    return factories.cycle()
