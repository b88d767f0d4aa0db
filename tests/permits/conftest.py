"""The world of these tests."""

from typing import Any

import pytest

from tests.followup.factories import World


@pytest.fixture
def world(person: Any) -> World:
    """A cycle that is open now, with its staff."""
    return World(person)
