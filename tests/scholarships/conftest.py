"""The world of these tests."""

from typing import Any

import pytest

from accounts.models import User
from applications.models import Application
from tests import factories
from tests.followup.factories import World


@pytest.fixture
def world(person: Any) -> World:
    """A cycle that is open now, with its staff."""
    return World(person)


@pytest.fixture
def file(world: World, amina: User) -> Application:
    """Amina's, submitted, with a CV and a transcript."""
    return factories.submitted(amina, world.cycle)
